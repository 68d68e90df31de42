// What stands before every request: too many at once, and states in which nothing may be written.

import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refused } from '../platform/refusal.ts'

/** Why nothing may be written now: `low_disk`, or that the log was rolled back. */
export type WhyReadOnly = 'low_disk' | 'log_rolled_back'

/** What the guard asks at each request. */
export interface GuardParts {
  readonly whyReadOnly: () => WhyReadOnly | undefined
  /** Requests at once; more are told to come again. */
  readonly most: number
}

const STATUS: Readonly<Record<WhyReadOnly, number>> = { low_disk: 507, log_rolled_back: 503 }
const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/** Puts the guard before all routes that are added after it. Health is never turned away. */
export function guard(server: FastifyInstance, { whyReadOnly, most }: GuardParts): void {
  const inside = new WeakSet<FastifyRequest>()
  let count = 0
  const leave = (request: FastifyRequest): void => {
    if (inside.delete(request)) count -= 1
  }
  server.addHook('onRequest', (request, reply, done) => {
    if (!request.url.startsWith('/api/')) return done()
    if (count >= most) {
      void reply.header('retry-after', '1')
      return done(new Refused({ code: 'overloaded' }, 503))
    }
    inside.add(request)
    count += 1
    const why = READING.has(request.method) ? undefined : whyReadOnly()
    done(
      why && !isSession(request, why)
        ? new Refused({ code: 'read_only', params: { why } }, STATUS[why])
        : undefined,
    )
  })
  server.addHook('onResponse', (request, _reply, done) => {
    leave(request)
    done()
  })
  // The client went away before it was answered.
  server.addHook('onRequestAbort', (request, done) => {
    leave(request)
    done()
  })
}

/** With little space people may still sign in to read. After a rollback not even that: each event lengthens a false log. */
function isSession(request: FastifyRequest, why: WhyReadOnly): boolean {
  return why === 'low_disk' && /^\/api\/v1\/session(?:\?|$)/.test(request.url)
}
