// 推演: what a task would do before anybody agrees to it. Pure numbers of the counted groups; the register is not read again.

import type { Demand } from '../scope/demand.rules.ts'
import { drawnOf, stratumOf, type Stratum } from '../scope/design.rules.ts'
import type { Group } from '../scope/profiles.rules.ts'
import type { StrataBy, TaskDesign } from '../shapes.ts'
import {
  type Declared,
  drawnDeclared,
  type DrawnPeople,
  drawPeople,
  keptFrom,
  type Related,
  teamsAround,
} from './declared.rules.ts'
import { type Random, randomOf, split } from './draws.rules.ts'
import { canMatch, canMatchAround, canTeam, shareOf } from './feasibility.rules.ts'

/** An authority as it is simulated: `able` of its `pool` can do what is asked, `drawn` are drawn; `related` are among them. */
export interface SimulatedPart {
  readonly authorityId: string
  readonly members: number
  readonly pool: number
  readonly able: number
  readonly drawn: number
  readonly related: Related
}

/** What is simulated. `ofGroup`: the place in `demands` of each group of the frame. */
export interface Simulated {
  readonly frame: readonly Group[]
  readonly demands: readonly Demand[]
  readonly ofGroup: readonly number[]
  readonly strataBy: StrataBy
  readonly parts: readonly SimulatedPart[]
  /** Subjects of the frame to whom somebody of the pools has declared a relation. */
  readonly declared: readonly Declared[]
  readonly matching: 'teams' | 'subjects'
  readonly teamCount: number | null
  readonly loadCap: number
  readonly seed: number
}

/** Strata with, for each demand, how many of its subjects are in them. */
export interface Cells {
  readonly strata: readonly Stratum[]
  readonly byDemand: readonly (readonly number[])[]
}

/** How many trials at most, and whether there is time for one more. */
export interface Effort {
  readonly trials: number
  readonly goesOn: () => boolean
}

/** The strata under a design, with the demands in them. */
export function cellsOf({ frame, demands, ofGroup, strataBy }: Simulated, strata: readonly Stratum[]): Cells {
  const places = new Map(strata.map(({ code }, at) => [code, at]))
  const byDemand = strata.map(() => demands.map(() => 0))
  frame.forEach((group, at) => {
    byDemand[places.get(stratumOf(group, strataBy))!]![ofGroup[at]!]! += group.subjects
  })
  return { strata, byDemand }
}

/** Load of the inspectors of an authority: subjects for each who is drawn. */
export interface Load {
  readonly authorityId: string
  readonly pool: number
  readonly drawn: number
  /** Expected, and what it stays below in 97.5 of 100 draws. */
  readonly mean: number
  readonly high: number
}

/** What each inspector of each authority would have to do. */
export function loadsOf({ parts, demands }: Simulated, { strata, byDemand }: Cells): readonly Load[] {
  return parts.map((part, place) => {
    let [mean, variance] = [0, 0]
    strata.forEach(({ rows, n }, h) => {
      const own = demands.reduce(
        (sum, demand, d) => sum + (demand.authorities.some(({ at }) => at === place) ? byDemand[h]![d]! : 0),
        0,
      )
      const share = rows === 0 ? 0 : own / rows
      mean += n * share
      variance += rows > 1 ? (n * share * (1 - share) * (rows - n)) / (rows - 1) : 0
    })
    const each = part.drawn === 0 ? 0 : part.members / part.drawn
    return {
      authorityId: part.authorityId,
      pool: part.pool,
      drawn: part.drawn,
      mean: round(mean * each),
      high: round((mean + 1.96 * Math.sqrt(variance)) * each),
    }
  })
}

/** How often no match would be possible, and of which authorities there were too few: at all, or for recusals alone. */
export function infeasibleOf(one: Simulated, cells: Cells, { trials, goesOn }: Effort) {
  const short = one.parts.map(() => ({ all: 0, recused: 0 }))
  let [made, failed] = [0, 0]
  while (made < trials && goesOn()) {
    const lacking = trial(one, cells, randomOf(one.seed, made++))
    if (lacking.some(Boolean)) failed++
    lacking.forEach((why, at) => {
      short[at]!.all += why ? 1 : 0
      short[at]!.recused += why === 'recused' ? 1 : 0
    })
  }
  const why = one.parts.flatMap(({ authorityId }, at) => {
    const { all, recused } = short[at]!
    return all > 0 ? [{ authorityId, share: all / made, recused: recused / made }] : []
  })
  return { trials: made, failed, ...shareOf(failed, made), why }
}

/** Visits by a column of the groups, beside those that the year has already brought. */
export interface Burden {
  readonly key: string
  readonly subjects: number
  readonly drawn: number
  /** Visits to each hundred: expected of this task, and made so far this year. */
  readonly per100: number
  readonly soFarPer100: number
}

