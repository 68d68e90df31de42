// A server from settings to listening, and back again.

import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { mkdirSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type App, buildApp } from '../app.ts'
import { exampleCounty, serveExample, type SignIn } from '../example/index.ts'
import { loadLaw } from '../law/index.ts'
import { AdvancedClock, type Clock, machineClock } from '../platform/clock.ts'
import type { Engine } from '../platform/database/engine.ts'
import type { SequencerStatus } from '../platform/log/index.ts'
import { projectPath } from '../platform/root.ts'
import { openSecrets } from '../platform/secrets.ts'
import type { Settings } from '../platform/settings.ts'
import { type Birth, readBirth } from './birth.store.ts'
import { ClockWatch } from './clocks.ts'
import { openDatabase } from './engine.ts'
import { guard } from './guard.ts'
import { serveHealth } from './health.ts'
import { logAnswers } from './log.ts'
import { serveMetrics } from './metrics.ts'
import { servePages, serveRooms } from './pages.ts'
import { servePublicLog } from './public-log.ts'
import { openSequencing, type Sequencing } from './sequencing.ts'
import { SpaceWatch } from './space.ts'
import { readTls, type ServerTls } from './tls/certificates.ts'
import { serveTrust } from './trust.ts'
import { countJobs, lastVerified, type Vitals } from './vitals.ts'
import { OperationRefused, sentence } from './words.ts'
import { whyNotWrite, whyReadOnly } from './writing.ts'

/** A server that answers. */
export interface Running {
  /** Under which it listens, as in `http://127.0.0.1:4000/`. */
  readonly address: string
  readonly app: App
  readonly birth: Birth
  readonly engine: Engine
  /** Whom one can be in the example county; empty without it. */
  readonly signIns: readonly SignIn[]
  /** Takes no more requests, lets those under way end for ten seconds, stops log and jobs, closes the database. */
  readonly stop: () => Promise<void>
}

/** What a server is started with. */
export interface ServeParts {
  readonly settings: Settings
  readonly logger: FastifyBaseLogger
  /** Told the first failure of the database after which nothing may be answered: the process must end. */
  readonly onFailure: (failure: Error) => void
  /** Another clock than the machine's: for tests of what happens when it is wrong. */
  readonly machine?: Clock
}

const DRAIN_MS = 10_000
const SWEEP_MS = 50
const MOST_AT_ONCE = 256
const LOOPBACK = /^(?:127\.\d+\.\d+\.\d+|::1|localhost)$/

