// The structured log: which fields there are is written down here, and nothing else gets into it. No address with its ids
// and queries, no body, no name: a log is read by more people than the register is.

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { destination, type DestinationStream, type Logger, pino } from 'pino'

/** A logger that lets only the listed fields through. `to`: where it writes; standard output where not given. */
export function openLog(level: string, to: DestinationStream = destination(1)): Logger {
  return pino(
    {
      level,
      base: { service: 'sunlot' },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }), log: allowed },
    },
    to,
  )
}

/** Writes one line for each answer. */
export function logAnswers(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    const line = answerLine(request, reply)
    if (reply.statusCode >= 500) request.log.warn(line, 'answered')
    else request.log.info(line, 'answered')
    done()
  })
}

function answerLine(request: FastifyRequest, reply: FastifyReply): Record<string, unknown> {
  return {
    method: request.method,
    route: routeOf(request),
    status: reply.statusCode,
    ms: Math.round(reply.elapsedTime),
  }
}

/** The pattern of a route, as in `/api/v1/people/:id`; one word for all addresses that are none. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none'
}

const FIELDS: ReadonlySet<string> = new Set([
  'method',
  'route',
  'status',
  'ms',
  'engine',
  'durability',
  'database',
  'address',
  'state',
  'code',
  'pid',
  'signal',
  'migrations',
  'freeBytes',
  'size',
  'waiting',
  'job',
])

function allowed(line: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(line).filter(([name]) => FIELDS.has(name))
  const error = line['err'] ?? line['error']
  return {
    ...Object.fromEntries(kept),
    ...(error instanceof Error ? { error: faultLine(error) } : {}),
  }
}

interface DatabaseError extends Error {
  readonly code?: unknown
  readonly constraint?: unknown
  readonly table?: unknown
  readonly severity?: unknown
}

/** Where it happened and of what kind. Not the message: a database quotes in it the values that it was given. */
function faultLine(error: DatabaseError): Record<string, unknown> {
  const { name, code, constraint, table, severity } = error
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    name,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(typeof table === 'string' ? { table } : {}),
    ...(severity === undefined ? { said: withoutValues(error.message) } : {}),
    stack: frames.map((line) => line.trim()),
  }
}

/** Our own words stay; what stands in quotes or brackets, digits and Chinese may be somebody's. */
function withoutValues(message: string): string {
  return message
    .replaceAll(/(["'`«“]).*?(["'`»”])/gs, '$1…$2')
    .replaceAll(/[({[].*?[)}\]]/gs, '(…)')
    .replaceAll(/\d{4,}|[^\x20-\x7e]+/g, '…')
    .slice(0, 300)
}
