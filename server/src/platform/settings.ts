// What an operator sets. None of it is law: that is in law/, with a citation.

import { isIP } from 'node:net'
import { join } from 'node:path'

/** The settings of one running server. Times in milliseconds unless the name says otherwise. */
export interface Settings {
  /** Everything that this server keeps: database (embedded), files, keys, log tiles. */
  readonly folder: string
  readonly databaseUrl: string | undefined
  /** One who may create roles: only to migrate with. */
  readonly databaseAdminUrl: string | undefined
  readonly host: string
  readonly port: number
  readonly session: {
    readonly idleMs: number
    readonly absoluteMs: number
    readonly reauthenticationMs: number
    /** How long a session that is over can still be asked about. */
    readonly keptMs: number
  }
  /**
   * Whose `X-Forwarded-For` is believed: how many proxies stand in front, or their addresses. What stands left of theirs is
   * the client's own claim.
   */
  readonly trustProxy: false | number | readonly string[]
  readonly oidc: OidcSettings | undefined
  readonly witnesses: readonly string[]
  /** Where the beacon of drand is asked for, the first that answers; empty: nowhere, and a draw needs no network. */
  readonly drand: readonly string[]
  /** A subject that is back in the register within so many days of leaving it is shown to whoever oversees. */
  readonly churnDays: number
  readonly logLevel: string
  /** Certificate and key files; without them those that `sunlot tls` made in `<folder>/tls`, where there are any. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined
  /** Whoever sends it as a bearer token may read `/metrics` from elsewhere than this machine. */
  readonly metricsToken: string | undefined
  /** A new database is born simulated: for training and scenarios. Says nothing about one that exists. */
  readonly simulated: boolean
  /** … and in that moment, for a scenario of another year; without it, now. */
  readonly simulatedAt: Date | undefined
  /** Fills a new simulated database with the fictional county. */
  readonly example: boolean
  /** Shows the example's passwords and codes to the network too, and not to this machine alone. */
  readonly exampleOnNetwork: boolean
}

/** The government's identity provider. */
export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The address under which browsers reach this server; the provider sends them back there. */
  readonly publicUrl: string
  /** Whether the provider asks for a second factor of its own, so that ours is not asked for after it. */
  readonly secondFactor: boolean
}

/** An environment variable that cannot be used as it stands. `code` and `params` are for a sentence of `words/`. */
export class SettingsRefused extends Error {
  override readonly name = 'SettingsRefused'
  readonly code:
    | 'setting_not_a_number'
    | 'setting_not_a_moment'
    | 'setting_not_proxies'
    | 'setting_not_one_of'
    | 'setting_not_postgres'
    | 'database_url_missing'
    | 'settings_incomplete'
  readonly params: Readonly<Record<string, string | number>>

  constructor(code: SettingsRefused['code'], params: SettingsRefused['params'], message: string) {
    super(message)
    this.code = code
    this.params = params
  }
}

const MINUTE = 60_000
/** Public beacons of drand's League of Entropy. */
const DRAND = 'https://api.drand.sh,https://drand.cloudflare.com'
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** Settings from environment variables. Throws SettingsRefused, which names the variable and how to mend it. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    folder: env['SUNLOT_FOLDER'] ?? join(process.cwd(), 'var'),
    ...databasesFrom(env),
    host: env['HOST'] ?? '127.0.0.1',
    port: number(env, 'PORT', 4000, { least: 0, most: 65_535 }),
    session: {
      idleMs: number(env, 'SUNLOT_IDLE_MINUTES', 20, { least: 1, most: 60 }) * MINUTE,
      absoluteMs: number(env, 'SUNLOT_SESSION_HOURS', 8, { least: 1, most: 12 }) * 60 * MINUTE,
      reauthenticationMs: number(env, 'SUNLOT_REAUTHENTICATION_MINUTES', 5, { least: 1, most: 15 }) * MINUTE,
      keptMs: number(env, 'SUNLOT_SESSIONS_KEPT_DAYS', 90, { least: 1, most: 3650 }) * 24 * 60 * MINUTE,
    },
    trustProxy: proxiesFrom(env['SUNLOT_TRUST_PROXY'] ?? ''),
    oidc: oidcFrom(env),
    witnesses: (env['SUNLOT_WITNESSES'] ?? '').split(/[\s,]+/).filter((url) => url !== ''),
    drand: drandFrom(env['SUNLOT_DRAND'] || DRAND),
    churnDays: number(env, 'SUNLOT_CHURN_DAYS', 90, { least: 1, most: 3650 }),
    logLevel: levelFrom(env['LOG_LEVEL'] || 'info'),
    tls: tlsFrom(env),
    metricsToken: env['SUNLOT_METRICS_TOKEN'] || undefined,
    simulated: env['SUNLOT_SIMULATED'] === '1' || env['SUNLOT_EXAMPLE'] === '1',
    simulatedAt: momentFrom(env),
    example: env['SUNLOT_EXAMPLE'] === '1',
    exampleOnNetwork: env['SUNLOT_EXAMPLE_ON_NETWORK'] === '1',
  }
}

