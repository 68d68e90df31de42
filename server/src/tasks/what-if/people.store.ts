// How many inspectors there are to reckon with. Counts alone: it asks for no reach.

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
