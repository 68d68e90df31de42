// How many people there are to reckon with: every statement about them. Counts alone; none of it asks for a reach.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/** How many inspectors with a warrant that is valid on a day (YYYY-MM-DD) authorities have in their registers. */
export async function inspectorsOf(
  reader: Reader,
  authorityIds: readonly string[],
  day: string,
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ id: string; count: number }>`
    select authority_id as id, count(*)::int as count from registers.inspector
     where authority_id = any(${[...authorityIds]}::uuid[]) and state = 'active' and warrant_from <= ${day}
       and warrant_until >= ${day}
     group by 1`.execute(reader)
  return new Map(rows.map(({ id, count }) => [id, count]))
}

/** How many subjects an authority supervises. */
export async function supervisedBy(reader: Reader, authorityId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from registers.subject
     where left_on is null and authority_ids @> array[${authorityId}::uuid]`.execute(reader)
  return rows[0]?.count ?? 0
}
