// Who is told of a task: those who hold a role in its authorities.

import type { Role } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'

/** Everybody who holds one of the roles in one of the authorities on a day (YYYY-MM-DD): ids of people. Asks for no reach. */
export async function holdersIn(
  reader: Reader,
  authorityIds: readonly string[],
  roles: readonly Role[],
  day: string,
): Promise<readonly string[]> {
  if (authorityIds.length === 0) return []
  const rows = await reader
    .selectFrom('agencies.role_grant as g')
    .select('g.person_id')
    .distinct()
    .where('g.authority_id', 'in', [...authorityIds])
    .where('g.role', 'in', [...roles])
    .where('g.state', '=', 'effective')
    .where('g.valid_from', '<=', day)
    .where((eb) => eb.or([eb('g.valid_until', 'is', null), eb('g.valid_until', '>=', day)]))
    .execute()
  return rows.map((row) => row.person_id)
}
