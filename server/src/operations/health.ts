// /healthz: does this process live, and does a commit that it answers last. /readyz: may it be sent people.

import type { FastifyInstance } from 'fastify'
import type { Engine } from '../platform/database/engine.ts'
import type { Vitals } from './vitals.ts'

/** One condition of readiness. `code` says what is wrong; `operations.json` has the sentence. */
export interface Condition {
  readonly id: 'database' | 'clock' | 'space' | 'log'
  readonly holds: boolean
  readonly code?: string
}

/** How far the clock of the server may be from that of its database (threats I11), in milliseconds. */
export const SKEW_MS = 60_000
/** How long leaves may wait for their checkpoint before somebody should look. */
const LAG_SECONDS = 5
const PATIENCE_MS = 2_000

/** Adds both. They say nothing that is not already public: states and codes. */
export function serveHealth(server: FastifyInstance, vitals: Vitals): void {
  const { engine } = vitals
  const hidden = { schema: { hide: true } }
  server.get('/healthz', hidden, (_request, reply) => {
    const failed = engine.durability.failure() !== undefined
    return reply
      .status(failed ? 503 : 200)
      .header('cache-control', 'no-store')
      .send({ alive: !failed, engine: engine.kind, durability: failed ? 'none' : engine.durability.level })
  })
  server.get('/readyz', hidden, async (_request, reply) => {
    const conditions = await conditionsOf(vitals)
    const ready = conditions.every(({ holds }) => holds)
    return reply
      .status(ready ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ready, conditions })
  })
}

/** Every condition of readiness, each asked with patience of two seconds. */
export async function conditionsOf({ engine, space, log }: Vitals): Promise<readonly Condition[]> {
  const skewMs = await skewOf(engine)
  const { state, waitingSeconds } = log.status
  const logFault =
    state === 'readOnly' || state === 'halted' || state === 'failing'
      ? `log_${state}`
      : waitingSeconds > LAG_SECONDS
        ? 'log_lags'
        : undefined
  return [
    condition('database', skewMs === undefined ? 'database_unavailable' : undefined),
    condition('clock', Math.abs(skewMs ?? 0) > SKEW_MS ? 'clock_skewed' : undefined),
    condition('space', space.low ? 'low_disk' : undefined),
    condition('log', logFault),
  ]
}

/** How far the database's clock is ahead of ours, in milliseconds; nothing where it does not answer in two seconds. */
export async function skewOf(engine: Engine): Promise<number | undefined> {
  const asked = Date.now()
  const answered = await Promise.race([
    engine.pool
      .query<{ ms: number }>('select extract(epoch from clock_timestamp())::float8 * 1000 as ms')
      .catch(() => undefined),
    new Promise<undefined>((resolve) => setTimeout(resolve, PATIENCE_MS, undefined).unref()),
  ])
  const ms = answered?.rows[0]?.ms
  return ms === undefined ? undefined : ms - (asked + Date.now()) / 2
}

function condition(id: Condition['id'], code: string | undefined): Condition {
  return code === undefined ? { id, holds: true } : { id, holds: false, code }
}
