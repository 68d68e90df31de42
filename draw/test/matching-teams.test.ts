// Joint tasks: teams, whole teams to subjects and inspectors per subject.

import { describe, expect, it } from 'vitest'
import { compareAscii } from '../src/bytes.ts'
import type { AssignmentLine } from '../src/matching/problem.ts'
import {
  type Demand,
  formTeams,
  matchPerSubject,
  type MatchRules,
  matchTeams,
  perSubjectProblems,
  type Person,
  type TeamPlan,
} from '../src/matching/teams.ts'
import { below, seedHex } from './matching-cases.ts'

const RULES: MatchRules = { alg: 'sha256', seed: seedHex(99), tau: { num: 1, den: 4 }, mix: 1 }
const PLAN: TeamPlan = {
  count: 6,
  members: [
    { authority: 'd02', members: 1, classes: [] },
    { authority: 'd01', members: 2, classes: ['warrant'] },
  ],
}
const DEMANDS: readonly Demand[] = [
  {
    code: 'food',
    authorities: [
      { authority: 'd01', members: 2, classes: ['food'] },
      { authority: 'd02', members: 1, classes: [] },
    ],
  },
  { code: 'fire', authorities: [{ authority: 'd02', members: 1, classes: ['fire'] }] },
]
const SUBJECTS = Array.from({ length: 40 }, (_, k) => ({ id: `s${k}`, cls: k % 3 === 0 ? 'fire' : 'food' }))

function people(seed: number): Person[] {
  const pick = below(seed)
  return ['d01', 'd02', 'd03'].flatMap((authority) =>
    Array.from({ length: authority === 'd01' ? 20 : 10 }, (_, k) => ({
      alias: `${authority}-${k}`,
      authority,
      classes: ['warrant', 'food', 'fire'].filter((code) => (code === 'warrant' ? k < 17 : pick(2) === 0)),
      conflicts: SUBJECTS.filter(() => pick(25) === 0)
        .map((s) => s.id)
        .concat('never-drawn'),
    })),
  )
}

function formed(pool: readonly Person[]): readonly AssignmentLine[] {
  const result = formTeams(RULES, PLAN, pool)
  if (!result.ok) throw new Error(`${result.authority} cannot fill its places`)
  return result.teams
}

/** May the members of a team serve a subject? Read from the protocol, not from the code. */
function serves(
  pool: readonly Person[],
  members: readonly string[],
  subject: { id: string; cls: string },
): boolean {
  const team = pool.filter((p) => members.includes(p.alias))
  if (team.some((p) => p.conflicts.includes(subject.id))) return false
  return DEMANDS.find((d) => d.code === subject.cls)!.authorities.every(({ authority, classes }) => {
    const own = team.filter((p) => p.authority === authority)
    return own.length > 0 && classes.every((code) => own.some((p) => p.classes.includes(code)))
  })
}

