// By which numbers inspectors are told apart. Asks for no reach: for the draw, which publishes none of them.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/** inspector → the staff number of his authority's register; those without one are known by their entry's own id. */
export async function staffNumbersOf(
  reader: Reader,
  inspectorIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await reader
    .selectFrom('registers.inspector as i')
    .innerJoin('agencies.person as p', 'p.id', 'i.person_id')
    .select(['i.id', 'p.staff_number as staffNumber'])
    .where(sql<boolean>`i.id = any(${[...inspectorIds]}::uuid[])`)
    .execute()
  return new Map(rows.map(({ id, staffNumber }) => [id, staffNumber ?? id]))
}
