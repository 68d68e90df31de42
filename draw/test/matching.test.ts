// M/1 against plain readings of the same problems: the pseudo-code, a max-flow, and all assignments of small cases.

import { describe, expect, it } from 'vitest'
import { assign } from '../src/matching/assign.ts'
import { isCertified } from '../src/matching/certified.ts'
import { matchAndMeasure, matchOrLeave } from '../src/matching/leave.ts'
import { match } from '../src/matching/match.ts'
import type { AssignmentLine, Infeasible, MatchProblem, MatchReport } from '../src/matching/problem.ts'
import { rank } from '../src/matching/ranked.ts'
import { smooth } from '../src/matching/smooth.ts'
import {
  allowed,
  below,
  everyAssignment,
  inTicketOrder,
  mostVisits,
  randomProblem,
  soak,
} from './matching-cases.ts'
import { reference } from './matching-reference.ts'

const CASES = soak(500, 10_000)

function total(problem: MatchProblem): number {
  return problem.subjects.reduce((sum, s) => sum + s.demand, 0)
}

function loadsOf(problem: MatchProblem, lines: readonly AssignmentLine[]): number[] {
  return problem.inspectors.map((i) => lines.filter((line) => line.inspectors.includes(i)).length)
}

function sumOfSquares(loads: readonly number[]): number {
  return loads.reduce((sum, load) => sum + load * load, 0)
}

function shuffled<T>(items: readonly T[], pick: (n: number) => number): T[] {
  const out = [...items]
  for (let k = out.length - 1; k > 0; k--) {
    const other = pick(k + 1)
    const mine = out[k]!
    out[k] = out[other]!
    out[other] = mine
  }
  return out
}

function without(problem: MatchProblem, leave: ReadonlySet<string>): MatchProblem {
  return { ...problem, subjects: problem.subjects.filter((s) => !leave.has(s.id)) }
}

function smoothedLoads(problem: MatchProblem): number[] {
  const assigned = assign(rank(problem))
  if (assigned.kind !== 'assigned') throw new Error('an assignment exists')
  smooth(assigned, problem.inspectors.length)
  return problem.inspectors.map((_, i) => assigned.loads.load(i))
}

function expectLawful(
  problem: MatchProblem,
  lines: readonly AssignmentLine[],
  { u2, l2 }: MatchReport,
): void {
  const may = allowed(problem)
  for (const s of problem.subjects) {
    const line = lines.find((l) => l.id === s.id)!
    expect(new Set(line.inspectors).size).toBe(s.demand)
    for (const i of line.inspectors) expect(may.get(s.id)).toContain(i)
  }
  expect(lines.map((l) => l.id)).toEqual(problem.subjects.map((s) => s.id).sort())
  const loads = loadsOf(problem, lines)
  expect(u2).toBeLessThanOrEqual(problem.cap)
  expect(Math.max(...loads)).toBeLessThanOrEqual(lines.length === 0 ? 0 : u2)
  expect(Math.min(...loads)).toBeGreaterThanOrEqual(l2)
}

/** Section 8 read literally: the whole of M/1 again after each failure. */
function leaveOneByOne(problem: MatchProblem): { unassigned: string[]; certificates: Infeasible[] } {
  const unassigned: string[] = []
  const certificates: Infeasible[] = []
  for (let rest = problem; ; rest = without(problem, new Set(unassigned))) {
    const result = match(rest)
    if (result.ok) return { unassigned: unassigned.sort(), certificates }
    const { infeasible } = result
    certificates.push(infeasible)
    if (infeasible.kind === 'short') unassigned.push(infeasible.subject)
    else {
      const byRank = inTicketOrder(rest, 'subjects', infeasible.subjects)
      let excess = infeasible.demand - infeasible.crossing - infeasible.cap * infeasible.inspectors.length
      while (excess > 0) {
        const last = byRank.pop()!
        unassigned.push(last)
        excess -= rest.subjects.find((s) => s.id === last)!.demand
      }
    }
  }
}

function asReference(problem: MatchProblem): unknown {
  const result = match(problem)
  if (result.ok) {
    const { highest } = matchAndMeasure(problem)
    return {
      lines: Object.fromEntries(result.lines.map((l) => [l.id, l.inspectors])),
      report: result.report,
      highest,
    }
  }
  const f = result.infeasible
  return {
    infeasible:
      f.kind === 'short'
        ? `short ${f.subject}`
        : `hall ${f.subjects.join()} ${f.demand} ${f.crossing} ${f.inspectors.length}`,
  }
}

