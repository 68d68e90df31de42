// The assembly: which features there are, what each is given, and which earlier step a later one moves.

import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import { join } from 'node:path'
import type { SecureContextOptions } from 'node:tls'
import {
  ACCOUNTS_CONSTRAINTS,
  ACCOUNTS_FREE_ACTIONS,
  accountsRoutes,
  endSessionsOfPerson,
  findPerson,
  SESSION_COOKIE,
  startSweeping,
} from './accounts/index.ts'
import { AGENCY_CONSTRAINTS, agencyRoutes, holdersOf, loadDivisions } from './agencies/index.ts'
import { contributionsOf } from './app/contributions.ts'
import { ANONYMOUS } from './platform/actor.ts'
import { type Clock, dayOf } from './platform/clock.ts'
import { Database } from './platform/database/database.ts'
import type { Engine } from './platform/database/engine.ts'
import { Files } from './platform/files/files.ts'
import { buildServer } from './platform/http/server.ts'
import type { Route } from './platform/http/route.ts'
import { idsOf } from './platform/ids.ts'
import type { Secrets } from './platform/secrets.ts'
import type { Settings } from './platform/settings.ts'
import { type JobKind, Jobs } from './platform/jobs/jobs.ts'
import {
  discardDrawOf,
  drawKinds,
  DRAWS_CONSTRAINTS,
  DRAWS_FREE_ACTIONS,
  drawsRoutes,
  type DrawTools,
  endWaiting,
  startWatching,
  whyNotCancelTask,
} from './draws/index.ts'
import { HOME_CONSTRAINTS, homeRoutes, notify } from './home/index.ts'
import { type Law, LawBook, lawRoutes } from './law/index.ts'
import { committedManifest, type PublishedLog, runnerOf } from './platform/log/index.ts'
import type { Recording } from './platform/record.ts'
import { POLICY } from './policy.ts'
import { PLANS_CONSTRAINTS, plansRoutes } from './plans/index.ts'
import {
  countNightly,
  endInspectorOfPerson,
  REGISTER_CONSTRAINTS,
  REGISTER_FREE_ACTIONS,
  registerKinds,
  registerRoutes,
  type RegisterTools,
  renameInspector,
} from './registers/index.ts'
import { NightlyVerification, supervisionRoutes, verificationKind } from './supervision/index.ts'
import { taskFigures, taskLeaving, type TaskReaction, TASKS_CONSTRAINTS, tasksRoutes } from './tasks/index.ts'
import { systemRoutes } from './system/index.ts'

/** What the application stands on. */
export interface AppParts {
  readonly engine: Engine
  readonly clock: Clock
  readonly settings: Settings
  readonly secrets: Secrets
  /** The files of `law/`. */
  readonly law: Law
  readonly log: PublishedLog
  /** See `Recording`. */
  readonly whyNotWrite?: Recording['whyNotWrite']
  readonly logger: FastifyBaseLogger | false
  readonly tls?: SecureContextOptions | undefined
  /** What `operations/` adds: health, pages, read-only state. */
  readonly prepare?: ((server: FastifyInstance) => Promise<void>) | undefined
}

/** The application, not yet listening. */
export interface App {
  readonly server: FastifyInstance
  readonly database: Database
  /** Brings the divisions of `law/` into the database, and takes up the jobs that wait, also from before a crash. */
  readonly start: () => Promise<void>
  readonly close: () => Promise<void>
}

const VERSION = '0.1.0'
const FREE_ACTIONS: readonly string[] = [
  'clock.set',
  'file.upload',
  ...ACCOUNTS_FREE_ACTIONS,
  ...REGISTER_FREE_ACTIONS,
  ...DRAWS_FREE_ACTIONS,
]

/** Puts the features together. Throws where policy and routes disagree. */
export async function buildApp(parts: AppParts): Promise<App> {
  const { engine, clock, settings } = parts
  const database = new Database(engine.pool, (error) =>
    tellError(parts.logger, error, 'what follows a commit'),
  )
  const recording: Recording = { database, newId: idsOf(clock), whyNotWrite: parts.whyNotWrite }
  const tools: RegisterTools = {
    recording,
    clock,
    files: new Files(join(settings.folder, 'files'), parts.secrets),
    secrets: parts.secrets,
    book: new LawBook(parts.law),
    // On one connection everybody waits for the end of each transaction.
    ...(engine.kind === 'pglite' ? { rowsAtOnce: 1_000 } : {}),
  }
  const drawTools = drawToolsOf(parts, tools)
  const jobs = new Jobs({
    engine,
    database,
    clock,
    kinds: [verificationOf(parts, recording), ...registerKinds(tools), ...drawKinds(drawTools)],
    onError: (error) => tellError(parts.logger, error, 'the queue of jobs'),
  })
  const nightly = new NightlyVerification({
    recording,
    jobs,
    clock,
    onError: (error) => tellError(parts.logger, error, 'the verification of this night'),
  })
  let started = false
  let stopSweeping: () => Promise<void> = () => Promise.resolve()
  let stopCounting: () => Promise<void> = () => Promise.resolve()
  let stopWatching: () => Promise<void> = () => Promise.resolve()
  const server = await buildServer({
    ...recording,
    now: () => clock.now(),
    policy: POLICY,
    routes: routesOf(parts, { tools, drawTools, jobs }),
    constraints: {
      ...AGENCY_CONSTRAINTS,
      ...ACCOUNTS_CONSTRAINTS,
      ...REGISTER_CONSTRAINTS,
      ...PLANS_CONSTRAINTS,
      ...TASKS_CONSTRAINTS,
      ...DRAWS_CONSTRAINTS,
      ...HOME_CONSTRAINTS,
    },
    freeActions: FREE_ACTIONS,
    reauthenticationMs: settings.session.reauthenticationMs,
    authenticate: async (request) => {
      const token = request.cookies[SESSION_COOKIE]
      const person = token
        ? await findPerson(database, token, { now: clock.now(), limits: settings.session })
        : undefined
      return person ?? ANONYMOUS
    },
    logger: parts.logger,
    tls: parts.tls,
    prepare: parts.prepare,
    trustProxy: settings.trustProxy,
    version: VERSION,
  })
  // Whoever watches a room waits for news, and a server that stops would wait for him.
  server.addHook('preClose', (done) => {
    endWaiting(database)
    done()
  })
  return {
    server,
    database,
    start: async () => {
      await loadDivisions(recording, parts.law.divisions.values())
      started = true
      await tools.files.sweep()
      await jobs.start()
      nightly.start()
      stopCounting = countNightly({
        recording,
        clock,
        onError: (error) => tellError(parts.logger, error, 'the figures of the register'),
      })
      stopWatching = startWatching(drawTools, (error) =>
        tellError(parts.logger, error, 'the watch over draws'),
      )
      stopSweeping = startSweeping({
        database,
        clock,
        limits: settings.session,
        keptMs: settings.session.keptMs,
        onError: (error) => tellError(parts.logger, error, 'the sweeping of sessions'),
      })
    },
    close: async () => {
      await server.close()
      await stopSweeping()
      await nightly.stop()
      await stopCounting()
      await stopWatching()
      if (started) await jobs.stop()
    },
  }
}

