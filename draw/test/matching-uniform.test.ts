// Every legal assignment equally likely: small cases whose assignments can all be written down, thousands of seeds.

import { describe, expect, it } from 'vitest'
import { matchAndMeasure } from '../src/matching/leave.ts'
import { match } from '../src/matching/match.ts'
import type { MatchProblem } from '../src/matching/problem.ts'
import { everyAssignment, seedHex, soak } from './matching-cases.ts'

const SEEDS = soak(5000, 20_000)

const FREE: MatchProblem = {
  alg: 'sha256',
  seed: seedHex(0),
  stage: 'match',
  authority: 'd01',
  subjects: ['s1', 's2', 's3', 's4', 's5'].map((id) => ({ id, cls: 'c', demand: 1 })),
  inspectors: ['a1', 'a2', 'a3'],
  eligible: new Map([['c', ['a1', 'a2', 'a3']]]),
  conflicts: [],
  cap: 1000,
  tau: { num: 3, den: 2 },
  mix: 20,
}

const BANDED: MatchProblem = {
  ...FREE,
  subjects: [
    { id: 's1', cls: 'both', demand: 2 },
    { id: 's2', cls: 'both', demand: 2 },
    { id: 's3', cls: 'food', demand: 2 },
    { id: 's4', cls: 'food', demand: 1 },
    { id: 's5', cls: 'both', demand: 1 },
  ],
  inspectors: ['a1', 'a2', 'a3', 'a4'],
  eligible: new Map([
    ['both', ['a1', 'a2', 'a3', 'a4']],
    ['food', ['a1', 'a2', 'a3']],
  ]),
  conflicts: [
    ['s1', 'a4'],
    ['s4', 'a1'],
  ],
  tau: { num: 1, den: 4 },
}

/** χ² per degree of freedom of the outcomes over all legal assignments, which must contain every outcome. */
function spread(
  problem: MatchProblem,
  seeds: number,
): { cells: number; ratio: number; band: readonly [number, number] } {
  const first = match(problem)
  if (!first.ok) throw new Error('an assignment exists')
  const { u2, l2 } = first.report
  const counts = new Map<string, number>()
  for (const [key, loads] of everyAssignment(problem))
    if (loads.every((l) => l >= l2 && l <= u2)) counts.set(key, 0)
  for (let n = 0; n < seeds; n++) {
    const result = match({ ...problem, seed: seedHex(7_000_000 + n) })
    if (!result.ok || result.report.u2 !== u2 || result.report.l2 !== l2)
      throw new Error('the band does not depend on the seed')
    const key = result.lines.map((l) => `${l.id}:${l.inspectors.join()}`).join(';')
    counts.set(key, counts.get(key)! + 1)
  }
  const mean = seeds / counts.size
  const chi2 = [...counts.values()].reduce((sum, n) => sum + (n - mean) ** 2 / mean, 0)
  const ratio = chi2 / (counts.size - 1)
  if (process.env['SOAK'] === '1')
    console.log(`χ²/df ${ratio} over ${counts.size} assignments, ${seeds} seeds`)
  return { cells: counts.size, ratio, band: [l2, u2] }
}

describe('a match over many seeds', () => {
  it('takes each of the 243 assignments of five subjects to three inspectors equally often', () => {
    const { cells, ratio } = spread(FREE, SEEDS)
    expect(cells).toBe(243)
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.25)
  })

  it('takes each assignment inside the band equally often, with classes, demands and conflicts', () => {
    const { cells, ratio, band } = spread(BANDED, SEEDS)
    expect(band).toEqual([1, 3])
    expect(cells).toBeGreaterThan(100)
    expect(ratio).toBeGreaterThan(0.75)
    expect(ratio).toBeLessThan(1.25)
  })

  it('treats inspectors whom nothing distinguishes alike', () => {
    const visits = new Map(['a2', 'a3'].map((i) => [i, 0]))
    for (let n = 0; n < SEEDS; n++) {
      const result = match({ ...BANDED, seed: seedHex(n) })
      if (!result.ok) throw new Error('an assignment exists')
      for (const line of result.lines)
        for (const i of line.inspectors) if (visits.has(i)) visits.set(i, visits.get(i)! + 1)
    }
    const [a2, a3] = [visits.get('a2')!, visits.get('a3')!]
    // A load differs by less than 1.5 between two of them in one seed, so five standard errors are below 8·√SEEDS.
    expect(Math.abs(a2 - a3)).toBeLessThan(8 * Math.sqrt(SEEDS))
    expect(a2 + a3).toBeGreaterThan(2 * SEEDS)
  })

  it('prints a highest pair probability near the true one', () => {
    const loads = everyAssignment(BANDED)
    const legal = [...loads].filter(([, of]) => of.every((l) => l >= 1 && l <= 3)).map(([key]) => key)
    const pairs = BANDED.subjects.flatMap((s) => BANDED.inspectors.map((i) => [s.id, i] as const))
    const shares = pairs.map(
      ([s, i]) =>
        legal.filter((key) => key.split(';').some((part) => part.startsWith(`${s}:`) && part.includes(i)))
          .length,
    )
    const truth = shares.sort((a, b) => b - a)[0]! / legal.length
    const { highest } = matchAndMeasure(BANDED)
    expect(Math.abs(highest.num / highest.den - truth)).toBeLessThan(0.1)
  })
})