/** How heavy the task lies on industries or divisions: the heaviest first. `all`: also who is left out. */
export function burdenOf(
  all: readonly Group[],
  chances: ReadonlyMap<Group, number>,
  keyOf: (group: Group) => string,
): readonly Burden[] {
  const sums = new Map<string, { subjects: number; drawn: number; visits: number }>()
  for (const group of all) {
    const sum = sums.get(keyOf(group)) ?? { subjects: 0, drawn: 0, visits: 0 }
    sum.subjects += group.subjects
    sum.drawn += group.subjects * (chances.get(group) ?? 0)
    sum.visits += group.subjects * group.visits
    sums.set(keyOf(group), sum)
  }
  return [...sums]
    .map(([key, { subjects, drawn, visits }]) => ({
      key,
      subjects,
      drawn: round(drawn),
      per100: round((100 * drawn) / subjects),
      soFarPer100: round((100 * visits) / subjects),
    }))
    .toSorted((a, b) => b.per100 - a.per100 || (a.key < b.key ? -1 : 1))
}

/** The visits that going together saves: of several authorities one door is opened once. */
export function savedBy({ demands }: Simulated, { strata, byDemand }: Cells): number {
  return Math.round(
    strata.reduce((sum, { rows, n }, h) => {
      const share = rows === 0 ? 0 : n / rows
      const extra = demands.map(
        ({ authorities }, d) => byDemand[h]![d]! * Math.max(0, authorities.length - 1),
      )
      return sum + share * extra.reduce((a, b) => a + b, 0)
    }, 0),
  )
}

/** What the same task would be at other ratios; in basis points. */
export const SWEPT = [100, 200, 300, 500, 800, 1000, 1500, 2000, 3000, 5000, 10_000] as const

/** One ratio of the curve. */
export interface Swept {
  readonly ratio: number
  readonly total: number
  readonly load: number
  readonly infeasible: number
}

/** The curve of a task over its ratio: same groups, same seed. */
export function sweepOf(one: Simulated, cells: Cells, effort: Effort): readonly Swept[] {
  return SWEPT.map((ratio) => {
    const design: TaskDesign = { kind: 'ratio', ratio }
    const { strata } = drawnOf(cells.strata, design)
    const at = { strata, byDemand: cells.byDemand }
    return {
      ratio,
      total: strata.reduce((sum, { n }) => sum + n, 0),
      load: Math.max(0, ...loadsOf(one, at).map(({ mean }) => mean)),
      infeasible: infeasibleOf(one, at, effort).share,
    }
  })
}

/** Why an authority cannot serve its subjects: there are too few, or too few who are not recused. */
type Lack = 'few' | 'recused' | undefined

/** Of which authorities there are too few in one trial. */
function trial(one: Simulated, { strata, byDemand }: Cells, random: Random): readonly Lack[] {
  const { parts, demands, declared, matching } = one
  const drawn = strata.map(({ n }, h) => split(random, byDemand[h]!, n))
  const people = parts.map((part) => drawPeople(random, part, part.related))
  const met = drawnDeclared(random, declared, byDemand, drawn)
  const subjects = demands.map((_, d) => drawn.reduce((sum, counts) => sum + counts[d]!, 0))
  if (matching === 'teams') return teamsLack(one, { people, met, subjects, random })
  return parts.map(({ members }, place) => {
    const isHis = (d: number) => demands[d]!.authorities.some(({ at }) => at === place)
    const own = subjects.reduce((sum, count, d) => sum + (isHis(d) ? count : 0), 0)
    const supply = { able: people[place]!.able, members }
    if (!canMatch(supply, own, one.loadCap)) return 'few'
    const mine = met.filter((at) => isHis(declared[at]!.demand))
    return canMatchAround(supply, own, one.loadCap, keptFrom(people[place]!, mine)) ? undefined : 'recused'
  })
}

/** The same where teams are matched as a whole. */
function teamsLack(
  { parts, teamCount, loadCap }: Simulated,
  made: {
    readonly people: readonly DrawnPeople[]
    readonly met: readonly number[]
    readonly subjects: readonly number[]
    readonly random: Random
  },
): readonly Lack[] {
  const { people, met, subjects, random } = made
  const teams = teamCount ?? 1
  const total = subjects.reduce((sum, count) => sum + count, 0)
  const few = parts.map(({ members }, place): Lack =>
    !canTeam({ able: people[place]!.able, members }, teams) || total > teams * loadCap ? 'few' : undefined,
  )
  if (few.some(Boolean)) return few
  const authorities = parts.map(({ members }, place) => ({ people: people[place]!, members }))
  const around = teamsAround(random, teams, authorities, met)
  if (canMatchAround({ able: teams, members: 1 }, total, loadCap, around)) return few
  return people.map(({ related }) => (related.length > 0 ? 'recused' : undefined))
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
