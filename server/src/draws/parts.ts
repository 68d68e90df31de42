// What this feature is given.

import type { LawBook } from '../law/index.ts'
import type { Clock } from '../platform/clock.ts'
import type { Writer } from '../platform/database/database.ts'
import type { Files } from '../platform/files/files.ts'
import type { Jobs } from '../platform/jobs/jobs.ts'
import type { PublishedLog, SqlRunner } from '../platform/log/index.ts'
import type { Recording } from '../platform/record.ts'
import type { Params } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'

/** Tells people of what happened to a draw, in the transaction in which it happens. `link` is the console's address. */
export type DrawNews = (
  writer: Writer,
  news: {
    readonly code: string
    readonly personIds: readonly string[]
    readonly params: Params
    readonly link: string
    readonly now: Date
  },
) => Promise<void>

export interface DrawsParts {
  readonly recording: Recording
  readonly clock: Clock
  readonly files: Files
  readonly secrets: Secrets
  readonly book: LawBook
  readonly jobs: Pick<Jobs, 'ask'>
  /** The public log as anybody reads it. */
  readonly log: PublishedLog
  /** What of the log is read outside a transaction of a feature. */
  readonly sql: SqlRunner
  /** How many rows one statement writes. */
  readonly rowsAtOnce: number
  /** Where drand's beacon is asked for; empty: nowhere, ever. */
  readonly drand: readonly string[]
  readonly tell: DrawNews
}

/** What the kinds of jobs and the watcher are given: they are made before the queue is. */
export type DrawTools = Omit<DrawsParts, 'jobs'>
