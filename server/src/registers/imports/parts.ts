// What importing is given.

import type { LawBook } from '../../law/index.ts'
import type { Actor } from '../../platform/actor.ts'
import type { Clock } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import type { Files } from '../../platform/files/files.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Recording } from '../../platform/record.ts'
import type { Secrets } from '../../platform/secrets.ts'

/** What the jobs of an import work with. */
export interface ImportTools {
  readonly recording: Recording
  readonly files: Files
  readonly secrets: Secrets
  readonly book: LawBook
  readonly clock: Clock
  /** Rows of one transaction of an application; 20,000 where nothing is said. */
  readonly rowsAtOnce?: number
}

/** What its routes are given. */
export interface ImportParts {
  readonly files: Files
  readonly secrets: Secrets
  readonly book: LawBook
  readonly jobs: Jobs
}

/** Says how far the work is: done of total, and which step. */
export type Progress = (done: number, total?: number, step?: string) => Promise<void>

/** A job on an import, in whose name, and how it says how far it is. */
export interface Working {
  readonly tools: ImportTools
  readonly id: string
  readonly jobId: string
  readonly actor: Actor
  readonly progress: Progress
  /** Throws where another server has taken the job over. */
  readonly hold: (writer: Writer) => Promise<void>
}
