// How often people are replaced, measured against how often they were drawn (I7, I8).

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

const MOST = 500

/** By person or by authority, those with the most applications first. */
export async function replacementRates(
  reader: Reader,
  reach: Reach,
  { year, by }: { readonly year: number; readonly by: 'person' | 'authority' },
) {
  const rows = await reader
    .selectFrom('draws.times_drawn as d')
    .fullJoin('draws.replacement_rate as r', (join) =>
      join
        .onRef('r.person_id', '=', 'd.person_id')
        .onRef('r.authority_id', '=', 'd.authority_id')
        .onRef('r.year', '=', 'd.year'),
    )
    .innerJoin('agencies.authority as a', (join) =>
      join.on(sql<boolean>`a.id = coalesce(d.authority_id, r.authority_id)`),
    )
    .innerJoin('agencies.person as n', (join) =>
      join.on(sql<boolean>`n.id = coalesce(d.person_id, r.person_id)`),
    )
    .select(['a.id as authorityId', 'a.name as authorityName'])
    .select([
      (by === 'person' ? sql<string | null>`n.id` : sql<string | null>`null::uuid`).as('personId'),
      (by === 'person' ? sql<string | null>`n.name` : sql<string | null>`null::text`).as('personName'),
      sql<number>`coalesce(sum(d.draws), 0)::int`.as('drawn'),
      sql<number>`coalesce(sum(r.applied), 0)::int`.as('applied'),
      sql<number>`coalesce(sum(r.approved), 0)::int`.as('approved'),
      sql<number>`coalesce(sum(r.substituted), 0)::int`.as('substituted'),
      sql<number>`coalesce(sum(r.rejected), 0)::int`.as('rejected'),
    ])
    .where(within(reach, { authority: 'a.id', division: 'a.division_code' }))
    .where(sql<boolean>`coalesce(d.year, r.year) = ${year}`)
    .groupBy(by === 'person' ? ['a.id', 'a.name', 'n.id', 'n.name'] : ['a.id', 'a.name'])
    .orderBy('applied', 'desc')
    .orderBy('a.id')
    .limit(MOST)
    .execute()
  return rows
}
