// An installation of its own on the disk, prepared as an operator would have it: a database, keys, somebody who may write.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildApp } from '../../src/app.ts'
import { loadLaw } from '../../src/law/index.ts'
import { readBirth } from '../../src/operations/birth.store.ts'
import { openDatabase } from '../../src/operations/engine.ts'
import { openSequencing } from '../../src/operations/sequencing.ts'
import { machineClock } from '../../src/platform/clock.ts'
import { type Engine, openPostgres } from '../../src/platform/database/engine.ts'
import { idsOf } from '../../src/platform/ids.ts'
import { projectPath } from '../../src/platform/root.ts'
import { openSecrets } from '../../src/platform/secrets.ts'
import { type Settings, settingsFrom } from '../../src/platform/settings.ts'
import { type OwnPostgres, startOwnPostgres } from '../../../tools/postgres.ts'
import { Client, openSession, type TestApp } from '../support/app.ts'
import { bundleScript, type Child, type Script } from '../support/children.ts'
import type { EngineKind } from '../support/engines.ts'
import { givePerson, PROVINCE } from '../support/people.ts'

/** What a test holds of it. */
export interface Installation {
  readonly folder: string
  readonly env: Readonly<Record<string, string>>
  readonly settings: Settings
  /** The session of a system administrator of the whole example province. */
  readonly token: string
  readonly postgres: OwnPostgres | undefined
  /** Looks into the database past the application; on the embedded one while no server runs. */
  look<T>(work: (pool: Engine['pool']) => Promise<T>): Promise<T>
  /** Starts a server; `address` ends without a slash. */
  start(more?: Readonly<Record<string, string>>): Promise<{ readonly child: Child; readonly address: string }>
  /** Starts a process that may refuse. */
  spawn(more?: Readonly<Record<string, string>>): Child
  remove(): void
}

const DURABLE = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on']
const STARTED = 'stderr: 阳光双随机已启动：'

/** Makes one. On PostgreSQL it is a cluster of its own with every safety on. */
export async function install(
  kind: EngineKind,
  more: Readonly<Record<string, string>> = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-installation-'))
  const postgres = kind === 'postgres' ? startCluster() : undefined
  const env = { SUNLOT_FOLDER: folder, SUNLOT_SIMULATED: '1', PORT: '0', ...addressesOf(postgres), ...more }
  const settings = settingsFrom(env)
  const script: Script = bundleScript(join(import.meta.dirname, 'server.child.ts'))
  const spawn: Installation['spawn'] = (given = {}) => script.start(JSON.stringify({ ...env, ...given }))
  return {
    folder,
    env,
    settings,
    token: await prepare(settings),
    postgres,
    look: (work) => look(settings, work),
    spawn,
    async start(given) {
      const child = spawn(given)
      const line = await child.line(STARTED)
      return { child, address: line.slice(STARTED.length).replace(/\/$/, '') }
    },
    remove() {
      postgres?.stop()
      script.remove()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function startCluster(): OwnPostgres {
  const started = startOwnPostgres({ settings: DURABLE })
  if ('why' in started) throw new Error(started.why)
  return started
}

/** The administrator's address, and that of a login which the migration makes. */
function addressesOf(postgres: OwnPostgres | undefined): Readonly<Record<string, string>> {
  if (!postgres) return {}
  const login = new URL(postgres.url)
  login.username = 'sunlot_platform'
  login.password = 'not-a-secret'
  return { DATABASE_ADMIN_URL: postgres.url, DATABASE_URL: login.href }
}

async function prepare(settings: Settings): Promise<string> {
  const { engine } = await openDatabase(settings, () => undefined)
  const secrets = openSecrets(join(settings.folder, 'keys', 'secrets.key'))
  const law = loadLaw(projectPath('law'))
  const { id: birth } = await readBirth(engine.pool)
  const clocks = { clock: machineClock, machine: machineClock }
  const { folder } = settings
  const onState = (): void => undefined
  const { published: log } = await openSequencing({
    engine,
    ...clocks,
    folder,
    birth,
    witnesses: [],
    onState,
  })
  const app = await buildApp({ engine, clock: machineClock, settings, secrets, law, log, logger: false })
  const parts = { database: app.database, clock: machineClock, newId: idsOf(machineClock) }
  const as = async (accountId: string): Promise<Client> =>
    new Client(app, await openSession(parts, accountId))
  try {
    // Of what a test application has, this is all that makes a person.
    const host = { ...parts, secrets, as } as unknown as TestApp
    const { client } = await givePerson(host, { roles: ['systemAdministrator'], division: PROVINCE })
    return client.token ?? ''
  } finally {
    await app.close()
    await engine.close()
  }
}

async function look<T>(settings: Settings, work: (pool: Engine['pool']) => Promise<T>): Promise<T> {
  const { databaseAdminUrl } = settings
  const engine =
    databaseAdminUrl === undefined
      ? (await openDatabase(settings, () => undefined)).engine
      : await openPostgres(databaseAdminUrl, { allowSuperuser: true })
  try {
    return await work(engine.pool)
  } finally {
    await engine.close()
  }
}
