// What an operator sets. None of it is law: that is in law/, with a citation.

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
  }
  readonly trustProxy: boolean
  readonly oidc: OidcSettings | undefined
  readonly witnesses: readonly string[]
  readonly logLevel: string
}

/** The government's identity provider. */
export interface OidcSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  /** The address under which browsers reach this server; the provider sends them back there. */
  readonly publicUrl: string
}

/** An environment variable that cannot be used as it stands. */
export class SettingsRefused extends Error {}

const MINUTE = 60_000

/** Settings from environment variables. Throws SettingsRefused, which names the variable and how to mend it. */
export function settingsFrom(env: Readonly<Record<string, string | undefined>>): Settings {
  return {
    folder: env['SUNLOT_FOLDER'] ?? join(process.cwd(), 'var'),
    databaseUrl: env['DATABASE_URL'] || undefined,
    databaseAdminUrl: env['DATABASE_ADMIN_URL'] || undefined,
    host: env['HOST'] ?? '127.0.0.1',
    port: number(env, 'PORT', 4000, { least: 0, most: 65_535 }),
    session: {
      idleMs: number(env, 'SUNLOT_IDLE_MINUTES', 20, { least: 1, most: 60 }) * MINUTE,
      absoluteMs: number(env, 'SUNLOT_SESSION_HOURS', 8, { least: 1, most: 12 }) * 60 * MINUTE,
      reauthenticationMs: number(env, 'SUNLOT_REAUTHENTICATION_MINUTES', 5, { least: 1, most: 15 }) * MINUTE,
    },
    trustProxy: env['SUNLOT_TRUST_PROXY'] === '1',
    oidc: oidcFrom(env),
    witnesses: (env['SUNLOT_WITNESSES'] ?? '').split(/[\s,]+/).filter((url) => url !== ''),
    logLevel: env['LOG_LEVEL'] ?? 'info',
  }
}

function oidcFrom(env: Readonly<Record<string, string | undefined>>): OidcSettings | undefined {
  const names = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'SUNLOT_PUBLIC_URL'] as const
  const [issuer, clientId, clientSecret, publicUrl] = names.map((name) => env[name])
  if (!issuer) return undefined
  const missing = names.filter((name) => !env[name])
  if (!clientId || !clientSecret || !publicUrl)
    throw new SettingsRefused(`OIDC_ISSUER is set but ${missing.join(', ')} is not; set all four or none`)
  return { issuer, clientId, clientSecret, publicUrl }
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
    throw new SettingsRefused(`${name} is ${text}; it must be a whole number from ${least} to ${most}`)
  return value
}
