// Figures for Prometheus. Routes by their pattern, never by address; nothing of persons.

import { timingSafeEqual } from 'node:crypto'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { NotFound } from '../platform/refusal.ts'
import type { Settings } from '../platform/settings.ts'
import { routeOf } from './log.ts'
import type { Verified, Vitals } from './vitals.ts'

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** Adds `/metrics`: for this machine, or for whoever holds the token. To anybody else it does not exist. */
export function serveMetrics(
  server: FastifyInstance,
  vitals: Vitals,
  settings: Pick<Settings, 'metricsToken' | 'trustProxy'>,
): void {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'sunlot_' })
  timeAnswers(server, registry)
  gaugeVitals(registry, vitals)
  server.get('/metrics', { schema: { hide: true } }, async (request, reply) => {
    if (!mayRead(request, settings)) throw new NotFound('address')
    return reply.type(registry.contentType).send(await registry.metrics())
  })
}

function timeAnswers(server: FastifyInstance, registry: Registry): void {
  const seconds = new Histogram({
    name: 'sunlot_http_request_seconds',
    help: 'How long answers took, by pattern of the route',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  server.addHook('onResponse', (request, reply, done) => {
    const labels = { method: request.method, route: routeOf(request), status: String(reply.statusCode) }
    seconds.observe(labels, reply.elapsedTime / 1000)
    done()
  })
}

type Figures = Readonly<Record<string, readonly [help: string, read: () => number]>>

function gaugeVitals(registry: Registry, { engine, space, clocks, log, jobs, verified }: Vitals): void {
  const figures: Figures = {
    pool_connections: ['Connections to the database', () => engine.pool.totalCount],
    pool_idle: ['Connections that nobody uses', () => engine.pool.idleCount],
    pool_waiting: ['Requests that wait for a connection', () => engine.pool.waitingCount],
    disk_free_bytes: ['Bytes left on the disk', () => space.space?.freeBytes ?? 0],
    read_only: ['1 while writes are refused for want of space', () => (space.low ? 1 : 0)],
    clock_skew_seconds: ['How far database or witnesses are from this clock', () => clocks.seconds],
    log_size: ['Leaves that have a place in the log', () => log.status.size],
    log_waiting: ['Leaves that wait for a place', () => log.status.waiting],
    log_lag_seconds: ['For how long leaves have been waiting', () => log.status.waitingSeconds],
    log_running: ['1 while checkpoints follow', () => (log.status.state === 'running' ? 1 : 0)],
    embedded_fsyncs: ['Files put on disk by the embedded database', () => engine.durability.fsyncs()],
  }
  for (const [name, [help, read]] of Object.entries(figures)) {
    const collect = function (this: Gauge): void {
      this.set(read())
    }
    registry.registerMetric(new Gauge({ name: `sunlot_${name}`, help, registers: [], collect }))
  }
  gaugeVerification(registry, verified)
  const collect = async function (this: Gauge): Promise<void> {
    this.reset()
    for (const { state, count } of await jobs()) this.set({ state }, count)
  }
  const labels = { labelNames: ['state'], registers: [], collect }
  registry.registerMetric(new Gauge({ name: 'sunlot_jobs', help: 'Jobs by state', ...labels }))
}

/** Absent until there was a verification: an alarm on its age finds a server that never verified too. */
function gaugeVerification(registry: Registry, verified: Vitals['verified']): void {
  const figures: Readonly<Record<string, readonly [help: string, of: (last: Verified) => number]>> = {
    verification_holds: [
      '1 where the last verification of log, state and guards held',
      ({ holds }) => (holds ? 1 : 0),
    ],
    verification_at_seconds: ['When it ended, in unix seconds', ({ at }) => at.getTime() / 1000],
  }
  for (const [name, [help, of]] of Object.entries(figures)) {
    const collect = async function (this: Gauge): Promise<void> {
      const last = await verified()
      this.remove()
      if (last) this.set(of(last))
    }
    registry.registerMetric(new Gauge({ name: `sunlot_${name}`, help, registers: [], collect }))
  }
}

/** Behind a proxy everybody seems to be on this machine: then only the token counts. */
function mayRead(
  { socket, headers }: FastifyRequest,
  { metricsToken, trustProxy }: Pick<Settings, 'metricsToken' | 'trustProxy'>,
): boolean {
  if (metricsToken !== undefined && isSame(headers.authorization ?? '', `Bearer ${metricsToken}`)) return true
  return !trustProxy && /^(?:127\.|::1$|::ffff:127\.)/.test(socket.remoteAddress ?? '')
}

function isSame(given: string, wanted: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)]
  return a.length === b.length && timingSafeEqual(a, b)
}
