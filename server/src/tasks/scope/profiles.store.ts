// The register and the ledger of visits, counted in groups for a task: every statement about them. Counts alone, for
// numbers and never for a list of names: none of it asks for a reach.

import { type RawBuilder, sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'
import {
  completed,
  inScope,
  MOST_PROFILES,
  type Profile,
  profileColumns,
  profileKeys,
  type ProfileNeeds,
  type Scope,
  underAny,
} from '../../registers/index.ts'
import { type Apart, type Group, groupsOf } from './profiles.rules.ts'

/** What the groups of a task are counted of. */
export interface GroupQuery {
  readonly scope: Scope
  readonly needs: ProfileNeeds
  /** The years whose visits count, each by itself. */
  readonly years: readonly number[]
  /** The authorities of the task, and those above them. */
  readonly ownIds: readonly string[]
  readonly upperIds: readonly string[]
  /** Whose exclusions by name count; a task that was not saved has none. */
  readonly taskId: string | undefined
}

/** The groups of a scope; undefined where there are too many to reckon with. */
export async function groupsFor(reader: Reader, query: GroupQuery): Promise<readonly Group[] | undefined> {
  const profiles = await countProfiles(reader, query)
  if (profiles.length > MOST_PROFILES) return undefined
  return groupsOf(profiles, await countApart(reader, query))
}

async function countProfiles(
  reader: Reader,
  { scope, needs }: GroupQuery,
): Promise<readonly (Profile & { readonly active: boolean })[]> {
  const { rows } = await sql<{ readonly active: boolean }>`
    select ${profileColumns(needs)}, ${ACTIVE} as active, count(*)::int as subjects
      from registers.subject s where ${inScope(scope)}
     group by ${profileKeys(needs)}, ${ACTIVE} limit ${MOST_PROFILES + 1}`.execute(reader)
  return completed(rows)
}

/** Few of many: whoever was visited in the year, and whoever was left out by name. */
async function countApart(reader: Reader, query: GroupQuery): Promise<readonly Apart[]> {
  const { scope, needs } = query
  const { rows } = await sql<Omit<Apart, keyof Profile>>`
    with ${setApart(query)}
    select ${profileColumns(needs)}, ${ACTIVE} as active, n.own, n.upper, n.named,
           least(n.visits, ${MOST_VISITS})::int as visits, least(n.own_visits, ${MOST_VISITS})::int as "ownVisits",
           count(*)::int as subjects
      from apart n join registers.subject s on s.division_code = n.division_code and s.id = n.subject_id
     where ${inScope(scope)}
     group by ${profileKeys(needs)}, ${ACTIVE}, n.own, n.upper, n.named, least(n.visits, ${MOST_VISITS}),
           least(n.own_visits, ${MOST_VISITS})`.execute(reader)
  return completed(rows)
}

/** More visits than this are told apart by nobody: no cap is so high. */
export const MOST_VISITS = sql.raw('99')
const ACTIVE = sql`(s.registration_state = 'active')`

/** `apart`: whom the year, or somebody by name, has set apart from those who are otherwise like them. */
export function setApart({ scope, years, ownIds, upperIds, taskId }: GroupQuery): RawBuilder<unknown> {
  const own = sql`v.authority_ids && ${[...ownIds]}::uuid[]`
  return sql`apart as (
    select division_code, subject_id, bool_or(own) as own, bool_or(upper) as upper, bool_or(named) as named,
           max(visits) as visits, max(own_visits) as own_visits
      from (select v.division_code, v.subject_id, bool_or(${own}) as own,
                   bool_or(v.authority_ids && ${[...upperIds]}::uuid[]) as upper, false as named,
                   count(*) filter (where v.exemption_ground is null) as visits,
                   count(*) filter (where v.exemption_ground is null and ${own}) as own_visits
              from tasks.visit v
             where v.year = any(${[...years]}::int[]) and v.withdrawn_at is null
               and (v.source = 'task' or v.confirmed_at is not null) and ${underAny('v.division_code', scope.divisions)}
             group by v.division_code, v.subject_id, v.year
            union all
            select x.division_code, x.subject_id, false, false, true, 0, 0
              from tasks.task_exclusion x where x.task_id = ${taskId ?? null}::uuid and x.withdrawn_at is null) e
     group by 1, 2)`
}
