// /healthz: does this process live, and does a commit that it answers last. /readyz: may it be sent people.

import type { FastifyInstance } from 'fastify'
import { skewOf } from './clocks.ts'
import type { Vitals } from './vitals.ts'

/** One condition of readiness. `code` says what is wrong; `operations.json` has the sentence. */
export interface Condition {
  readonly id: 'database' | 'clock' | 'space' | 'log'
  readonly holds: boolean
  readonly code?: string
}

/** How long leaves may wait for their checkpoint before somebody should look. */
const LAG_SECONDS = 5

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
export async function conditionsOf({ engine, space, log, clocks }: Vitals): Promise<readonly Condition[]> {
  const reached = (await skewOf(engine)) !== undefined
  const { state, waitingSeconds } = log.status
  const logFault =
    state === 'readOnly' || state === 'halted' || state === 'failing'
      ? `log_${state}`
      : log.witnesses.state === 'contradicted'
        ? 'log_contradicted'
        : waitingSeconds > LAG_SECONDS
          ? 'log_lags'
          : undefined
  return [
    condition('database', reached ? undefined : 'database_unavailable'),
    condition('clock', clocks.skewed ? 'clock_skewed' : undefined),
    condition('space', space.low ? 'low_disk' : undefined),
    condition('log', logFault),
  ]
}

function condition(id: Condition['id'], code: string | undefined): Condition {
  return code === undefined ? { id, holds: true } : { id, holds: false, code }
}
