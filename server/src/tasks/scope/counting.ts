// A task counted: its frame, strata, demands and who is left out. One read of the register; all else is reckoned from it.

import { superiorsOf } from '../../agencies/index.ts'
import type { Law, Place } from '../../law/index.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { grainOf } from '../../registers/index.ts'
import type { ItemRef } from '../consultation/shapes.ts'
import type { TaskFacts } from '../shapes.ts'
import { type Demand, demandsOf, whoInspects } from './demand.rules.ts'
import { drawnOf, strataOf, stratumOf, type Stratum } from './design.rules.ts'
import { capsOf, type ExclusionRules, sift, type Sifted, yearsTouched } from './exclusions.rules.ts'
import type { Group } from './profiles.rules.ts'
import { type GroupQuery, groupsFor } from './profiles.store.ts'
import type { Figures } from './scope.schema.ts'

/** The part of an authority as it is counted with. */
export interface CountedPart {
  readonly authorityId: string
  readonly authorityName: string
  readonly members: number
  readonly items: readonly Pick<ItemRef, 'id' | 'code' | 'name' | 'appliesTo'>[]
}

/** What of a task decides who is drawn from. `taskId`: whose exclusions by name count. */
export interface CountQuery extends Pick<
  TaskFacts,
  | 'scope'
  | 'strataBy'
  | 'design'
  | 'waived'
  | 'capGround'
  | 'mode'
  | 'startsOn'
  | 'endsOn'
  | 'leadAuthorityId'
> {
  readonly taskId: string | undefined
  readonly parts: readonly CountedPart[]
}

/** Everything that was counted of a task. `ofGroup`: the place in `demands` of each group of the frame. */
export interface Counting extends Sifted {
  /** Everybody of the scope, also who is left out. */
  readonly groups: readonly Group[]
  readonly strata: readonly Stratum[]
  readonly demands: readonly Demand[]
  readonly ofGroup: readonly number[]
  readonly leastTeam: number
  readonly refusal?: Refusal | undefined
}

/** Counts a task. */
export async function countTask(
  reader: Reader,
  law: Law,
  place: Place,
  query: CountQuery,
): Promise<Counting> {
  const groups = await groupsFor(reader, await groupQueryOf(reader, query))
  if (groups === undefined) return { ...NOTHING, refusal: { code: 'task.scope_too_varied' } }
  const sifted = sift(groups, rulesOf(law, place, query))
  return { groups, ...sifted, ...drawnFrom(sifted.frame, query) }
}

/** What the groups of a task are counted of: no finer than its items ask. */
export async function groupQueryOf(reader: Reader, query: CountQuery): Promise<GroupQuery> {
  const { scope, parts, taskId } = query
  const ownIds = parts.map(({ authorityId }) => authorityId)
  return {
    scope,
    needs: grainOf(parts.flatMap(({ items }) => items.map(({ appliesTo }) => appliesTo))),
    years: yearsTouched(query),
    ownIds,
    upperIds: await superiorsOf(reader, ownIds),
    taskId,
  }
}

/** Who of a task is left out. */
export function rulesOf(
  law: Law,
  place: Place,
  { waived, parts, mode, capGround }: CountQuery,
): ExclusionRules {
  const hasItem = (group: Group) => whoInspects(group, parts, mode).length > 0
  return { waived, hasItem, ...capsOf(law, place, capGround) }
}

function drawnFrom(frame: readonly Group[], { parts, mode, strataBy, design }: CountQuery) {
  const { demands, ofGroup } = demandsOf(frame, parts, mode)
  const teams = demands.map(({ authorities }) =>
    authorities.reduce((sum, { at }) => sum + (parts[at]?.members ?? 0), 0),
  )
  const leastTeam = teams.length === 0 ? 0 : Math.min(...teams)
  return { demands, ofGroup, leastTeam, ...drawnOf(strataOf(frame, strataBy), design) }
}

/** The probability with which each group's subjects are drawn: that of its stratum. */
export function chancesOf(counting: Counting, by: TaskFacts['strataBy']): readonly number[] {
  const chances = new Map(counting.strata.map(({ code, rows, n }) => [code, rows === 0 ? 0 : n / rows]))
  return counting.frame.map((group) => chances.get(stratumOf(group, by)) ?? 0)
}

/** What of a counting is shown, and kept with the task that is dispatched. */
export function figuresOf(counting: Counting, { parts, strataBy }: CountQuery, now: Date): Figures {
  const chances = chancesOf(counting, strataBy)
  const expected = counting.demands.map(() => 0)
  counting.frame.forEach((group, at) => {
    expected[counting.ofGroup[at]!]! += group.subjects * chances[at]!
  })
  return {
    asOf: now.toISOString(),
    scopeCount: counting.subjects,
    exclusions: [...counting.excluded],
    frame: counting.frame.reduce((sum, { subjects }) => sum + subjects, 0),
    strata: [...counting.strata],
    total: counting.strata.reduce((sum, { n }) => sum + n, 0),
    demands: counting.demands.slice(0, MOST_DEMANDS).map((demand, at) => ({
      code: demand.code,
      subjects: demand.subjects,
      drawn: Math.round(expected[at]! * 10) / 10,
      authorities: demand.authorities.map((each) => shownPart(parts[each.at]!, each.itemIds)),
    })),
  }
}

/** More are of no use to whoever reads them. */
const MOST_DEMANDS = 60

const NOTHING: Counting = {
  groups: [],
  frame: [],
  excluded: [],
  subjects: 0,
  strata: [],
  demands: [],
  ofGroup: [],
  leastTeam: 0,
}

function shownPart({ authorityId, authorityName, members, items }: CountedPart, itemIds: readonly string[]) {
  return {
    id: authorityId,
    name: authorityName,
    members,
    items: items.filter(({ id }) => itemIds.includes(id)).map(({ code, name }) => `${code} ${name}`),
  }
}
