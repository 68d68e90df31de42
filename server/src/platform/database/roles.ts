// The roles of the cluster. They are not of one database, so no migration file makes them.

import type { Pool } from 'pg'

/** In whose name a transaction runs. The login role holds nothing by itself and takes one of these each time. */
export type DatabaseRole = 'sunlot_app' | 'sunlot_portal' | 'sunlot_sequencer' | 'sunlot_jobs'

const ROLES: readonly string[] = [
  'sunlot_owner',
  'sunlot_app',
  'sunlot_portal',
  'sunlot_sequencer',
  'sunlot_jobs',
]

/** Makes the roles where they are missing. `admin` is connected as one who may create roles. */
export async function createRoles(admin: Pool): Promise<void> {
  for (const role of ROLES)
    // Two databases of one cluster may be migrated at the same moment: the loser finds the role made.
    await admin.query(
      `do $$ begin create role ${role} nologin; exception when duplicate_object or unique_violation then null; end $$`,
    )
}

/**
 * Makes the login role that the application connects as, or takes from it what it must not have, and lets it take the
 * roles that the application works under, but not that of the owner. Needs the right to create roles.
 */
export async function createLogin(admin: Pool, name: string, password: string): Promise<void> {
  const { rows } = await admin.query<{ login: string; secret: string }>(
    'select quote_ident($1) as login, quote_literal($2) as secret',
    [name, password],
  )
  const { login, secret } = rows[0] as { login: string; secret: string }
  await admin.query(
    `do $$ begin create role ${login}; exception when duplicate_object or unique_violation then null; end $$`,
  )
  await admin.query(
    `alter role ${login} with login noinherit nosuperuser nocreatedb nocreaterole password ${secret}`,
  )
  for (const role of ROLES.filter((r) => r !== 'sunlot_owner')) await admin.query(`grant ${role} to ${login}`)
}