describe('teams', () => {
  it('have the members that the plan asks of each authority, and nobody twice', () => {
    const pool = people(1)
    const teams = formed(pool)
    expect(teams.map((t) => t.id)).toEqual(['t0001', 't0002', 't0003', 't0004', 't0005', 't0006'])
    const all = teams.flatMap((t) => t.inspectors)
    expect(new Set(all).size).toBe(18)
    for (const team of teams) {
      expect(team.inspectors).toEqual(team.inspectors.toSorted(compareAscii))
      const members = pool.filter((p) => team.inspectors.includes(p.alias))
      expect(members.map((p) => p.authority)).toEqual(['d01', 'd01', 'd02'])
      expect(members.filter((p) => p.authority === 'd01').every((p) => p.classes.includes('warrant'))).toBe(
        true,
      )
    }
  })

  it('of an authority are the same whatever another authority brings', () => {
    const pool = people(1)
    expect(membersOfD01(formed(pool.filter((p) => p.alias !== 'd02-3')))).toEqual(membersOfD01(formed(pool)))
    expect(formed(pool.filter((p) => p.authority !== 'd03'))).toEqual(formed(pool))
  })

  it('that cannot be filled name the authority', () => {
    const result = formTeams(RULES, { ...PLAN, count: 9 }, people(1))
    expect(result).toMatchObject({ ok: false, authority: 'd01', infeasible: { kind: 'hall', demand: 18 } })
  })

  it('go whole to subjects that they may serve, and leave exactly those whom no team may serve', () => {
    for (let seed = 0; seed < 60; seed++) {
      const pool = people(seed)
      const teams = formed(pool)
      const { lines, unassigned } = matchTeams(RULES, teams, {
        subjects: SUBJECTS,
        demands: DEMANDS,
        people: pool,
        cap: 40,
      })
      for (const line of lines) {
        expect(line.inspectors).toHaveLength(1)
        const team = teams.find((t) => t.id === line.inspectors[0])!
        expect(
          serves(
            pool,
            team.inspectors,
            SUBJECTS.find((s) => s.id === line.id)!,
          ),
        ).toBe(true)
      }
      const hopeless = SUBJECTS.filter((s) => !teams.some((t) => serves(pool, t.inspectors, s))).map(
        (s) => s.id,
      )
      expect(unassigned).toEqual(hopeless.sort())
    }
  })
})

describe('a team without a member of a demanded authority', () => {
  it('does not go there, even where no class is demanded', () => {
    const pool = people(1)
    const d01 = pool
      .filter((p) => p.authority === 'd01')
      .map((p) => ({ ...p, classes: ['food'], conflicts: [] }))
    const teams = [{ id: 't0001', inspectors: d01.slice(0, 2).map((p) => p.alias) }]
    const matching = { subjects: SUBJECTS, demands: DEMANDS, people: d01, cap: 40 }
    expect(matchTeams(RULES, teams, matching).lines).toEqual([])
  })
})

describe('inspectors per subject', () => {
  it('are matched once per authority, each only where it is demanded and fully qualified', () => {
    const pool = people(3)
    const matching = { subjects: SUBJECTS, demands: DEMANDS, people: pool, cap: 20 }
    const results = matchPerSubject(RULES, matching)
    expect(results.map((r) => r.authority)).toEqual(['d01', 'd02'])
    for (const { authority, result } of results) {
      for (const line of result.lines) {
        const subject = SUBJECTS.find((s) => s.id === line.id)!
        const part = DEMANDS.find((d) => d.code === subject.cls)!.authorities.find(
          (a) => a.authority === authority,
        )!
        expect(line.inspectors).toHaveLength(part.members)
        for (const alias of line.inspectors) {
          const person = pool.find((p) => p.alias === alias)!
          expect(person.authority).toBe(authority)
          expect(part.classes.every((code) => person.classes.includes(code))).toBe(true)
          expect(person.conflicts).not.toContain(line.id)
        }
      }
      expect(result.lines.length + result.unassigned.length).toBe(authority === 'd01' ? 26 : 40)
    }
  })

  it('of one authority do not change with another', () => {
    const pool = people(3)
    const matching = { subjects: SUBJECTS, demands: DEMANDS, people: pool, cap: 20 }
    const of = (m: typeof matching): unknown => matchPerSubject(RULES, m).find((r) => r.authority === 'd01')
    expect(of({ ...matching, people: pool.filter((p) => p.authority !== 'd02') })).toEqual(of(matching))
  })

  it('need a demand for every class of subject, each authority once', () => {
    const matching = { subjects: SUBJECTS, demands: DEMANDS.slice(1), people: people(3), cap: 20 }
    expect(() => perSubjectProblems(RULES, matching)).toThrow(RangeError)
    const [food] = DEMANDS
    const twice = { ...food!, authorities: [...food!.authorities, food!.authorities[0]!] }
    expect(() => perSubjectProblems(RULES, { ...matching, demands: [twice, DEMANDS[1]!] })).toThrow(
      RangeError,
    )
  })
})

function membersOfD01(teams: readonly AssignmentLine[]): string[][] {
  return teams.map((t) => t.inspectors.filter((i) => i.startsWith('d01')))
}
