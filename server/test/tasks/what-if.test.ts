// 推演: the numbers of a simulation agree with the draw's own match, and are the same each time they are asked for.

import { describe, expect, it } from 'vitest'
import { match, type MatchProblem } from '@sunlot/draw'
import { hypergeometric, randomOf, split } from '../../src/tasks/what-if/draws.rules.ts'
import { canMatch, canMatchAround, shareOf } from '../../src/tasks/what-if/feasibility.rules.ts'
import {
  burdenOf,
  cellsOf,
  infeasibleOf,
  loadsOf,
  savedBy,
  type Simulated,
  sweepOf,
} from '../../src/tasks/what-if/simulate.rules.ts'
import { group, randomFrom } from './scope-kit.ts'

const ALWAYS = { trials: 200, goesOn: () => true }

function simulated(given: Partial<Simulated> = {}): Simulated {
  const frame = [
    group({ subjects: 900, class: 'A' }),
    group({ subjects: 100, class: 'D', industry: 'F5211' }),
  ]
  return {
    frame,
    demands: [
      { code: 'd1', authorities: [{ at: 0, itemIds: [] }], subjects: 900 },
      {
        code: 'd2',
        authorities: [
          { at: 0, itemIds: [] },
          { at: 1, itemIds: [] },
        ],
        subjects: 100,
      },
    ],
    ofGroup: [0, 1],
    strataBy: 'whole',
    parts: [
      { authorityId: 'a', members: 2, pool: 20, able: 20, drawn: 10, related: [] },
      { authorityId: 'b', members: 1, pool: 6, able: 5, drawn: 3, related: [] },
    ],
    declared: [],
    matching: 'subjects',
    teamCount: null,
    loadCap: 20,
    seed: 7,
    ...given,
  }
}

describe('a match', () => {
  it('is possible exactly where the draw finds one', () => {
    const random = randomFrom(11)
    const below = (n: number) => Math.floor(random() * n)
    for (let k = 0; k < 500; k++) {
      const [subjects, able, members, cap] = [1 + below(14), 1 + below(7), 1 + below(4), 1 + below(6)]
      const inspectors = Array.from({ length: able }, (_, i) => `i${i}`)
      const problem: MatchProblem = {
        alg: 'sha256',
        seed: 'ab'.repeat(32),
        stage: 'match',
        authority: 'd01',
        subjects: Array.from({ length: subjects }, (_, i) => ({ id: `s${i}`, cls: 'd1', demand: members })),
        inspectors,
        eligible: new Map([['d1', inspectors]]),
        conflicts: [],
        cap,
        tau: { num: 1, den: 4 },
        mix: 0,
      }
      const found = match(problem).ok
      expect(
        canMatch({ able, members }, subjects, cap),
        JSON.stringify({ subjects, able, members, cap }),
      ).toBe(found)
    }
  }, 30_000)
})

describe('a match around declared conflicts', () => {
  it('is possible exactly where the draw finds one', () => {
    const random = randomFrom(12)
    const below = (n: number) => Math.floor(random() * n)
    let impossible = 0
    for (let k = 0; k < 500; k++) {
      const [subjects, able, members, cap] = [1 + below(8), 1 + below(6), 1 + below(3), 1 + below(5)]
      const inspectors = Array.from({ length: able }, (_, i) => `i${i}`)
      const around = Array.from({ length: Math.min(subjects, 1 + below(3)) }, () =>
        inspectors.flatMap((_, place) => (random() < 0.45 ? [place] : [])),
      )
      const problem: MatchProblem = {
        alg: 'sha256',
        seed: 'cd'.repeat(32),
        stage: 'match',
        authority: 'd01',
        subjects: Array.from({ length: subjects }, (_, i) => ({ id: `s${i}`, cls: 'd1', demand: members })),
        inspectors,
        eligible: new Map([['d1', inspectors]]),
        conflicts: around.flatMap((places, s) => places.map((place) => [`s${s}`, `i${place}`] as const)),
        cap,
        tau: { num: 1, den: 4 },
        mix: 0,
      }
      const found = match(problem).ok
      if (!found && canMatch({ able, members }, subjects, cap)) impossible++
      expect(
        canMatchAround({ able, members }, subjects, cap, around),
        JSON.stringify({ subjects, able, members, cap, around }),
      ).toBe(found)
    }
    // Often enough it is the conflicts alone that stand in the way.
    expect(impossible).toBeGreaterThan(20)
  }, 30_000)

  it('is rarer the more is declared, and says for want of whom', () => {
    const one = simulated({
      parts: [{ authorityId: 'a', members: 2, pool: 6, able: 6, drawn: 4, related: [] }],
      demands: [{ code: 'd1', authorities: [{ at: 0, itemIds: [] }], subjects: 1000 }],
      ofGroup: [0, 0],
      loadCap: 100,
    })
    const cells = cellsOf(one, [{ code: 'all', rows: 1000, n: 100 }])
    const share = (related: number) =>
      infeasibleOf(
        {
          ...one,
          declared: [{ stratum: 0, demand: 0, share: 1 }],
          parts: [{ ...one.parts[0]!, related: Array.from({ length: related }, () => [0]) }],
        },
        cells,
        { ...ALWAYS, trials: 2000 },
      )
    expect(share(2).share).toBe(0)
    // Of six, two are not related: both must be among the four who are drawn, which 6 of 15 draws bring.
    const exact = 0.1 * (9 / 15)
    const four = share(4)
    expect(four.low).toBeLessThan(exact)
    expect(four.high).toBeGreaterThan(exact)
    expect(four.why).toMatchObject([{ authorityId: 'a', recused: four.share }])
  })

  it('keeps a whole team away for one of its members', () => {
    const one = simulated({
      matching: 'teams',
      teamCount: 1,
      loadCap: 1000,
      parts: [{ authorityId: 'a', members: 2, pool: 2, able: 2, drawn: 2, related: [[0]] }],
      demands: [{ code: 'd1', authorities: [{ at: 0, itemIds: [] }], subjects: 1000 }],
      ofGroup: [0, 0],
      declared: [{ stratum: 0, demand: 0, share: 1 }],
    })
    const all = cellsOf(one, [{ code: 'all', rows: 1000, n: 1000 }])
    expect(infeasibleOf(one, all, ALWAYS)).toMatchObject({ share: 1, why: [{ recused: 1 }] })
    expect(infeasibleOf({ ...one, declared: [] }, all, ALWAYS)).toMatchObject({ share: 0 })
  })
})

