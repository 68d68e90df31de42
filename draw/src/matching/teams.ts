// Joint tasks: teams are formed first, once per authority, and then go whole to the subjects.

import { compareAscii } from '../bytes.ts'
import type { Alg } from '../hash.ts'
import { type LeaveResult, matchOrLeave } from './leave.ts'
import { match } from './match.ts'
import {
  type AssignmentLine,
  type Infeasible,
  type MatchProblem,
  type MatchReport,
  sortedLines,
} from './problem.ts'
import type { Tolerance } from './problem.ts'

/** What a subject of class `code` demands: of each authority so many members, and every class code held by one of them. */
export interface Demand {
  readonly code: string
  readonly authorities: readonly AuthorityDemand[]
}

/** One authority's part; an authority stands at most once in a demand or a plan. */
export interface AuthorityDemand {
  readonly authority: string
  readonly members: number
  readonly classes: readonly string[]
}

/** An inspector by alias; `conflicts` are subject ids of the whole population, most of them not drawn. */
export interface Person {
  readonly alias: string
  readonly authority: string
  readonly classes: readonly string[]
  readonly conflicts: readonly string[]
}

/** How many teams, and of each authority how many members who each hold all of `classes` (usually none). */
export interface TeamPlan {
  readonly count: number
  readonly members: readonly AuthorityDemand[]
}

/** What one draw's matches share. `seed` is S, 64 hex; `mix` is m, 20 in the protocol. */
export interface MatchRules {
  readonly alg: Alg
  readonly seed: string
  readonly tau: Tolerance
  readonly mix: number
}

/** A subject to be matched, by the code of its demand. */
export interface DemandedSubject {
  readonly id: string
  readonly cls: string
}

/** Teams with their members ascending, or the first authority (ascending) that cannot fill its places. */
export type TeamsResult =
  | {
      readonly ok: true
      readonly teams: readonly AssignmentLine[]
      readonly reports: readonly { readonly authority: string; readonly report: MatchReport }[]
    }
  | { readonly ok: false; readonly authority: string; readonly infeasible: Infeasible }

/** Forms the teams t0001, t0002, … by M/1 with P = "teams", once per authority of the plan, cap 1. */
export function formTeams(rules: MatchRules, plan: TeamPlan, people: readonly Person[]): TeamsResult {
  const members = new Map<string, string[]>(teamIds(plan.count).map((id) => [id, []]))
  const reports: { authority: string; report: MatchReport }[] = []
  for (const problem of teamFormingProblems(rules, plan, people)) {
    const { authority } = problem
    const result = match(problem)
    if (!result.ok) return { ok: false, authority, infeasible: result.infeasible }
    for (const line of result.lines) members.get(line.id)!.push(...line.inspectors)
    reports.push({ authority, report: result.report })
  }
  return {
    ok: true,
    teams: sortedLines([...members].map(([id, inspectors]) => ({ id, inspectors }))),
    reports,
  }
}

/** The problems that `formTeams` solves, by authority ascending. */
export function teamFormingProblems(
  rules: MatchRules,
  plan: TeamPlan,
  people: readonly Person[],
): MatchProblem[] {
  const ids = teamIds(plan.count)
  return byAuthority(plan.members).map(({ authority, members, classes }) => {
    const own = people.filter((p) => p.authority === authority)
    return {
      ...rules,
      stage: 'teams',
      authority,
      subjects: ids.map((id) => ({ id, cls: 'team', demand: members })),
      inspectors: own.map((p) => p.alias),
      eligible: new Map([['team', own.filter((p) => holdsAll(p, classes)).map((p) => p.alias)]]),
      conflicts: [],
      cap: 1,
    }
  })
}

/** What goes to subjects: the subjects drawn, their demands by code, the people and the cap. */
export interface SubjectMatching {
  readonly subjects: readonly DemandedSubject[]
  readonly demands: readonly Demand[]
  readonly people: readonly Person[]
  /** The most subjects of one team, or of one inspector. */
  readonly cap: number
}

/** Whole teams to subjects: M/1 with P = "match", D = "d00", demand 1; the lines are assignment.tsv (id, team). */
export function matchTeams(
  rules: MatchRules,
  teams: readonly AssignmentLine[],
  matching: SubjectMatching,
): LeaveResult {
  return matchOrLeave(teamMatchingProblem(rules, teams, matching))
}

