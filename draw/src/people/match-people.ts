// Who inspects whom: teams first and then teams to subjects, or inspectors to each subject (spec 6), as list files.

import type { Drawn } from '../choose/subjects.ts'
import { linesBytes, listBytes } from '../lists/write.ts'
import type { Fraction, MatchLine } from '../manifest/certificate.ts'
import type { Commitment } from '../manifest/commitment.ts'
import {
  type AssignmentLine,
  formTeams,
  type Infeasible,
  matchAndMeasure,
  type MatchProblem,
  type MatchReport,
  type MatchRules,
  perSubjectProblems,
  type Probability,
  type SubjectMatching,
  teamMatchingProblem,
} from '../matching/index.ts'
import type { DemandOf } from './demand.ts'
import type { InspectorDraw } from './inspectors.ts'
import type { Person } from './register.ts'

/** The match as files with the certificate's lines, and the runs with what each left, for whoever must mend it. */
export interface PeopleMatch {
  readonly lists: ReadonlyMap<string, Uint8Array>
  readonly match: readonly MatchLine[]
  readonly pair: Fraction
  readonly left: readonly { readonly problem: MatchProblem; readonly certificates: readonly Infeasible[] }[]
}

/** What a match needs besides the commitment. */
export interface MatchInput {
  readonly seed: string
  readonly drawn: readonly Drawn[]
  readonly people: readonly Person[]
  readonly inspectors: InspectorDraw
  readonly demandOf: DemandOf
}

/** Teams cannot be formed: preflight should have stopped the draw before. */
export class TeamsInfeasible extends Error {
  readonly authority: string

  constructor(authority: string) {
    super(`the teams' places of ${authority} cannot be filled`)
    this.authority = authority
  }
}

/** Runs the whole matching of a commitment; nothing for mode `none`. Throws `TeamsInfeasible`. */
export function matchPeople(c: Commitment, input: MatchInput): PeopleMatch | undefined {
  if (c.matching.mode === 'none') return undefined
  const { tau, mix, cap } = c.matching
  const rules: MatchRules = { alg: c.alg, seed: input.seed, tau, mix }
  const drawn = new Set([...input.inspectors.drawn.values()].flat())
  const matching: SubjectMatching = {
    subjects: input.drawn.map((s) => ({ id: s.id, cls: input.demandOf(s.id, s.stratum).code })),
    demands: c.demands,
    people: input.people.filter((p) => drawn.has(p.alias)),
    cap,
  }
  return c.matching.mode === 'teams' ? byTeams(c, rules, matching) : bySubject(c, rules, matching)
}

function byTeams(c: Commitment, rules: MatchRules, matching: SubjectMatching): PeopleMatch | undefined {
  if (c.matching.mode !== 'teams') return undefined
  const formed = formTeams(rules, c.matching.teams, matching.people)
  if (!formed.ok) throw new TeamsInfeasible(formed.authority)
  const problem = teamMatchingProblem(rules, formed.teams, matching)
  const result = matchAndMeasure(problem)
  return {
    lists: new Map([
      ['teams.tsv', assignmentBytes(formed.teams)],
      ['assignment.tsv', assignmentBytes(result.lines)],
      ['unassigned.tsv', listBytes(result.unassigned.map((id) => [id, 'd00']))],
    ]),
    match: [
      ...formed.reports.map(({ authority, report }) => matchLine('teams', authority, report)),
      matchLine('match', 'd00', result.report),
    ],
    pair: fraction(result.highest),
    left: [{ problem, certificates: result.certificates }],
  }
}

function bySubject(c: Commitment, rules: MatchRules, matching: SubjectMatching): PeopleMatch {
  const lists = new Map<string, Uint8Array>()
  const match: MatchLine[] = []
  const unassigned = new Map<string, string[]>()
  const problems = new Map(perSubjectProblems(rules, matching).map((p) => [p.authority, p]))
  const left: PeopleMatch['left'][number][] = []
  let highest: Probability = { num: 0, den: 1 }
  for (const { authority } of c.pools) {
    const problem = problems.get(authority)
    const result = problem && matchAndMeasure(problem)
    lists.set(`assignment-${authority}.tsv`, assignmentBytes(result?.lines ?? []))
    match.push(matchLine('match', authority, result?.report ?? NOTHING))
    if (!result) continue
    for (const id of result.unassigned) unassigned.set(id, [...(unassigned.get(id) ?? []), authority])
    if (isHigher(result.highest, highest)) highest = result.highest
    left.push({ problem, certificates: result.certificates })
  }
  lists.set(
    'unassigned.tsv',
    listBytes([...unassigned].map(([id, authorities]) => [id, authorities.join(',')])),
  )
  return { lists, match, pair: fraction(highest), left }
}

const NOTHING: MatchReport = {
  um: 0,
  lm: 0,
  u2: 0,
  l2: 0,
  augmentations: 0,
  raises: 0,
  smooth: 0,
  proposals: 0,
  swaps: 0,
  moves: 0,
}

function matchLine(stage: MatchLine['stage'], authority: string, report: MatchReport): MatchLine {
  return { stage, authority, ...report }
}

function assignmentBytes(lines: readonly AssignmentLine[]): Uint8Array {
  return linesBytes(lines.map((line) => [line.id, line.inspectors.join(',')]))
}

function fraction(p: Probability): Fraction {
  return { num: `${p.num}`, den: `${p.den}` }
}

function isHigher(a: Probability, b: Probability): boolean {
  return BigInt(a.num) * BigInt(b.den) > BigInt(b.num) * BigInt(a.den)
}