describe('a simulated draw', () => {
  it('takes of each kind as many as chance would', () => {
    for (const [all, marked, drawn] of [
      [1000, 100, 50],
      [20, 5, 10],
      [100_000, 3, 5000],
      [40, 39, 39],
    ] as const) {
      let sum = 0
      for (let t = 0; t < 4000; t++) {
        const got = hypergeometric(randomOf(5, t), all, marked, drawn)
        expect(got).toBeGreaterThanOrEqual(Math.max(0, drawn + marked - all))
        expect(got).toBeLessThanOrEqual(Math.min(drawn, marked))
        sum += got
      }
      const mean = (drawn * marked) / all
      const sd = Math.sqrt((mean * (1 - marked / all) * (all - drawn)) / (all - 1) / 4000)
      expect(Math.abs(sum / 4000 - mean)).toBeLessThan(5 * sd + 1e-9)
    }
  })

  it('draws all that are to be drawn', () => {
    for (let t = 0; t < 500; t++) {
      const drawn = split(randomOf(1, t), [5, 0, 90, 12], 31)
      expect(drawn.reduce((a, b) => a + b)).toBe(31)
    }
  })
})

describe('a simulation', () => {
  const one = simulated()
  const cells = cellsOf(one, [{ code: 'all', rows: 1000, n: 50 }])

  it('is the same for the same seed, and another for another', () => {
    expect(infeasibleOf(one, cells, ALWAYS)).toEqual(infeasibleOf(one, cells, ALWAYS))
    const tight = simulated({
      loadCap: 50,
      parts: [{ authorityId: 'b', members: 3, pool: 10, able: 5, drawn: 6, related: [] }],
    })
    const shares = [1, 2, 3, 4].map((seed) => infeasibleOf({ ...tight, seed }, cells, ALWAYS).failed)
    expect(new Set(shares).size).toBeGreaterThan(1)
  })

  it('says how much each inspector has to do', () => {
    expect(loadsOf(one, cells)).toMatchObject([
      { authorityId: 'a', mean: 10 },
      { authorityId: 'b', mean: 1.67 },
    ])
    expect(loadsOf(one, cells)[1]!.high).toBeGreaterThan(1.67)
  })

  it('finds too few inspectors always where there are too few, and never where there are plenty', () => {
    const few = simulated({ loadCap: 4 })
    expect(infeasibleOf(few, cells, ALWAYS)).toMatchObject({ share: 1 })
    expect(infeasibleOf(few, cells, ALWAYS).why[0]).toEqual({ authorityId: 'a', share: 1, recused: 0 })
    expect(infeasibleOf(one, cells, ALWAYS)).toMatchObject({ share: 0, trials: 200 })
    const teams = simulated({ matching: 'teams', teamCount: 6 })
    expect(infeasibleOf(teams, cells, ALWAYS).why.map(({ authorityId }) => authorityId)).toEqual(['a', 'b'])
  })

  it('counts the visits that going together saves', () => {
    expect(savedBy(one, cells)).toBe(5)
  })

  it('says on whom it lies, beside what the year has brought', () => {
    const visited = group({ subjects: 100, industry: 'F5211', visits: 2 })
    const all = [...one.frame, visited]
    const chances = new Map(one.frame.map((each) => [each, 0.05]))
    expect(burdenOf(all, chances, ({ industry }) => industry.slice(0, 1))).toEqual([
      { key: 'H', subjects: 900, drawn: 45, per100: 5, soFarPer100: 0 },
      { key: 'F', subjects: 200, drawn: 5, per100: 2.5, soFarPer100: 100 },
    ])
  })

  it('grows with the ratio', () => {
    const swept = sweepOf(one, cells, { ...ALWAYS, trials: 40 })
    expect(swept.map(({ total }) => total)).toEqual([10, 20, 30, 50, 80, 100, 150, 200, 300, 500, 1000])
    expect(swept.at(-1)).toMatchObject({ load: 200, infeasible: 1 })
    expect(swept[0]).toMatchObject({ infeasible: 0 })
  })

  it('says how sure its share is', () => {
    expect(shareOf(0, 400).high).toBeCloseTo(0.0095, 3)
    expect(shareOf(200, 400)).toMatchObject({ share: 0.5 })
  })
})
