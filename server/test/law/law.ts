// The law of this repository, for the tests.

import { join } from 'node:path'
import { loadLaw } from '../../src/law/read-folder.ts'

export const ROOT = join(import.meta.dirname, '../../..')
export const LAW_FOLDER = join(ROOT, 'law')
export const LAW = loadLaw(LAW_FOLDER)
