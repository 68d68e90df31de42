// What health, metrics and doctor look at.

import { VERIFICATION } from '../supervision/index.ts'
import type { Database } from '../platform/database/database.ts'
import type { Engine } from '../platform/database/engine.ts'
import type { SequencerStatus, WitnessStatus } from '../platform/log/index.ts'
import type { ClockWatch } from './clocks.ts'
import type { SpaceWatch } from './space.ts'

/** The parts of a running server that can fail one by one. */
export interface Vitals {
  readonly engine: Engine
  readonly space: SpaceWatch
  readonly clocks: Pick<ClockWatch, 'skewed' | 'seconds'>
  readonly log: { readonly status: SequencerStatus; readonly witnesses: WitnessStatus }
  /** How many jobs there are in each state; nothing while the database is away. */
  readonly jobs: () => Promise<readonly { readonly state: string; readonly count: number }[]>
  /** The last verification of log, state and guards; nothing before the first, and while the database is away. */
  readonly verified: () => Promise<Verified | undefined>
}

/** How the last verification that came to its end came out. */
export interface Verified {
  readonly holds: boolean
  readonly at: Date
}

/** Counts the jobs by state. */
export function countJobs(database: Database): Vitals['jobs'] {
  return () =>
    database
      .read((reader) =>
        reader
          .selectFrom('platform.job')
          .select((of) => ['state', of.fn.countAll<number>().as('count')])
          .groupBy('state')
          .execute(),
      )
      .catch(() => [])
}

/** Reads how the last verification came out. */
export function lastVerified(database: Database): Vitals['verified'] {
  return async () => {
    const row = await database
      .read((reader) =>
        reader
          .selectFrom('platform.job')
          .select(['result', 'ended_at'])
          .where('kind', '=', VERIFICATION)
          .where('state', '=', 'done')
          .orderBy('ended_at', 'desc')
          .limit(1)
          .executeTakeFirst(),
      )
      .catch(() => undefined)
    const result = row?.result as { readonly holds?: boolean } | null | undefined
    return row?.ended_at ? { holds: result?.holds === true, at: row.ended_at } : undefined
  }
}
