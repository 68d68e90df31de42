// 三员 in SQL: whether a grant is the last of its kind.

import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { Role } from '../platform/actor.ts'
import type { Reader, Writer } from '../platform/database/database.ts'

/**
 * The condition that the role_grant `g` makes somebody an administrator, is in force on a day (YYYY-MM-DD), and that
 * nobody else is administrator of the same kind over its division: without it, that office would be vacant and nobody
 * could fill it.
 */
export function isLastAdministrator(day: string): RawBuilder<SqlBool> {
  return sql<SqlBool>`(g.role in ('systemAdministrator', 'securityAdministrator', 'auditAdministrator')
    and ${inForce('g', day)}
    and not exists (select from agencies.role_grant other
      where other.role = g.role and other.person_id <> g.person_id and ${inForce('other', day)}
        and g.division_code like regexp_replace(other.division_code, '(00){1,2}$', '') || '%'))`
}

/** Everybody who holds a role on a day (YYYY-MM-DD), wherever it reaches: ids of people. */
export async function holdersOf(reader: Reader, role: Role, day: string): Promise<readonly string[]> {
  const rows = await reader
    .selectFrom('agencies.role_grant as g')
    .select('g.person_id')
    .distinct()
    .where('g.role', '=', role)
    .where(inForce('g', day))
    .execute()
  return rows.map((row) => row.person_id)
}

/** Nobody else ends the grant of an administrator until the transaction ends: two could each count on the other. */
export async function lockAdministrators(writer: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('agencies.administrators', 0))`.execute(writer)
}

function inForce(alias: string, day: string): RawBuilder<SqlBool> {
  const column = (name: string) => sql.ref(`${alias}.${name}`)
  return sql<SqlBool>`(${column('state')} = 'effective' and ${column('valid_from')} <= ${day}
    and coalesce(${column('valid_until')}, ${day}) >= ${day})`
}
