// Once an hour what is over is taken away: sessions that ended long ago, throttles that are full again.

import type { Clock } from '../platform/clock.ts'
import type { Database } from '../platform/database/database.ts'
import { every } from '../platform/every.ts'
import { sweepSessions, type SessionLimits } from './sessions.store.ts'
import { sweepThrottle } from './throttle.store.ts'

/** What sweeping needs. `keptMs`: how long a session that is over can still be asked about. */
export interface SweepingParts {
  readonly database: Database
  readonly clock: Clock
  readonly limits: SessionLimits
  readonly keptMs: number
  readonly onError: (error: Error) => void
}

const HOUR_MS = 3_600_000

/** Starts; what it gives stops it. */
export function startSweeping(parts: SweepingParts): () => Promise<void> {
  return every(HOUR_MS, () =>
    sweep(parts).catch((error: unknown) =>
      parts.onError(error instanceof Error ? error : new Error(String(error))),
    ),
  )
}

async function sweep({ database, clock, limits, keptMs }: SweepingParts): Promise<void> {
  await sweepSessions(database, { now: clock.now(), keptMs, limits })
  await sweepThrottle(database, clock.now())
}
