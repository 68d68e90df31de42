// What this feature is given.

import type { LawBook } from '../law/index.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Files } from '../platform/files/files.ts'
import type { LineFacts } from './shapes.ts'

/** What was done of the tasks that an authority leads in a year. */
export interface TaskFigures {
  readonly tasks: number
  readonly agreed: number
  readonly visits: number
}

export interface PlansParts {
  readonly book: LawBook
  readonly files: Files
  /**
   * The number of a task, being agreed on or agreed, that rests on a line and would no longer follow it as given; of an
   * ended line, any. Tasks come after plans, so that the assembly passes it in.
   */
  readonly taskLeaving: (reader: Reader, line: LineFacts) => Promise<string | undefined>
  /** For progress reports; passed in for the same reason. */
  readonly taskFigures: (
    reader: Reader,
    of: { readonly authorityId: string; readonly year: number },
  ) => Promise<TaskFigures>
}
