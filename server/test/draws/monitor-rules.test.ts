import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  deviationOf,
  markOf,
  ODD_BELOW,
  repeatedOf,
  seedDeviation,
  type StratumDrawn,
} from '../../src/draws/monitor/chance.rules.ts'
import { ratesOf, spreadOf } from '../../src/draws/monitor/rates.rules.ts'
import { chiSquaredTail, countTail, lnGamma, wilson } from '../../src/draws/monitor/statistics.rules.ts'

const FAIR_DRAWS = process.env['SOAK'] === '1' ? 100_000 : 2_000

describe('the figures, against values worked out by hand', () => {
  it.each([
    // Two degrees of freedom: exp(−x/2); four: (1 + x/2)·exp(−x/2).
    { x: 2 * Math.log(20), df: 2, tail: 0.05 },
    { x: 4, df: 4, tail: 3 * Math.exp(-2) },
    { x: 60, df: 4, tail: 31 * Math.exp(-30) },
    // Tables of the distribution.
    { x: 3.841458820694124, df: 1, tail: 0.05 },
    { x: 18.307038053275146, df: 10, tail: 0.05 },
    { x: 149.44925277903886, df: 100, tail: 0.001 },
  ])('chance passes $x with $df degrees of freedom', ({ x, df, tail }) => {
    expect(Math.abs(chiSquaredTail(x, df) / tail - 1)).toBeLessThan(1e-9)
  })

  it('the logarithm of the factorial', () => {
    expect(lnGamma(11)).toBeCloseTo(Math.log(3_628_800), 12)
    expect(lnGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 12)
  })

  it.each([
    { chances: [0.5, 0.5, 0.5], times: 2, tail: 0.5 },
    { chances: [0.1, 0.2, 0.3], times: 3, tail: 0.006 },
    { chances: [0.1, 0.2, 0.3], times: 1, tail: 1 - 0.9 * 0.8 * 0.7 },
    { chances: [0.1, 0.2], times: 3, tail: 0 },
    { chances: [1, 0.25], times: 2, tail: 0.25 },
  ])('$times or more of $chances', ({ chances, times, tail }) => {
    expect(countTail(chances, times)).toBeCloseTo(tail, 14)
  })

  it('Wilson’s interval, five of ten and none of ten', () => {
    expect(wilson(5, 10).low).toBeCloseTo(0.2365931, 6)
    expect(wilson(5, 10).high).toBeCloseTo(0.7634069, 6)
    expect(wilson(0, 10).low).toBe(0)
    expect(wilson(0, 10).high).toBeCloseTo(0.2775328, 6)
  })

  it('a stratum of a hundred, ten drawn, two kinds of fifty: seven and three', () => {
    const { chiSquared, df, p } = deviationOf([stratum(100, 10, [50, 7], [50, 3])])
    expect(chiSquared).toBeCloseTo((99 / 90) * (4 / 5 + 4 / 5), 12)
    expect(df).toBe(1)
    expect(p).toBeCloseTo(0.184624, 5)
  })

  it('takes kinds together of which fewer than five are expected, and leaves out what says nothing', () => {
    // 5 and 3 expected of the last two: the 3 goes along with the 5.
    expect(deviationOf([stratum(100, 10, [20, 2], [30, 3], [50, 5])])).toMatchObject({ df: 1, chiSquared: 0 })
    expect(deviationOf([stratum(40, 40, [20, 20], [20, 20]), stratum(100, 10, [100, 10])]).p).toBeUndefined()
  })

  it('least, middle and slow end', () => {
    expect(spreadOf([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])).toEqual({ least: 1, median: 5, p90: 9 })
    expect(spreadOf([])).toBeUndefined()
  })
})

