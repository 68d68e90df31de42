// From a plan file and the frozen lists to what a commitment says: designs, demands and pools over real strata and people.

import { assignPatterns, type Design, expandDesign, type StratumRows } from './design.ts'
import { fault, FaultCollector, planError, PlanFaults } from './faults.ts'
import type { DemandSpec, MembersSpec } from './people.ts'
import type { PlanFile } from './plan-file.ts'

export interface Members {
  readonly authority: string
  readonly members: number
  readonly classes: readonly string[]
}

export interface Demand {
  readonly code: string
  readonly strata?: readonly string[]
  readonly authorities: readonly Members[]
}

export interface Pool {
  readonly authority: string
  readonly rows: number
  readonly draw: number
}

/** `matching` as the commitment has it. */
export type Matching =
  | { readonly mode: 'none' }
  | ({ readonly mode: 'subjects' } & MatchingFields)
  | ({ readonly mode: 'teams' } & MatchingFields & {
        readonly teams: { readonly count: number; readonly members: readonly Members[] }
      })

interface MatchingFields {
  readonly cap: number
  readonly mix: number
  readonly tau: { readonly num: number; readonly den: number }
  readonly min_members: number
  readonly min_per_authority: number
  readonly max_conflicts: { readonly num: number; readonly den: number }
}

/** What the plan file decides of a commitment, once the lists are frozen. */
export interface PlanChoices {
  readonly strata: readonly string[]
  readonly design: Design
  readonly demands: readonly Demand[]
  readonly pools: readonly Pool[]
  readonly matching: Matching
}

/**
 * The choices over the frozen strata (ascending) and the people of each authority. Throws CommandError `plan_faults`
 * for an empty stratum, a stratum without its line, a team larger than its pool and their like.
 */
export function choicesOf(
  plan: PlanFile,
  strata: readonly StratumRows[],
  people: readonly { readonly authority: string }[] = [],
): PlanChoices {
  const codes = strata.map((s) => s.code)
  try {
    return {
      strata: codes,
      design: expandDesign(plan.design, strata, plan.path),
      demands: expandDemands(plan, codes),
      pools: poolsOf(plan, people),
      matching: matchingOf(plan),
    }
  } catch (error) {
    throw error instanceof PlanFaults ? planError(plan.path, error) : error
  }
}

function expandDemands(plan: PlanFile, codes: readonly string[]): Demand[] {
  const demands = plan.demands.map((d) => ({ code: d.code, authorities: d.authorities.map(membersOf) }))
  if (plan.demands.length === 0 || plan.register.demand) return demands
  const lines = new Map<string, DemandSpec>()
  for (const demand of plan.demands)
    for (const pattern of demand.strata ?? []) {
      const other = lines.get(pattern)
      if (other)
        throw fault(demand, 'stratum_in_two', { stratum: pattern, first: other.code, second: demand.code })
      lines.set(pattern, demand)
    }
  const place = { path: 'demands', line: plan.demands[0]!.line }
  const found = assignPatterns(place, lines, codes)
  return demands.map((demand) => {
    const strata = codes.filter((_, i) => found[i]?.code === demand.code)
    if (strata.length === 0)
      throw fault(
        plan.demands.find((d) => d.code === demand.code)!,
        'demand_unused',
        { code: demand.code },
      )
    return { ...demand, strata }
  })
}

function poolsOf(plan: PlanFile, people: readonly { readonly authority: string }[]): Pool[] {
  if (plan.matching.mode === 'none') return []
  const kept = new FaultCollector()
  const asked = plan.demands.flatMap((d) => d.authorities)
  const authorities = [...new Set(asked.map((a) => a.authority))].toSorted()
  const pools = authorities.map((authority) => {
    const rows = people.filter((p) => p.authority === authority).length
    const stated = plan.pools.get(authority)
    const draw = stated === undefined || stated.value === 'all' ? rows : stated.value
    const place = stated ?? asked.find((a) => a.authority === authority)!
    if (rows === 0) kept.add(place, 'pool_empty', { authority })
    else if (draw > rows) kept.add(place, 'pool_too_small', { authority, draw, rows })
    else checkNeed(plan, { authority, rows, draw }, kept)
    return { authority, rows, draw }
  })
  kept.throwIfAny()
  return pools
}

// Fewer inspectors than a team: in mode teams for all teams together, in mode subjects for one subject.
function checkNeed(plan: PlanFile, pool: Pool, kept: FaultCollector): void {
  const { matching } = plan
  const own = (members: readonly MembersSpec[]): MembersSpec | undefined =>
    members.find((m) => m.authority === pool.authority)
  if (matching.mode === 'teams') {
    const line = own(matching.teams.members)
    const { count } = matching.teams
    if (line && line.members * count > pool.draw)
      kept.add(line, 'team_larger_than_pool', {
        ...pool,
        count,
        members: line.members,
        need: line.members * count,
      })
    return
  }
  for (const demand of plan.demands) {
    const line = own(demand.authorities)
    if (line && line.members > pool.draw)
      kept.add(line, 'members_larger_than_pool', { ...pool, members: line.members })
  }
}

function matchingOf({ matching }: PlanFile): Matching {
  if (matching.mode === 'none') return { mode: 'none' }
  const fields = {
    cap: matching.cap,
    mix: matching.mix,
    tau: matching.tau,
    min_members: matching.minMembers,
    min_per_authority: matching.minPerAuthority,
    max_conflicts: matching.maxConflicts,
  }
  if (matching.mode === 'subjects') return { mode: 'subjects', ...fields }
  const { count, members } = matching.teams
  return { mode: 'teams', ...fields, teams: { count, members: members.map(membersOf) } }
}

function membersOf({ authority, members, classes }: MembersSpec): Members {
  return { authority, members, classes }
}