describe('a match', () => {
  it('is what the pseudo-code says, to the last proposal, with the highest pair probability', () => {
    for (let n = 0; n < soak(60, 1000); n++)
      expect(asReference(randomProblem(n)), `case ${n}`).toEqual(reference(randomProblem(n)))
  })

  it('meets every demand with qualified people without conflict, inside the band, or proves that nobody can', () => {
    let infeasible = 0
    for (let n = 0; n < CASES; n++) {
      const problem = randomProblem(1000 + n)
      const visits = mostVisits(problem, problem.cap)
      const result = match(problem)
      expect(result.ok, `case ${n}`).toBe(visits === total(problem))
      const left = matchOrLeave(problem)
      const rest = without(problem, new Set(left.unassigned))
      expectLawful(rest, left.lines, left.report)
      if (result.ok) {
        expect(left).toEqual({ lines: result.lines, report: result.report, unassigned: [], certificates: [] })
        expect(mostVisits(problem, result.report.um)).toBe(total(problem))
        expect(mostVisits(problem, result.report.um - 1)).toBeLessThan(total(problem))
        continue
      }
      infeasible++
      for (const certificate of left.certificates) {
        expect(isCertified(problem, certificate), `case ${n}`).toBe(true)
        const subjects = new Set(certificate.kind === 'short' ? [certificate.subject] : certificate.subjects)
        const demand = problem.subjects
          .filter((s) => subjects.has(s.id))
          .reduce((sum, s) => sum + s.demand, 0)
        expect(mostVisits(problem, problem.cap, subjects)).toBeLessThan(demand)
      }
    }
    expect(infeasible).toBeGreaterThan(CASES / 10)
    expect(infeasible).toBeLessThan(CASES * 0.9)
  })

  it('leaves out exactly those whom running again and again would leave out', () => {
    let halls = 0
    for (let n = 0; n < CASES; n++) {
      const problem = { ...randomProblem(5000 + n), cap: 1 + (n % 4), mix: 0 }
      const { unassigned, certificates } = matchOrLeave(problem)
      const literal = leaveOneByOne(problem)
      expect(unassigned, `case ${n}`).toEqual(literal.unassigned)
      for (const certificate of certificates)
        expect(isCertified(problem, certificate), `case ${n}`).toBe(true)
      const named = new Set(certificates.flatMap((c) => (c.kind === 'short' ? [c.subject] : c.subjects)))
      for (const id of unassigned) expect(named).toContain(id)
      const rest = match(without(problem, new Set(unassigned)))
      expect(rest).toMatchObject({ ok: true, lines: matchOrLeave(problem).lines })
      if (literal.certificates.filter((c) => c.kind === 'hall').length > certificates.length) halls++
    }
    expect(halls).toBeGreaterThan(20)
  })

  it('has, before it is mixed, the least possible sum of squared loads and the least possible highest load', () => {
    for (let n = 0, tried = 0; tried < soak(60, 600); n++) {
      const whole = randomProblem(20_000 + n)
      const inspectors = whole.inspectors.slice(0, 5)
      const problem = { ...whole, subjects: whole.subjects.slice(0, 5), inspectors, cap: 1000 }
      const possible = [...everyAssignment(problem).values()]
      if (possible.length < 2) continue
      tried++
      const loads = smoothedLoads(problem)
      expect(sumOfSquares(loads)).toBe(
        possible.reduce((least, of) => Math.min(least, sumOfSquares(of)), Infinity),
      )
      expect(Math.max(...loads)).toBe(
        possible.reduce((least, of) => Math.min(least, Math.max(...of)), Infinity),
      )
    }
  })

  it('does not depend on the order of rows, on repeated rows, or on strangers in them', () => {
    for (let n = 0; n < 60; n++) {
      const problem = randomProblem(30_000 + n)
      const pick = below(n + 77)
      const again: MatchProblem = {
        ...problem,
        subjects: shuffled(problem.subjects, pick),
        inspectors: shuffled(problem.inspectors, pick),
        eligible: new Map(
          shuffled([...problem.eligible], pick).map(([cls, who]) => [
            cls,
            [...shuffled(who, pick), 'stranger', ...who],
          ]),
        ),
        conflicts: [
          ...shuffled(problem.conflicts, pick),
          ...problem.conflicts,
          ['s999', 'a0'],
          ['s0', 'stranger'],
        ],
      }
      expect(matchAndMeasure(again)).toEqual(matchAndMeasure(problem))
    }
  })

  it('is empty without subjects, and refuses repeated ids and numbers that are none', () => {
    const problem = randomProblem(1)
    expect(matchAndMeasure({ ...problem, subjects: [] })).toMatchObject({
      lines: [],
      unassigned: [],
      highest: { num: 0, den: 1 },
    })
    expect(matchOrLeave({ ...problem, inspectors: [] }).unassigned).toHaveLength(problem.subjects.length)
    expect(() => match({ ...problem, inspectors: ['a', 'a'] })).toThrow(RangeError)
    expect(() => match({ ...problem, subjects: [...problem.subjects, problem.subjects[0]!] })).toThrow(
      RangeError,
    )
    expect(() => match({ ...problem, cap: 0 })).toThrow(RangeError)
    expect(() => match({ ...problem, subjects: [{ id: 's', cls: 'c0', demand: 1.5 }] })).toThrow(RangeError)
  })

  it('never goes above the cap, even where everybody together is too few', () => {
    const problem: MatchProblem = {
      ...randomProblem(1),
      subjects: ['x', 'y', 'z'].map((id) => ({ id, cls: 'c', demand: 1 })),
      inspectors: ['only'],
      eligible: new Map([['c', ['only']]]),
      conflicts: [],
      cap: 2,
    }
    expect(match(problem)).toMatchObject({ ok: false, infeasible: { kind: 'hall', demand: 3, crossing: 0 } })
    expect(matchOrLeave(problem).unassigned).toHaveLength(1)
  })
})