describe('the monitor', () => {
  it(`marks at most two in a thousand of ${FAIR_DRAWS.toLocaleString('en')} fair draws`, () => {
    const below = chance(20261122)
    let odd = 0
    for (let draw = 0; draw < FAIR_DRAWS; draw++)
      if (markOf(deviationOf([drawn(below, [120, 300, 580], 100)]), 100) === 'odd') odd++
    expect(odd / FAIR_DRAWS).toBeLessThanOrEqual(0.002)
  })

  it('says of fair draws, all together, what chance does', () => {
    const below = chance(7)
    const draws = Array.from({ length: 60 }, () => drawn(below, [120, 300, 580], 100))
    expect(deviationOf(draws).p).toBeGreaterThan(0.01)
  })

  it('finds a kind that is drawn three times as often as stated', () => {
    const below = chance(11)
    const favoured = Array.from({ length: 3 }, () => drawn(below, [120, 300, 580], 100, [3, 1, 1]))
    expect(markOf(deviationOf(favoured), 300)).toBe('odd')
  })

  it('finds one firm that is always drawn, and leaves alone one that was unlucky', () => {
    const chances = Array.from({ length: 12 }, () => 0.05)
    expect(repeatedOf(9, chances, 100_000).mark).toBe('odd')
    expect(repeatedOf(3, chances, 100_000)).toMatchObject({ mark: 'calm', p: 1 })
  })

  it('finds a pair that is always together', () => {
    // Twelve teams of two, out of pools of thirty and thirty: 12 pairs of 900.
    const chances = Array.from({ length: 10 }, () => 12 / 900)
    expect(repeatedOf(6, chances, 900).mark).toBe('odd')
    expect(repeatedOf(1, chances, 900).mark).toBe('calm')
  })

  it('finds an office that lets its draws come to nothing, among others that do not', () => {
    const offices = new Map([
      ['grinding', { hits: 20, of: 40 }],
      ...Array.from({ length: 9 }, (_, at) => [`office ${at}`, { hits: 1, of: 40 }] as const),
      ['small', { hits: 3, of: 4 }],
    ])
    const marks = [...ratesOf(offices)].map(([name, { mark }]) => [name, mark] as const)
    expect(marks.filter(([, mark]) => mark === 'odd')).toEqual([['grinding', 'odd']])
    expect(new Map(marks).get('small')).toBe('tooFew')
  })

  it('holds seeds against chance from eighty on', () => {
    const below = chance(3)
    const seed = (): string => below(256).toString(16).padStart(2, '0').padEnd(64, '0')
    expect(seedDeviation(Array.from({ length: 79 }, seed)).p).toBeUndefined()
    expect(seedDeviation(Array.from({ length: 400 }, seed)).p).toBeGreaterThan(ODD_BELOW)
    expect(seedDeviation(Array.from({ length: 80 }, () => '0'.repeat(64))).p).toBeLessThan(ODD_BELOW)
  })
})

function stratum(rows: number, n: number, ...groups: readonly [number, number][]): StratumDrawn {
  return { rows, n, groups: groups.map(([own, found]) => ({ rows: own, drawn: found })) }
}

/** `n` out of all, without putting back; `weights`: how much likelier one of a kind is. */
function drawn(
  below: (n: number) => number,
  sizes: readonly number[],
  n: number,
  weights: readonly number[] = sizes.map(() => 1),
): StratumDrawn {
  const left = [...sizes]
  const found = sizes.map(() => 0)
  for (let drawnOnes = 0; drawnOnes < n; drawnOnes++) {
    const shares = left.map((count, kind) => count * weights[kind]!)
    let at = below(shares.reduce((sum, share) => sum + share, 0))
    const kind = shares.findIndex((share) => (at -= share) < 0)
    left[kind] = left[kind]! - 1
    found[kind] = found[kind]! + 1
  }
  const groups = sizes.map((rows, kind) => ({ rows, drawn: found[kind]! }))
  return { rows: sizes.reduce((sum, size) => sum + size, 0), n, groups }
}

/** Numbers that look like chance, the same in each run: the words of SHA-256 of a seed and a count. */
function chance(seed: number): (n: number) => number {
  let words: Uint32Array = new Uint32Array(8)
  let [block, at] = [0, 8]
  return (n) => {
    if (at === 8) {
      const digest = createHash('sha256').update(`${seed}/${block++}`).digest()
      words = Uint32Array.from({ length: 8 }, (_, word) => digest.readUInt32LE(4 * word))
      at = 0
    }
    return Math.floor((words[at++]! / 2 ** 32) * n)
  }
}