function drandFrom(text: string): readonly string[] {
  if (text === 'none') return []
  const urls = text.split(/[\s,]+/).filter((url) => url !== '')
  const wrong = urls.find((url) => !URL.canParse(url))
  if (wrong === undefined) return urls.map((url) => url.replace(/\/+$/, ''))
  const params = { name: 'SUNLOT_DRAND', text: wrong, choices: `none, ${DRAND}` }
  const message = `SUNLOT_DRAND has ${wrong}; it must be addresses of drand, or none`
  throw new SettingsRefused('setting_not_one_of', params, message)
}

function databasesFrom(
  env: Readonly<Record<string, string | undefined>>,
): Pick<Settings, 'databaseUrl' | 'databaseAdminUrl'> {
  const [databaseUrl, databaseAdminUrl] = (['DATABASE_URL', 'DATABASE_ADMIN_URL'] as const).map((name) => {
    const url = env[name] || undefined
    if (url === undefined || (URL.canParse(url) && /^postgres(?:ql)?:/.test(url))) return url
    // The text stays untold: there may be a password in it.
    const message = `${name} is not a URL: postgresql://login:password@host:5432/database`
    throw new SettingsRefused('setting_not_postgres', { name }, message)
  })
  // Whoever names an administrator means PostgreSQL, and not the embedded database of the folder.
  if (databaseAdminUrl !== undefined && databaseUrl === undefined)
    throw new SettingsRefused(
      'database_url_missing',
      {},
      'DATABASE_ADMIN_URL is set and DATABASE_URL is not; set both, or neither for the embedded database',
    )
  return { databaseUrl, databaseAdminUrl }
}

function momentFrom(env: Readonly<Record<string, string | undefined>>): Date | undefined {
  const name = 'SUNLOT_SIMULATED_AT'
  const text = env[name] || undefined
  if (text === undefined) return undefined
  if (env['SUNLOT_SIMULATED'] !== '1') throw incomplete(`SUNLOT_SIMULATED, ${name}`, 'SUNLOT_SIMULATED')
  const moment = new Date(text)
  if (!Number.isNaN(moment.getTime())) return moment
  const message = `${name} is ${text}; it must be a moment as 2023-03-15T09:00:00+08:00`
  throw new SettingsRefused('setting_not_a_moment', { name, text }, message)
}

function levelFrom(text: string): string {
  if (LOG_LEVELS.includes(text)) return text
  const params = { name: 'LOG_LEVEL', text, choices: LOG_LEVELS.join(', ') }
  const message = `LOG_LEVEL is ${text}; it must be one of ${params.choices}`
  throw new SettingsRefused('setting_not_one_of', params, message)
}

function proxiesFrom(text: string): Settings['trustProxy'] {
  if (/^\d{1,2}$/.test(text)) return Number(text) || false
  const addresses = text.split(/[\s,]+/).filter((one) => one !== '')
  const wrong = addresses.find((one) => !isAddressOrNetwork(one))
  if (wrong !== undefined)
    throw new SettingsRefused(
      'setting_not_proxies',
      { name: 'SUNLOT_TRUST_PROXY', text: wrong },
      `SUNLOT_TRUST_PROXY has ${wrong}; it must be a number of proxies, or their addresses`,
    )
  return addresses.length > 0 && addresses
}

/** `10.0.0.1`, `10.0.0.0/24`, `fd00::/8`. */
function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits] = text.split('/')
  const version = isIP(address)
  return (
    version !== 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128)))
  )
}

function tlsFrom(env: Readonly<Record<string, string | undefined>>): Settings['tls'] {
  const { TLS_CERT: certificate, TLS_KEY: key } = env
  if (!certificate && !key) return undefined
  if (certificate && key) return { certificate, key }
  const missing = certificate ? 'TLS_KEY' : 'TLS_CERT'
  throw incomplete('TLS_CERT, TLS_KEY', missing)
}

function oidcFrom(env: Readonly<Record<string, string | undefined>>): OidcSettings | undefined {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'SUNLOT_PUBLIC_URL'] as const
  const [issuer, clientId, clientSecret, publicUrl] = names.map((name) => env[name])
  if (!issuer) return undefined
  const missing = names.filter((name) => !env[name])
  if (!clientId || !clientSecret || !publicUrl) throw incomplete(names.join(', '), missing.join(', '))
  const secondFactor = env['SUNLOT_OIDC_SECOND_FACTOR'] === '1'
  return { issuer, clientId, clientSecret, publicUrl, secondFactor }
}

function incomplete(all: string, missing: string): SettingsRefused {
  const message = `${all} go together, and ${missing} is not set; set all of them or none`
  return new SettingsRefused('settings_incomplete', { all, missing }, message)
}

function number(
  env: Readonly<Record<string, string | undefined>>,
  name: string,
  otherwise: number,
  { least, most }: { readonly least: number; readonly most: number },
): number {
  const text = env[name]
  if (text === undefined || text === '') return otherwise
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > most)
    throw new SettingsRefused(
      'setting_not_a_number',
      { name, text, least, most },
      `${name} is ${text}; it must be a whole number from ${least} to ${most}`,
    )
  return value
}
