// What this feature is given.

import type { LawBook } from '../law/index.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Files } from '../platform/files/files.ts'
import type { LineFacts } from './shapes.ts'

export interface PlansParts {
  readonly book: LawBook
  readonly files: Files
  /**
   * The number of a task, being agreed on or agreed, that rests on a line and would no longer follow it as given; of an
   * ended line, any. Tasks come after plans, so that the assembly passes it in.
   */
  readonly taskLeaving: (reader: Reader, line: LineFacts) => Promise<string | undefined>
}
