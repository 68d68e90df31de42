// What health, metrics and doctor look at.

import type { Database } from '../platform/database/database.ts'
import type { Engine } from '../platform/database/engine.ts'
import type { SequencerStatus } from '../platform/log/index.ts'
import type { SpaceWatch } from './space.ts'

/** The parts of a running server that can fail one by one. */
export interface Vitals {
  readonly engine: Engine
  readonly space: SpaceWatch
  readonly log: { readonly status: SequencerStatus }
  /** How many jobs there are in each state; nothing while the database is away. */
  readonly jobs: () => Promise<readonly { readonly state: string; readonly count: number }[]>
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