/** Starts. Throws DatabaseRefused, DirectoryInUse, MigrationRefused, OperationRefused; what was opened is closed again. */
export async function serve({
  settings,
  logger,
  onFailure,
  machine = machineClock,
}: ServeParts): Promise<Running> {
  const tls = readTls(settings)
  refusePlainNetwork(settings, tls)
  refusePublicExample(settings)
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 })
  const { engine, migrated } = await openDatabase(settings, onFailure)
  const opened: (() => Promise<unknown>)[] = [() => engine.close()]
  const closeAll = async (): Promise<void> => {
    for (const close of opened.splice(0).toReversed()) await close()
  }
  try {
    const birth = await readBirth(engine.pool)
    if (settings.example && birth.kind === 'real') throw new OperationRefused('example_real')
    logStart(logger, engine, { birth, migrated })
    const clock = clockOf(birth, machine)
    const log = await openSequencing({
      engine,
      clock,
      machine,
      folder: settings.folder,
      birth: birth.id,
      witnesses: settings.witnesses,
      onState: (status) => logState(logger, status),
    })
    const space = new SpaceWatch(settings.folder, (low, { freeBytes }) =>
      logger[low ? 'error' : 'info'](
        { state: low ? 'read_only' : 'writing', freeBytes },
        'space on the disk',
      ),
    )
    const clocks = new ClockWatch({
      engine,
      machine,
      witnesses: () => log.witnesses,
      onChange: (skewed, seconds) =>
        logger[skewed ? 'error' : 'info'](
          { state: skewed ? 'clocks_differ' : 'clocks_agree', ms: seconds * 1000 },
          'clocks',
        ),
    })
    const shown: SignIn[] = []
    const watches = { log, space, clocks }
    const app = await assemble({ settings, logger, tls, engine, clock, watches, signIns: shown })
    opened.push(() => app.close())
    await space.start()
    opened.push(() => space.stop())
    await clocks.start()
    opened.push(() => clocks.stop())
    opened.push(() => log.stop())
    await log.start()
    // After a rollback nothing is written, by jobs and at the start neither.
    const rolledBack = log.status.state === 'readOnly'
    if (!rolledBack) await app.start()
    const signIns = settings.example && !rolledBack ? await exampleCounty(app, clock, settings.folder) : []
    shown.push(...signIns)
    const address = await listen(app.server, settings, tls)
    opened.push(() => drain(app.server))
    logger.info({ address, state: 'listening' }, 'listening')
    return { address, app, birth, engine, signIns, stop: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}

interface Assembly {
  readonly settings: Settings
  readonly logger: FastifyBaseLogger
  readonly tls: ServerTls | undefined
  readonly engine: Engine
  readonly clock: Clock
  readonly watches: { readonly log: Sequencing; readonly space: SpaceWatch; readonly clocks: ClockWatch }
  /** Those of the example, once it is built. */
  readonly signIns: readonly SignIn[]
}

async function assemble({ settings, logger, tls, engine, clock, watches, signIns }: Assembly): Promise<App> {
  // The jobs are counted through the application's database, which stands only after it was assembled.
  let app: App | undefined
  const vitals: Vitals = {
    engine,
    ...watches,
    jobs: () => (app ? countJobs(app.database)() : Promise.resolve([])),
    verified: () => (app ? lastVerified(app.database)() : Promise.resolve(undefined)),
  }
  app = await buildApp({
    engine,
    clock,
    settings,
    secrets: openSecrets(join(settings.folder, 'keys', 'secrets.key')),
    law: loadLaw(projectPath('law')),
    log: watches.log.published,
    whyNotWrite: (action) => whyNotWrite(vitals, action),
    logger,
    tls,
    prepare: (server) => {
      logAnswers(server)
      guard(server, { whyReadOnly: () => whyReadOnly(vitals), most: MOST_AT_ONCE })
      serveHealth(server, vitals)
      serveMetrics(server, vitals, settings)
      servePublicLog(server, watches.log.published)
      if (tls?.local !== undefined) serveTrust(server, tls.local)
      if (settings.example) serveExample(server, signIns, clock)
      if (!serveRooms(server, projectPath('web', 'dist', 'stage')))
        logger.warn({ state: 'no_room_pages' }, 'no pages of the draw room')
      if (!servePages(server, projectPath('web', 'dist', 'console')))
        logger.warn({ state: 'no_pages' }, 'no pages')
      return Promise.resolve()
    },
  })
  return app
}

/** Passwords in clear over a network: only behind a proxy that speaks TLS to the outside. */
function refusePlainNetwork({ host, trustProxy }: Settings, tls: ServerTls | undefined): void {
  if (tls === undefined && !LOOPBACK.test(host) && !trustProxy)
    throw new OperationRefused('plain_network', { host })
}

/** Its page has everybody's password and present code. */
function refusePublicExample({ host, example, exampleOnNetwork }: Settings): void {
  if (example && !exampleOnNetwork && !LOOPBACK.test(host))
    throw new OperationRefused('example_on_network', { host })
}

/** Only the clock of a simulated database may run ahead. */
function clockOf({ kind, aheadMs }: Birth, machine: Clock): Clock {
  if (kind === 'real') return machine
  const clock = new AdvancedClock(machine)
  clock.setAhead(aheadMs)
  return clock
}

async function listen(
  server: FastifyInstance,
  settings: Settings,
  tls: ServerTls | undefined,
): Promise<string> {
  const { host, port } = settings
  try {
    await server.listen({ host, port })
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new OperationRefused('port_in_use', { port, host }, { cause: error })
    if (code === 'EACCES') throw new OperationRefused('port_not_allowed', { port }, { cause: error })
    if (code === 'EADDRNOTAVAIL') throw new OperationRefused('host_unknown', { host }, { cause: error })
    throw error
  }
  // With port 0 the system has chosen one.
  const bound = (server.server.address() as AddressInfo).port
  const shown = host === '0.0.0.0' || host === '::' ? 'localhost' : host.includes(':') ? `[${host}]` : host
  return `${tls ? 'https' : 'http'}://${shown}:${bound}/`
}

/** Requests under way end; after ten seconds they are cut off. */
async function drain(server: FastifyInstance): Promise<void> {
  const cut = setTimeout(() => server.server.closeAllConnections(), DRAIN_MS)
  // A connection that is kept alive after its answer would be waited for to the end.
  const sweep = setInterval(() => server.server.closeIdleConnections(), SWEEP_MS)
  await server.close()
  clearTimeout(cut)
  clearInterval(sweep)
}

function logStart(
  logger: FastifyBaseLogger,
  engine: Engine,
  { birth, migrated }: { readonly birth: Birth; readonly migrated: readonly string[] },
): void {
  const { kind, durability } = engine
  const facts = {
    engine: kind,
    durability: durability.level,
    database: birth.kind,
    migrations: migrated.length,
  }
  logger.info({ ...facts, state: 'starting', pid: process.pid }, 'starting')
  if (kind === 'pglite') logger.warn({ state: 'trial' }, sentence('start.embedded'))
}

function logState(logger: FastifyBaseLogger, { state, size, waiting, fault }: SequencerStatus): void {
  const facts = { state: `log_${state}`, size, waiting, ...(fault ? { code: fault.code } : {}) }
  if (state === 'running' || state === 'standby') logger.info(facts, 'the log')
  else logger.error(facts, 'the log')
}
