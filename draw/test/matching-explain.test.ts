// Infeasible matches said in numbers, and repairs that were tried.

import { describe, expect, it } from 'vitest'
import { isCertified } from '../src/matching/certified.ts'
import { explainInfeasible } from '../src/matching/explain.ts'
import { matchOrLeave } from '../src/matching/leave.ts'
import type { Hall, MatchProblem } from '../src/matching/problem.ts'
import type { Repair } from '../src/matching/repairs.ts'
import { mostVisits, randomProblem, seedHex, soak } from './matching-cases.ts'

function ids(prefix: string, count: number): string[] {
  return Array.from({ length: count }, (_, k) => `${prefix}${String(k).padStart(2, '0')}`)
}

/** The sentence of the protocol: 37 food subjects × 2; of 41 people 3 may take them, 20 each; and 10 easy subjects. */
function wusheng(): MatchProblem {
  const people = ids('p', 41)
  const food = ids('f', 37)
  return {
    alg: 'sha256',
    seed: seedHex(37),
    stage: 'match',
    authority: 'd01',
    subjects: [
      ...food.map((id) => ({ id, cls: 'food', demand: 2 })),
      ...ids('g', 10).map((id) => ({ id, cls: 'general', demand: 2 })),
    ],
    inspectors: people,
    eligible: new Map([
      ['food', people.slice(0, 5)],
      ['general', people.slice(5)],
    ]),
    conflicts: food.flatMap((id) => [[id, 'p03'] as const, [id, 'p04'] as const]),
    cap: 20,
    tau: { num: 1, den: 4 },
    mix: 1,
  }
}

function applied(problem: MatchProblem, repair: Repair): MatchProblem {
  switch (repair.kind) {
    case 'raise_cap':
      return { ...problem, cap: repair.params.cap }
    case 'add_inspectors': {
      const added = ids('new', repair.params.count)
      const { cls } = repair.params
      const eligible = new Map(problem.eligible).set(cls, [...problem.eligible.get(cls)!, ...added])
      return { ...problem, inspectors: [...problem.inspectors, ...added], eligible }
    }
    case 'lift_conflict': {
      const { subject, inspector } = repair.params
      return { ...problem, conflicts: problem.conflicts.filter(([s, i]) => s !== subject || i !== inspector) }
    }
  }
}

function drop(list: readonly string[], id: string): string[] {
  return list.filter((other) => other !== id)
}

function whyNot(inspector: string): string {
  return inspector < 'p35' ? 'lacks_qualification' : 'outside_area'
}

/** No subject and no inspector can be taken from the set without losing the proof. */
function isMinimal(problem: MatchProblem, hall: Hall): boolean {
  const holds = (subjects: readonly string[], inspectors: readonly string[]): boolean => {
    const demand = problem.subjects
      .filter((s) => subjects.includes(s.id))
      .reduce((sum, s) => sum + s.demand, 0)
    const most = Array.from({ length: demand + 1 }, (_, crossing) => ({
      ...hall,
      subjects,
      inspectors,
      demand,
      crossing,
    }))
    return most.some((smaller) => isCertified(problem, smaller))
  }
  return (
    hall.subjects.every((id) => !holds(drop(hall.subjects, id), hall.inspectors)) &&
    hall.inspectors.every((id) => !holds(hall.subjects, drop(hall.inspectors, id)))
  )
}

