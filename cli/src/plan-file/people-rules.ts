// The rules between demands, pools, teams and matching that can be checked before any file is read.

import { FaultCollector, type Place } from './faults.ts'
import type { MembersSpec } from './people.ts'
import type { PlanFile } from './plan-file.ts'

type PeopleParts = Pick<PlanFile, 'matching' | 'inspectors' | 'demands' | 'pools' | 'register'>

/** Throws PlanFaults with every rule that is broken. */
export function checkPeople(plan: PeopleParts, top: Place): void {
  const kept = new FaultCollector()
  const { matching, demands, pools, inspectors } = plan
  if (matching.mode === 'none') {
    if (inspectors || demands.length > 0 || pools.size > 0) kept.add(matching, 'none_with_people')
    kept.throwIfAny()
    return
  }
  if (!inspectors) kept.add(top, 'missing_key', { key: 'inspectors' })
  if (demands.length === 0) kept.add(top, 'missing_key', { key: 'demands' })
  checkDemandStrata(plan, kept)
  const asked = new Set(demands.flatMap((d) => d.authorities.map((a) => a.authority)))
  for (const [authority, pool] of pools)
    if (!asked.has(authority)) kept.add(pool, 'pool_unasked', { authority })
  for (const demand of demands) checkMembers(demand.authorities, demand, matching, kept)
  if (matching.mode === 'teams') {
    checkMembers(matching.teams.members, matching, matching, kept)
    const inTeams = matching.teams.members.map((m) => m.authority)
    for (const authority of asked)
      if (!inTeams.includes(authority)) kept.add(matching, 'team_without_authority', { authority })
    for (const member of matching.teams.members)
      if (!asked.has(member.authority)) kept.add(member, 'team_unasked', { authority: member.authority })
  }
  kept.throwIfAny()
}

function checkDemandStrata({ demands, register }: PeopleParts, kept: FaultCollector): void {
  for (const demand of demands) {
    if (register.demand && demand.strata) kept.add(demand, 'demand_strata_and_column', { code: demand.code })
    if (!register.demand && !demand.strata) kept.add(demand, 'demand_without_strata', { code: demand.code })
  }
}

function checkMembers(
  members: readonly MembersSpec[],
  place: Place,
  least: { readonly minMembers: number; readonly minPerAuthority: number },
  kept: FaultCollector,
): void {
  const sum = members.reduce((total, m) => total + m.members, 0)
  if (sum < least.minMembers) kept.add(place, 'too_few_members', { sum, least: least.minMembers })
  for (const m of members)
    if (m.members < least.minPerAuthority)
      kept.add(m, 'too_few_of_authority', { members: m.members, least: least.minPerAuthority })
}