/** The problem that `matchTeams` solves. A class of subjects without a demand is a `RangeError`. */
export function teamMatchingProblem(
  rules: MatchRules,
  teams: readonly AssignmentLine[],
  { subjects, demands, people, cap }: SubjectMatching,
): MatchProblem {
  const members = membersOf(teams, people)
  const demandOf = demandsByCode(demands)
  const drawn = new Set(subjects.map((s) => s.id))
  const eligible = [...new Set(subjects.map((s) => s.cls))].map((cls) => {
    const demand = found(demandOf, cls)
    const able = teams.filter((team) => mayServe(members.get(team.id)!, demand)).map((team) => team.id)
    return [cls, able] as const
  })
  const conflicts = teams.flatMap((team) =>
    members
      .get(team.id)!
      .flatMap((p) => p.conflicts.filter((s) => drawn.has(s)).map((s) => [s, team.id] as const)),
  )
  return {
    ...rules,
    stage: 'match',
    authority: 'd00',
    subjects: subjects.map(({ id, cls }) => ({ id, cls, demand: 1 })),
    inspectors: teams.map((team) => team.id),
    eligible: new Map(eligible),
    conflicts,
    cap,
  }
}

/** Inspectors to subjects, the alternative mode: one match per authority D; the lines are assignment-D.tsv. */
export function matchPerSubject(
  rules: MatchRules,
  matching: SubjectMatching,
): { readonly authority: string; readonly result: LeaveResult }[] {
  return perSubjectProblems(rules, matching).map((problem) => ({
    authority: problem.authority,
    result: matchOrLeave(problem),
  }))
}

/** The problems that `matchPerSubject` solves, by authority ascending. */
export function perSubjectProblems(rules: MatchRules, matching: SubjectMatching): MatchProblem[] {
  const { subjects, demands, people, cap } = matching
  const demandOf = demandsByCode(demands)
  const classes = [...new Set(subjects.map((s) => s.cls))].map((cls) => found(demandOf, cls))
  const authorities = new Set(classes.flatMap((demand) => demand.authorities.map((a) => a.authority)))
  return [...authorities].sort(compareAscii).map((authority) => {
    const own = people.filter((p) => p.authority === authority)
    const parts = new Map(
      classes.flatMap((d) => d.authorities.filter((a) => a.authority === authority).map((a) => [d.code, a])),
    )
    const drawn = subjects.filter((s) => parts.has(s.cls))
    const ids = new Set(drawn.map((s) => s.id))
    return {
      ...rules,
      stage: 'match',
      authority,
      subjects: drawn.map(({ id, cls }) => ({ id, cls, demand: parts.get(cls)!.members })),
      inspectors: own.map((p) => p.alias),
      eligible: new Map(
        [...parts].map(([code, part]) => [
          code,
          own.filter((p) => holdsAll(p, part.classes)).map((p) => p.alias),
        ]),
      ),
      conflicts: own.flatMap((p) => p.conflicts.filter((s) => ids.has(s)).map((s) => [s, p.alias] as const)),
      cap,
    }
  })
}

/** Does the person hold every one of these class codes? */
export function holdsAll(person: Person, classes: readonly string[]): boolean {
  return classes.every((code) => person.classes.includes(code))
}

/** May these people together serve a subject with this demand, conflicts aside? */
export function mayServe(members: readonly Person[], demand: Demand): boolean {
  return demand.authorities.every(({ authority, classes }) => {
    const own = members.filter((p) => p.authority === authority)
    return own.length > 0 && classes.every((code) => own.some((p) => p.classes.includes(code)))
  })
}

/** Team id → its people. Throws a `RangeError` where a member is not among `people`. */
export function membersOf(
  teams: readonly AssignmentLine[],
  people: readonly Person[],
): Map<string, Person[]> {
  const byAlias = new Map(people.map((p) => [p.alias, p]))
  return new Map(teams.map((team) => [team.id, team.inspectors.map((alias) => found(byAlias, alias))]))
}

/** Demands by their code. Throws a `RangeError` where a code or, within one demand, an authority stands twice. */
export function demandsByCode(demands: readonly Demand[]): Map<string, Demand> {
  for (const demand of demands) byAuthority(demand.authorities)
  const byCode = new Map(demands.map((d) => [d.code, d]))
  if (byCode.size !== demands.length) throw new RangeError('a demand code stands twice')
  return byCode
}

function byAuthority(parts: readonly AuthorityDemand[]): AuthorityDemand[] {
  const sorted = parts.toSorted((a, b) => compareAscii(a.authority, b.authority))
  if (new Set(sorted.map((p) => p.authority)).size !== sorted.length)
    throw new RangeError('an authority stands twice in one demand')
  return sorted
}

function teamIds(count: number): string[] {
  return Array.from({ length: count }, (_, k) => `t${String(k + 1).padStart(4, '0')}`)
}

function found<T>(map: ReadonlyMap<string, T>, key: string): T {
  const value = map.get(key)
  if (value === undefined) throw new RangeError(`unknown: ${key}`)
  return value
}
