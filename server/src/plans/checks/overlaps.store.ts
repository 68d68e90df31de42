// Which lines of other plans a viewer may see by name.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { PLAN_PLACE } from '../plans/plans.store.ts'

/** Those of the lines whose plans are within a reach, with the names of who leads them. */
export async function namedLines(reader: Reader, reach: Reach, ids: readonly string[]) {
  const rows = await reader
    .selectFrom('plans.plan_line as l')
    .innerJoin('plans.plan as p', 'p.id', 'l.plan_id')
    .innerJoin('agencies.authority as a', 'a.id', 'l.lead_authority_id')
    .select(['l.id', 'l.plan_id as planId', 'l.number', 'l.task_name as taskName', 'a.name as authorityName'])
    .where(sql<boolean>`l.id = any(${[...ids]}::uuid[])`)
    .where(within(reach, PLAN_PLACE))
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}
