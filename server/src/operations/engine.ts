// Which database the settings mean, opened and brought up to this version.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { machineClock } from '../platform/clock.ts'
import { type Engine, openEmbedded, openPostgres } from '../platform/database/engine.ts'
import { migrate, pendingMigrations } from '../platform/database/migrate.ts'
import { createLogin } from '../platform/database/roles.ts'
import { idsOf } from '../platform/ids.ts'
import type { Settings } from '../platform/settings.ts'
import { OperationRefused } from './words.ts'

/** The folder of the embedded database below the settings' folder. */
export const DATABASE_FOLDER = 'database'

/** A database that this version can be served from, and which migrations were run to get there. */
export interface ReadyDatabase {
  readonly engine: Engine
  readonly migrated: readonly string[]
}

/**
 * Opens the database of the settings. The embedded one is migrated always, PostgreSQL where an administrator's address is
 * given; otherwise one that is not up to date is refused with the command that brings it there.
 */
export async function openDatabase(
  settings: Settings,
  onFailure: (failure: Error) => void,
): Promise<ReadyDatabase> {
  const { databaseUrl, databaseAdminUrl } = settings
  if (databaseUrl === undefined) return openAndMigrateEmbedded(settings, onFailure)
  const migrated = databaseAdminUrl === undefined ? [] : await migratePostgres(settings)
  const engine = await openPostgres(databaseUrl)
  try {
    const pending = await pendingMigrations(engine.pool)
    if (pending.length > 0) throw new OperationRefused('migrations_pending', { count: pending.length })
    return { engine, migrated }
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function openAndMigrateEmbedded(
  settings: Settings,
  onFailure: (failure: Error) => void,
): Promise<ReadyDatabase> {
  mkdirSync(settings.folder, { recursive: true, mode: 0o700 })
  const engine = await openEmbedded({ directory: join(settings.folder, DATABASE_FOLDER), onFailure })
  try {
    return { engine, migrated: await migrate(engine.pool, birthOf(settings)) }
  } catch (error) {
    await engine.close()
    throw error
  }
}

/** Migrates the PostgreSQL of `DATABASE_ADMIN_URL`, and makes the login that `DATABASE_URL` names. */
export async function migratePostgres(settings: Settings): Promise<readonly string[]> {
  const { databaseUrl, databaseAdminUrl } = settings
  if (databaseAdminUrl === undefined) throw new OperationRefused('admin_url_missing')
  const login = databaseUrl === undefined ? undefined : loginOf(databaseUrl)
  // The login is stripped of every right beyond its roles: never that of the administrator himself.
  if (login?.name === loginOf(databaseAdminUrl)?.name) throw new OperationRefused('same_login')
  const admin = await openPostgres(databaseAdminUrl, { allowSuperuser: true, connections: 2 })
  try {
    const migrated = await migrate(admin.pool, birthOf(settings))
    if (login) await createLogin(admin.pool, login.name, login.password)
    return migrated
  } finally {
    await admin.close()
  }
}

function loginOf(databaseUrl: string): { readonly name: string; readonly password: string } | undefined {
  const { username, password } = new URL(databaseUrl)
  if (username === '') return undefined
  return { name: decodeURIComponent(username), password: decodeURIComponent(password) }
}

function birthOf({ simulated, simulatedAt }: Settings) {
  const kind = simulated ? 'simulated' : 'real'
  return { kind, at: simulatedAt, newId: idsOf(machineClock) } as const
}
