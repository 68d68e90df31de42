// Which lines of other plans a viewer may see by name.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { PLAN_PLACE } from '../plans/plans.store.ts'
import type { PlanKind, PlanState } from '../shapes.ts'

/** A line as a pair names it, with what decides on what can be done about it. */
export interface NamedLine {
  readonly id: string
  readonly planId: string
  readonly planTitle: string
  readonly planKind: PlanKind
  readonly planState: PlanState
  readonly planAuthorityId: string
  readonly number: number
  readonly taskName: string
  readonly authorityName: string
}

/** Those of the lines whose plans are within a reach, with the names of who leads them. */
export async function namedLines(
  reader: Reader,
  reach: Reach,
  ids: readonly string[],
): Promise<ReadonlyMap<string, NamedLine>> {
  const rows = await reader
    .selectFrom('plans.plan_line as l')
    .innerJoin('plans.plan as p', 'p.id', 'l.plan_id')
    .innerJoin('agencies.authority as a', 'a.id', 'l.lead_authority_id')
    .select(['l.id', 'l.plan_id as planId', 'l.number', 'l.task_name as taskName', 'a.name as authorityName'])
    .select(['p.title as planTitle', 'p.kind as planKind', 'p.state as planState'])
    .select('p.authority_id as planAuthorityId')
    .where(sql<boolean>`l.id = any(${[...ids]}::uuid[])`)
    .where(within(reach, PLAN_PLACE))
    .execute()
  return new Map(rows.map((row) => [row.id, row as unknown as NamedLine]))
}
