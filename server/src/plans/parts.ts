// What this feature is given.

import type { LawBook } from '../law/index.ts'
import type { Files } from '../platform/files/files.ts'

export interface PlansParts {
  readonly book: LawBook
  readonly files: Files
}
