// Plain SQL files, in the order of their numbers, forward only, each in a transaction of its own.

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import PgBoss from 'pg-boss'
import type { NewId } from '../ids.ts'
import { projectPath } from '../root.ts'
import { createRoles } from './roles.ts'

/** Real, or simulated: whether the clock can be set. Decided once, at birth. */
export type DatabaseKind = 'real' | 'simulated'

/** As what a new database is born. `at`: a simulated one may be born in another time; without it, now. */
export interface Birth {
  readonly kind: DatabaseKind
  readonly at?: Date | undefined
}

/** A file of `server/migrations`. */
export interface Migration {
  readonly name: string
  readonly sql: string
  readonly hash: string
}

/** The database was migrated by another version: its files and ours disagree. */
export class MigrationRefused extends Error {}

/** The folder that holds the migrations of this version. */
export const MIGRATIONS = projectPath('server', 'migrations')

/** The migrations in a folder, in order. */
export function readMigrations(folder: string = MIGRATIONS): readonly Migration[] {
  return readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z_]+\.sql$/.test(name))
    .toSorted()
    .map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name, sql, hash: createHash('sha256').update(sql).digest('hex') }
    })
}

/**
 * Brings a database up to this version, and bears it if it is new. Gives the names of what it ran. A second process that
 * migrates at the same time waits for the first.
 */
export async function migrate(
  admin: Pool,
  options: Birth & { readonly newId: NewId; readonly folder?: string },
): Promise<readonly string[]> {
  await createRoles(admin)
  const client = await admin.connect()
  try {
    // Session-level: held over the transactions of all files.
    await client.query('select pg_advisory_lock(hashtext($1))', ['sunlot.migrate'])
    await prepare(client)
    const pending = await pendingOf(client, readMigrations(options.folder))
    for (const migration of pending) await run(client, migration)
    await installQueue(client)
    await bear(client, options, options.newId)
    return pending.map(({ name }) => name)
  } finally {
    await client.query('select pg_advisory_unlock_all()').catch(() => undefined)
    client.release()
  }
}

/** The migrations that a database lacks. Throws MigrationRefused where one that it has is not ours. */
export async function pendingMigrations(pool: Pool, folder?: string): Promise<readonly string[]> {
  const client = await pool.connect()
  try {
    if (!(await hasMigrations(client))) return readMigrations(folder).map(({ name }) => name)
    // A login inherits nothing: it reads the list in the role of the application.
    await client.query('begin read only; set local role sunlot_app')
    return (await pendingOf(client, readMigrations(folder))).map(({ name }) => name)
  } finally {
    await client.query('rollback').catch(() => undefined)
    client.release()
  }
}

async function prepare(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    'select quote_ident(current_database()) as name, to_regclass($1) is not null as there',
    ['public.sunlot_migration'],
  )
  const database = rows[0]?.name ?? ''
  await client.query(`grant create on database ${database} to sunlot_owner`)
  // Temporary objects are how a session would shadow ours. The owner alone, whom no session is, refreshes views by them.
  await client.query(`revoke temporary on database ${database} from public`)
  await client.query(`grant temporary on database ${database} to sunlot_owner`)
  // Outside the schemas that the files make, because it stands before the first of them.
  await client.query(
    `create table if not exists public.sunlot_migration
       (name text primary key, hash text not null, at timestamptz not null default now())`,
  )
  await client.query(
    'grant select on public.sunlot_migration to sunlot_app, sunlot_portal, sunlot_sequencer, sunlot_jobs',
  )
}

async function hasMigrations(client: PoolClient): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>('select to_regclass($1) is not null as there', [
    'public.sunlot_migration',
  ])
  return rows[0]?.there === true
}

async function pendingOf(
  client: PoolClient,
  migrations: readonly Migration[],
): Promise<readonly Migration[]> {
  if (!(await hasMigrations(client))) return migrations
  const { rows } = await client.query<{ name: string; hash: string }>(
    'select name, hash from public.sunlot_migration',
  )
  const ran = new Map(rows.map(({ name, hash }) => [name, hash]))
  for (const [name, hash] of ran) {
    const ours = migrations.find((m) => m.name === name)
    if (!ours)
      throw new MigrationRefused(`the database has ${name}, which this version does not know: it is older`)
    if (ours.hash !== hash)
      throw new MigrationRefused(`${name} was changed after the database had run it; add a new file instead`)
  }
  return migrations.filter(({ name }) => !ran.has(name))
}

async function run(client: PoolClient, migration: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query('set local role sunlot_owner')
    await client.query(migration.sql)
    await client.query('reset role')
    await client.query('insert into public.sunlot_migration (name, hash) values ($1, $2)', [
      migration.name,
      migration.hash,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`${migration.name}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    })
  }
}

/** The queue's own schema, owned by the role of the jobs, which may make nothing outside it. */
async function installQueue(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ there: boolean; name: string }>(
    'select to_regclass($1) is not null as there, quote_ident(current_database()) as name',
    ['pgboss.version'],
  )
  if (rows[0]?.there !== false) return
  await client.query(`grant create on database ${rows[0].name} to sunlot_jobs`)
  try {
    await client.query('set role sunlot_jobs')
    await client.query(PgBoss.getConstructionPlans('pgboss'))
  } finally {
    await client.query('reset role')
    await client.query(`revoke create on database ${rows[0].name} from sunlot_jobs`)
  }
}

/** Real or simulated is the first entry of the log, and is never written again. */
async function bear(client: PoolClient, { kind, at }: Birth, newId: NewId): Promise<void> {
  const born = await client.query('select 1 from platform.birth')
  if (born.rows.length > 0) return
  await client.query('begin')
  await client.query('set local role sunlot_owner')
  await client.query(
    `insert into audit.event (id, action, outcome, actor_kind, object_type, object_id)
     values ($1, 'database.bear', 'done', 'system', 'database', $2)`,
    [newId(), kind],
  )
  await client.query(
    'insert into platform.birth (id, kind, born_at) values ($1, $2, coalesce($3, platform.now()))',
    [newId(), kind, at ?? null],
  )
  // Its first entry keeps the moment in which it was really made; what follows is of the other time.
  if (at !== undefined)
    await client.query(
      'insert into platform.simulated_clock (ahead) values ($1::timestamptz - clock_timestamp())',
      [at],
    )
  await client.query('commit')
}
