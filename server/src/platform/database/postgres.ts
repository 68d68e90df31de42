// Opens PostgreSQL, and refuses one that must not be served from.

import pg from 'pg'
import { COLUMN_TYPES, SESSION } from './column-types.ts'
import { DatabaseRefused, type DurabilityLevel, type Engine } from './engine-contract.ts'

/** What is let pass, and how large the pool is. */
export interface PostgresOptions {
  readonly connections?: number
  /** A login that is a superuser: for migrations and administration, never for serving. */
  readonly allowSuperuser?: boolean
  /** A server that may lose answered commits: for tests. */
  readonly allowUnsafe?: boolean
  /** How long a server that is starting is waited for. */
  readonly patienceMilliseconds?: number
}

const OLDEST_VERSION = 15
const CONNECTIONS = 10
const PATIENCE_MILLISECONDS = 10_000
const WAIT_MILLISECONDS = 10_000

/** Opens the database that a URL names. Throws DatabaseRefused. */
export async function openPostgres(url: string, options: PostgresOptions = {}): Promise<Engine> {
  // Only an administrator's address may be a superuser's, and it is the only one that is opened so.
  const setting = options.allowSuperuser ? 'DATABASE_ADMIN_URL' : 'DATABASE_URL'
  const target = targetOf(url, setting)
  const pool = new pg.Pool({
    connectionString: url,
    types: COLUMN_TYPES,
    max: options.connections ?? CONNECTIONS,
    connectionTimeoutMillis: WAIT_MILLISECONDS,
    onConnect: async (client: pg.ClientBase) => {
      await client.query(SESSION)
    },
  } as pg.PoolConfig)
  // A server that goes away ends its idle connections: the pool makes new ones when it is back.
  pool.on('error', () => undefined)
  // One that is in use says it to the next statement; without a listener it would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined))
  try {
    const server = await firstAnswer(pool, target, options.patienceMilliseconds ?? PATIENCE_MILLISECONDS)
    refuseOldVersion(server)
    if (!options.allowUnsafe) refuseUnsafeSettings(server)
    if (!options.allowSuperuser) refuseSuperuser(server)
    return {
      kind: 'postgres',
      pool,
      durability: { level: levelOf(server), fsyncs: () => 0, failure: () => undefined },
      close: () => pool.end(),
    }
  } catch (error) {
    await pool.end()
    throw error
  }
}

interface Server {
  readonly version: number
  readonly login: string
  readonly superuser: boolean
  readonly fsync: string
  readonly full_page_writes: string
  readonly synchronous_commit: string
  readonly standbys: string
}

const SERVER = `
  select current_setting('server_version_num')::int / 10000 as version,
         session_user::text as login,
         (select bool_or(rolsuper and pg_has_role(session_user, oid, 'member')) from pg_roles) as superuser,
         current_setting('fsync') as fsync,
         current_setting('full_page_writes') as full_page_writes,
         current_setting('synchronous_commit') as synchronous_commit,
         current_setting('synchronous_standby_names') as standbys`

/** What a server that is starting, stopping or not yet there answers. */
const STARTING = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EAI_AGAIN', '57P01', '57P02', '57P03'])

/** The parts of a URL that may be told. */
interface Target {
  /** The environment variable that it stands in. */
  readonly setting: string
  readonly host: string
  readonly port: number
  readonly database: string
  readonly login: string
}

function targetOf(url: string, setting: string): Target {
  try {
    const { host, port, database = '', user: login = '' } = new pg.Client({ connectionString: url })
    return { setting, host, port, database, login }
  } catch {
    // Without its cause: that quotes the URL, and so the password.
    throw new DatabaseRefused(
      'unreachable',
      { setting, reason: 'not a URL' },
      `${setting} is not a URL: postgresql://login:password@host:5432/database`,
    )
  }
}

async function firstAnswer(pool: pg.Pool, target: Target, patienceMilliseconds: number): Promise<Server> {
  const deadline = Date.now() + patienceMilliseconds
  for (let pause = 50; ; pause = Math.min(pause * 2, 1_000)) {
    try {
      return (await pool.query<Server>(SERVER)).rows[0]!
    } catch (error) {
      const { code = '' } = error as { code?: string }
      if (!STARTING.has(code) || Date.now() + pause > deadline) throw whyNoAnswer(error as Error, target)
    }
    await new Promise((go) => setTimeout(go, pause))
  }
}

function whyNoAnswer(error: Error & { readonly code?: string }, target: Target): DatabaseRefused {
  const { setting, host, port, database, login } = target
  const cause = { cause: error }
  switch (error.code) {
    case '28000':
    case '28P01':
      return new DatabaseRefused(
        'login_refused',
        { setting, host, port, login },
        `${host}:${port} refuses the login ${login}: ${error.message}`,
        cause,
      )
    case '3D000':
      return new DatabaseRefused(
        'database_missing',
        { setting, host, port, database },
        `${host}:${port} has no database ${database}`,
        cause,
      )
    default: {
      const reason = error.message || (error.code ?? 'no reason given')
      const sentence = `no PostgreSQL answers at ${host}:${port}: ${reason}`
      return new DatabaseRefused('unreachable', { setting, host, port, reason }, sentence, cause)
    }
  }
}

function refuseOldVersion({ version }: Server): void {
  if (version >= OLDEST_VERSION) return
  throw new DatabaseRefused(
    'server_too_old',
    { version, oldest: OLDEST_VERSION },
    `PostgreSQL ${version} is too old: ${OLDEST_VERSION} or later is needed`,
  )
}

function refuseUnsafeSettings(server: Server): void {
  const off = (['fsync', 'full_page_writes', 'synchronous_commit'] as const).filter(
    (name) => server[name] === 'off',
  )
  if (off.length === 0) return
  throw new DatabaseRefused(
    'unsafe_settings',
    { settings: off.join(', ') },
    `${off.join(', ')} is off: this server may lose what it answered, or more, in a power cut`,
  )
}

function refuseSuperuser({ superuser, login }: Server): void {
  if (!superuser) return
  throw new DatabaseRefused(
    'superuser_login',
    { login },
    `the login ${login} is, or can become, a superuser: no grant binds it. Use a login that has only the roles of Sunlot`,
  )
}

function levelOf({ fsync, standbys, synchronous_commit }: Server): DurabilityLevel {
  if (fsync === 'off' || synchronous_commit === 'off') return 'none'
  return standbys !== '' && synchronous_commit !== 'local' ? 'replicated' : 'local-fsync'
}