function tellError(logger: AppParts['logger'], error: unknown, about: string): void {
  if (logger !== false) logger.error({ err: error }, about)
}

function verificationOf({ engine, clock, log }: AppParts, recording: Recording): JobKind {
  return verificationKind({
    sql: runnerOf(engine.pool),
    log,
    manifest: committedManifest(),
    recording,
    clock,
    // Not those who administer the system: they may be who altered it.
    whenItFails: async (writer, { jobId, faults, now }) => {
      const about = { code: 'log.verification_failed', params: { faults }, link: `/operations/jobs/${jobId}` }
      for (const personId of await holdersOf(writer, 'auditAdministrator', dayOf(now)))
        await notify(writer, { id: recording.newId(), personId, ...about, now })
    },
  })
}

/** What stands before the routes do. */
interface Made {
  readonly tools: RegisterTools
  readonly drawTools: DrawTools
  readonly jobs: Jobs
}

function drawToolsOf({ engine, log, settings }: AppParts, tools: RegisterTools): DrawTools {
  const { recording, clock, files, secrets, book } = tools
  return {
    recording,
    clock,
    files,
    secrets,
    book,
    log,
    sql: runnerOf(engine.pool),
    rowsAtOnce: tools.rowsAtOnce ?? 10_000,
    drand: settings.drand,
    tell: async (writer, { personIds, ...news }) => {
      for (const personId of personIds) await notify(writer, { id: recording.newId(), personId, ...news })
    },
  }
}

function routesOf(
  { engine, clock, log, secrets, settings }: AppParts,
  { tools, drawTools, jobs }: Made,
): readonly Route[] {
  const { book, files } = tools
  return [
    ...lawRoutes(book),
    ...agencyRoutes({
      secrets,
      // Whoever leaves an authority is signed out, and out of its register of inspectors, in the same transaction.
      whenPersonGoes: async (writer, personId, now) => {
        await endSessionsOfPerson(writer, { personId, now })
        await endInspectorOfPerson(writer, personId, now)
      },
      whenPersonIsRenamed: renameInspector,
      // Nor does a cookie that was stolen before live to see the new roles.
      whenRolesChange: async (writer, personId, now) =>
        void (await endSessionsOfPerson(writer, { personId, now })),
    }),
    ...accountsRoutes({ secrets, session: settings.session, oidc: settings.oidc }),
    ...registerRoutes({ ...tools, jobs, churnDays: settings.churnDays }),
    ...plansRoutes({ book, files, taskLeaving, taskFigures }),
    ...tasksRoutes({
      book,
      files,
      secrets,
      whenInvited: telling(tools, 'task.invited'),
      whenReminded: telling(tools, 'task.reminded'),
      whenAskedAnew: telling(tools, 'task.asked_anew'),
      whenAgreed: telling(tools, 'task.agreed'),
      whyNotCancel: whyNotCancelTask,
      whenCancelled: async (writer, news) => {
        await discardDrawOf(writer, news.taskId, news.now)
        await telling(tools, 'task.cancelled')(writer, news)
      },
      whenSchemePublished: telling(tools, 'scheme.published', '/scheme'),
      whenSchemeRevised: telling(tools, 'scheme.revised', '/scheme'),
    }),
    ...drawsRoutes({ ...drawTools, jobs }),
    ...supervisionRoutes({ log, jobs }),
    ...homeRoutes(contributionsOf(book, settings)),
    ...systemRoutes({ engine, clock, jobs, files, version: VERSION, oidc: settings.oidc !== undefined }),
  ]
}

/** A notification to each, with the address of the task, or of a page below it. */
function telling({ recording }: RegisterTools, code: string, page = ''): TaskReaction {
  return async (writer, { taskId, personIds, params, now }) => {
    const link = `/tasks/${taskId}${page}`
    for (const personId of personIds)
      await notify(writer, { id: recording.newId(), personId, code, params, link, now })
  }
}