describe('an infeasible match is explained', () => {
  it('with the numbers of the sentence: 37 subjects, 74 visits, 3 of 41 people, 60 at most, short by 14', () => {
    const problem = wusheng()
    const { certificates, unassigned } = matchOrLeave(problem)
    expect(unassigned).toHaveLength(7)
    const explanation = explainInfeasible(problem, certificates[0]!, whyNot)
    expect(explanation).toMatchObject({
      classes: ['food'],
      visits: 74,
      inspectors: ['p00', 'p01', 'p02'],
      ofInspectors: 41,
      eachAtMost: 20,
      capacity: 60,
      shortBy: 14,
      others: [
        { reason: 'conflict', count: 2 },
        { reason: 'lacks_qualification', count: 30 },
        { reason: 'outside_area', count: 6 },
      ],
    })
    expect(explanation.subjects).toHaveLength(37)
    expect(explanation.core).toMatchObject({ kind: 'hall', demand: 62, crossing: 0 })
    expect(explanation.repairs).toEqual([
      { kind: 'raise_cap', params: { cap: 25 }, solved: true, remaining: 0 },
      { kind: 'add_inspectors', params: { cls: 'food', count: 1 }, solved: true, remaining: 0 },
    ])
  })

  it('offers to lift a conflict where one is enough', () => {
    const problem = { ...wusheng(), cap: 25, conflicts: [['f00', 'p00'] as const, ['f00', 'p01'] as const] }
    const short = { ...problem, eligible: new Map(problem.eligible).set('food', ['p00', 'p01', 'p02']) }
    const { certificates, unassigned } = matchOrLeave(short)
    expect(unassigned).toEqual(['f00'])
    const explanation = explainInfeasible(short, certificates[0]!)
    expect(explanation).toMatchObject({
      visits: 2,
      inspectors: ['p02'],
      capacity: 1,
      shortBy: 1,
      eachAtMost: 1,
    })
    expect(explanation.others).toEqual([
      { reason: 'conflict', count: 2 },
      { reason: 'not_eligible', count: 38 },
    ])
    expect(explanation.repairs).toEqual([
      { kind: 'add_inspectors', params: { cls: 'food', count: 1 }, solved: true, remaining: 0 },
      { kind: 'lift_conflict', params: { subject: 'f00', inspector: 'p00' }, solved: true, remaining: 0 },
    ])
  })

  it('by a proof that holds and cannot be made smaller, and repairs that do what they say', () => {
    const kinds = new Map<string, number>()
    for (let n = 0, explained = 0; explained < soak(80, 1500); n++) {
      const problem = randomProblem(n)
      const { certificates } = matchOrLeave(problem)
      const first = certificates[0]
      if (first === undefined) continue
      explained++
      const { core, subjects, visits, capacity, shortBy, others, inspectors, repairs } = explainInfeasible(
        problem,
        first,
      )
      expect(isCertified(problem, core), `case ${n}`).toBe(true)
      if (core.kind === 'hall') expect(isMinimal(problem, core), `case ${n}`).toBe(true)
      expect(shortBy).toBe(visits - capacity)
      expect(shortBy).toBeGreaterThan(0)
      expect(others.reduce((sum, o) => sum + o.count, inspectors.length)).toBe(problem.inspectors.length)
      for (const repair of repairs) {
        kinds.set(`${repair.kind} ${repair.solved}`, (kinds.get(`${repair.kind} ${repair.solved}`) ?? 0) + 1)
        const mended = applied(problem, repair)
        if (repair.remaining === 0)
          expect(mostVisits(mended, mended.cap)).toBe(mended.subjects.reduce((s, x) => s + x.demand, 0))
        if (!repair.solved) continue
        const wanted = new Set(subjects)
        const demand = mended.subjects.filter((s) => wanted.has(s.id)).reduce((s, x) => s + x.demand, 0)
        expect(mostVisits(mended, mended.cap, wanted), `case ${n} ${repair.kind}`).toBe(demand)
      }
    }
    for (const kind of ['raise_cap', 'add_inspectors', 'lift_conflict'])
      expect(kinds.get(`${kind} true`)).toBeGreaterThan(0)
  })

  it('and a proof with a number, a subject or an inspector changed is refused', () => {
    const problem = wusheng()
    const hall = matchOrLeave(problem).certificates.find((c) => c.kind === 'hall')!
    expect(isCertified(problem, hall)).toBe(true)
    expect(isCertified(problem, { ...hall, demand: hall.demand + 1 })).toBe(false)
    expect(isCertified(problem, { ...hall, cap: hall.cap - 1 })).toBe(false)
    expect(isCertified(problem, { ...hall, subjects: hall.subjects.slice(1) })).toBe(false)
    expect(isCertified(problem, { ...hall, inspectors: hall.inspectors.slice(1) })).toBe(false)
    expect(isCertified(problem, { ...hall, subjects: [...hall.subjects.slice(1), hall.subjects[1]!] })).toBe(
      false,
    )
    expect(isCertified({ ...problem, cap: 25 }, { ...hall, cap: 25 })).toBe(false)
    expect(isCertified(problem, { kind: 'short', subject: 'f00', demand: 2, inspectors: [] })).toBe(false)
  })
})
