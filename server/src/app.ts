// The assembly: which features there are, what each is given, and which earlier step a later one moves.

import type { FastifyBaseLogger, FastifyInstance } from 'fastify'
import type { SecureContextOptions } from 'node:tls'
import {
  ACCOUNTS_CONSTRAINTS,
  ACCOUNTS_FREE_ACTIONS,
  accountsRoutes,
  accountsWaitingFor,
  endSessionsOfPerson,
  findPerson,
  SESSION_COOKIE,
} from './accounts/index.ts'
import { AGENCY_CONSTRAINTS, agencyContribution, agencyRoutes, loadDivisions } from './agencies/index.ts'
import { ANONYMOUS } from './platform/actor.ts'
import type { Clock } from './platform/clock.ts'
import { Database } from './platform/database/database.ts'
import type { Engine } from './platform/database/engine.ts'
import { buildServer } from './platform/http/server.ts'
import type { Route } from './platform/http/route.ts'
import { idsOf } from './platform/ids.ts'
import { accessOf } from './platform/reach.ts'
import type { Secrets } from './platform/secrets.ts'
import type { Settings } from './platform/settings.ts'
import { Jobs } from './platform/jobs/jobs.ts'
import { homeRoutes } from './home/index.ts'
import { type Law, LawBook, lawRoutes, lawStartedBy, lawWaitingFor } from './law/index.ts'
import type { Contribution } from './platform/waiting.ts'
import { POLICY } from './policy.ts'
import { supervisionRoutes } from './supervision/index.ts'
import { systemRoutes } from './system/index.ts'

/** What the application stands on. */
export interface AppParts {
  readonly engine: Engine
  readonly clock: Clock
  readonly settings: Settings
  readonly secrets: Secrets
  /** The files of `law/`. */
  readonly law: Law
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
const FREE_ACTIONS: readonly string[] = ['clock.set', ...ACCOUNTS_FREE_ACTIONS]

/** Puts the features together. Throws where policy and routes disagree. */
export async function buildApp(parts: AppParts): Promise<App> {
  const { engine, clock, settings } = parts
  const database = new Database(engine.pool)
  const jobs = new Jobs({
    engine,
    database,
    clock,
    kinds: [],
    onError: (error) => tellQueue(parts.logger, error),
  })
  let started = false
  const server = await buildServer({
    database,
    newId: idsOf(clock),
    now: () => clock.now(),
    policy: POLICY,
    routes: routesOf(parts, jobs),
    constraints: { ...AGENCY_CONSTRAINTS, ...ACCOUNTS_CONSTRAINTS },
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
  return {
    server,
    database,
    start: async () => {
      await loadDivisions({ database, newId: idsOf(clock) }, parts.law.divisions.values())
      started = true
      await jobs.start()
    },
    close: async () => {
      await server.close()
      if (started) await jobs.stop()
    },
  }
}

function tellQueue(logger: AppParts['logger'], error: Error): void {
  if (logger !== false) logger.error({ err: error }, 'the queue of jobs')
}

function routesOf({ engine, clock, law, secrets, settings }: AppParts, jobs: Jobs): readonly Route[] {
  return [
    ...lawRoutes(new LawBook(law)),
    ...agencyRoutes({
      secrets,
      // Whoever leaves an authority is signed out in the same transaction.
      whenPersonGoes: async (writer, personId, now) =>
        void (await endSessionsOfPerson(writer, { personId, now })),
      // Nor does a cookie that was stolen before live to see the new roles.
      whenRolesChange: async (writer, personId, now) =>
        void (await endSessionsOfPerson(writer, { personId, now })),
    }),
    ...accountsRoutes({ secrets, session: settings.session, oidc: settings.oidc }),
    ...supervisionRoutes,
    ...homeRoutes(CONTRIBUTIONS),
    ...systemRoutes({ engine, clock, jobs, version: VERSION, oidc: settings.oidc !== undefined }),
  ]
}

/** What each feature puts on the first page and into the search. */
const CONTRIBUTIONS: readonly Contribution[] = [
  agencyContribution((action, person) => accessOf(POLICY, person).reachOf(action)),
  { waitingFor: accountsWaitingFor },
  { waitingFor: lawWaitingFor, startedBy: lawStartedBy },
]
