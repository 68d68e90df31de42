// The joint conference of a division, and whom authorities answer to: for features that address them.

import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'

/** A joint conference with its office, its oversight and its present members. */
export interface ConferenceOf {
  readonly officeId: string
  readonly officeName: string
  readonly oversightId: string | null
  readonly oversightName: string | null
  readonly memberIds: readonly string[]
}

/** The joint conference of a division; nothing where none was set up. Asks for no reach: who sits in it is public. */
export async function conferenceOf(reader: Reader, divisionCode: string): Promise<ConferenceOf | undefined> {
  const found = await reader
    .selectFrom('agencies.conference as c')
    .innerJoin('agencies.authority as o', 'o.id', 'c.office_authority_id')
    .leftJoin('agencies.authority as s', 's.id', 'c.oversight_authority_id')
    .select([
      'c.id',
      'o.id as officeId',
      'o.name as officeName',
      's.id as oversightId',
      's.name as oversightName',
    ])
    .where('c.division_code', '=', divisionCode)
    .executeTakeFirst()
  if (!found) return undefined
  const members = await reader
    .selectFrom('agencies.conference_member')
    .select('authority_id')
    .where('conference_id', '=', found.id)
    .where('left_on', 'is', null)
    .orderBy('authority_id')
    .execute()
  const { id: _id, ...conference } = found
  return { ...conference, memberIds: members.map((member) => member.authority_id) }
}

/** The authorities above some, to the top, without themselves: ids. */
export async function superiorsOf(
  reader: Reader,
  authorityIds: readonly string[],
): Promise<readonly string[]> {
  if (authorityIds.length === 0) return []
  const { rows } = await sql<{ id: string }>`
    with recursive above as (
      select superior_id as id from agencies.authority where id = any(${authorityIds}::uuid[]) and superior_id is not null
      union
      select a.superior_id from agencies.authority a join above on a.id = above.id where a.superior_id is not null)
    select id from above where id <> all(${authorityIds}::uuid[]) order by id`.execute(reader)
  return rows.map((row) => row.id)
}
