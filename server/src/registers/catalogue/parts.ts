// What the catalogue is given.

import type { LawBook } from '../../law/index.ts'
import type { Files } from '../../platform/files/files.ts'

export interface CatalogueParts {
  readonly book: LawBook
  /** Where operating rules and work instructions are kept. */
  readonly files: Files
}
