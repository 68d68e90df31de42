// The application on a fresh database, spoken to over HTTP, with a clock that a test sets.

import { toHex } from '@sunlot/draw'
import type { FastifyInstance } from 'fastify'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type App, type AppParts, buildApp } from '../../src/app.ts'
import { insertSession, SESSION_COOKIE } from '../../src/accounts/index.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { readBirth } from '../../src/operations/birth.store.ts'
import { LOG_KEY, openSequencing, originOf, type Sequencing } from '../../src/operations/sequencing.ts'
import { loadLaw } from '../../src/law/index.ts'
import { AdvancedClock, type Clock } from '../../src/platform/clock.ts'
import type { NamedKey } from '../../src/platform/log/policy.ts'
import { openLogKey } from '../../src/platform/log/index.ts'
import { idsOf, type NewId } from '../../src/platform/ids.ts'
import { record } from '../../src/platform/record.ts'
import { openSecrets, type Secrets } from '../../src/platform/secrets.ts'
import { projectPath } from '../../src/platform/root.ts'
import { settingsFrom } from '../../src/platform/settings.ts'
import type { DatabaseKind } from '../../src/platform/database/migrate.ts'
import { freshMigrated, type Migrated } from './database.ts'
import type { EngineKind } from './engines.ts'

// Read once: it is the same for every application of a test file.
export const LAW = loadLaw(projectPath('law'))

/** A clock that stands still until it is moved: by a test, or by whoever sets the platform's. */
export class TestClock extends AdvancedClock {
  readonly #at: { now: Date }

  constructor(iso: string) {
    const at = { now: new Date(iso) }
    super({ now: () => at.now })
    this.#at = at
  }

  advance(ms: number): void {
    this.#at.now = new Date(this.#at.now.getTime() + ms)
  }
}

/** What a test holds. */
export interface TestApp extends App {
  readonly clock: TestClock
  readonly migrated: Migrated
  readonly folder: string
  /** Not started: a test that needs places and checkpoints starts it, and stops it. */
  readonly log: Sequencing
  readonly secrets: Secrets
  readonly newId: NewId
  /** Speaks as nobody. */
  readonly anonymous: Client
  /** Speaks as a person whose second factor stands and who gave it just now. */
  as(accountId: string): Promise<Client>
}

/** An answer, with its body already read. */
export interface Answer {
  readonly status: number
  // What a test expects of a body it says itself.
  readonly body: Record<string, never>
  readonly headers: Readonly<Record<string, string | string[] | number | undefined>>
  readonly text: string
}

/** What a test can give an application besides its engine. */
export interface AppOptions extends Partial<Pick<AppParts, 'logger'>> {
  /** Adds what is outside the contract, as a running server does. */
  readonly prepare?: (server: FastifyInstance, parts: Pick<TestApp, 'migrated' | 'log'>) => Promise<void>
  readonly born?: DatabaseKind
  /** Starts witnesses of the log before it is opened; gives their addresses, as `SUNLOT_WITNESSES` holds them. */
  readonly witnesses?: (log: NamedKey, clock: Clock) => Promise<readonly string[]>
  /** Environment variables of the settings. */
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the application. */
export async function startApp(
  kind: EngineKind,
  { born, env, logger = false, prepare, witnesses }: AppOptions = {},
): Promise<TestApp> {
  const migrated = await freshMigrated(kind, born)
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-app-'))
  const clock = new TestClock(new Date().toISOString())
  const secrets = openSecrets(join(folder, 'keys', 'secrets.key'))
  const { id: birth } = await readBirth(migrated.engine.pool)
  const log = await openSequencing({
    engine: migrated.engine,
    clock,
    machine: clock,
    folder,
    birth,
    witnesses: (await witnesses?.(await logOf(folder, birth), clock)) ?? [],
    onState: () => undefined,
  })
  const app = await buildApp({
    engine: migrated.engine,
    clock,
    log: log.published,
    settings: settingsFrom({ SUNLOT_FOLDER: folder, SUNLOT_DRAND: 'none', ...env }),
    secrets,
    law: LAW,
    logger,
    prepare: prepare && ((server) => prepare(server, { migrated, log })),
  })
  const newId = idsOf(clock)
  const parts = { database: app.database, newId, clock }
  const as = async (accountId: string): Promise<Client> =>
    new Client(app, await openSession(parts, accountId))
  return {
    ...app,
    log,
    clock,
    migrated,
    folder,
    secrets,
    newId,
    anonymous: new Client(app),
    as,
    close: async () => {
      await app.close()
      await migrated.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The key by which a database's log will be known. */
async function logOf(folder: string, birth: string): Promise<NamedKey> {
  const { alg, publicKey } = await openLogKey(join(folder, LOG_KEY))
  return { name: originOf(birth), alg, key: toHex(publicKey) }
}

/** The token of a session that a person has just opened, with his second factor. */
export function openSession(
  { database, newId, clock }: Pick<App, 'database'> & { readonly newId: NewId; readonly clock: Clock },
  accountId: string,
): Promise<string> {
  const now = clock.now()
  const how = { stage: 'full', method: 'password', secondFactor: true, reauthenticatedAt: now } as const
  return record({ database, newId }, SYSTEM, { action: 'session.signIn' }, async (writer) => {
    const { authority_id: actingAuthorityId } = await writer
      .selectFrom('accounts.account as a')
      .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
      .select('p.authority_id')
      .where('a.id', '=', accountId)
      .executeTakeFirstOrThrow()
    const from = { device: 'test', address: '127.0.0.1', now }
    return insertSession(writer, { id: newId(), accountId, actingAuthorityId, ...how, ...from })
  })
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
type Headers = Readonly<Record<string, string>>

/** Somebody's browser: his cookie, a new idempotency key for each POST, and JSON. */
export class Client {
  readonly #app: App
  readonly token: string | undefined

  constructor(app: App, token?: string) {
    this.#app = app
    this.token = token
  }

  get(path: string, headers?: Headers): Promise<Answer> {
    return this.send('GET', path, { headers })
  }

  post(path: string, body?: unknown, headers?: Headers): Promise<Answer> {
    return this.send('POST', path, { body, headers })
  }

  put(path: string, body: unknown, headers?: Headers): Promise<Answer> {
    return this.send('PUT', path, { body, headers })
  }

  /** An edit of what was read: its version goes along. */
  patch(path: string, version: number, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, { body, headers: { 'if-match': `"${version}"` } })
  }

  delete(path: string, headers?: Headers): Promise<Answer> {
    return this.send('DELETE', path, { headers })
  }

  /** Any request at all; `path` is below /api/v1 unless it begins with `//`. */
  async send(
    method: Method,
    path: string,
    { body, headers = {} }: { readonly body?: unknown; readonly headers?: Headers | undefined } = {},
  ): Promise<Answer> {
    const answer = await this.#app.server.inject({
      method,
      url: path.startsWith('//') ? path.slice(1) : `/api/v1${path}`,
      headers: {
        ...(method === 'POST' ? { 'idempotency-key': crypto.randomUUID() } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.token === undefined ? {} : { cookie: `${SESSION_COOKIE}=${this.token}` }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { payload: typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body) }),
    })
    return {
      status: answer.statusCode,
      body: /json/.test(String(answer.headers['content-type'])) ? answer.json() : {},
      headers: answer.headers,
      text: answer.body,
    }
  }
}
