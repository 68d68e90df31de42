import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { QuotaError, quotasOf, ratioQuota, totalQuotas } from '../src/choose/quota.ts'
import { rankIds } from '../src/choose/rank.ts'
import { made } from './county.ts'

const shares = fc.uniqueArray(
  fc.record({
    code: fc.stringMatching(/^[a-z]{1,4}\/[A-D]$/),
    rows: fc.integer({ min: 1, max: 5000 }),
    min: fc.integer({ min: 0, max: 3 }),
  }),
  { selector: (s) => s.code, minLength: 1, maxLength: 12 },
)
const sum = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0)

describe('the ratio of a stratum', () => {
  it.each([
    [100, { num: 1, den: 100, min: 1 }, 1],
    [101, { num: 1, den: 100, min: 1 }, 2],
    [10, { num: 5, den: 100, min: 1 }, 1],
    [3, { num: 5, den: 100, min: 5 }, 3],
    [7, { num: 1, den: 1, min: 0 }, 7],
    [1, { num: 1, den: 1000, min: 0 }, 1],
    [9_007_199_254_740_991, { num: 1, den: 3, min: 0 }, 3_002_399_751_580_331],
  ])('%i rows under %o: %i', (rows, line, n) => expect(ratioQuota(rows, line)).toBe(n))

  it('is the legal floor or more, by less than one, unless the minimum or the rows decide', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 ** 40 }),
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: 0, max: 9 }),
        (rows, num, min) => {
          const n = BigInt(ratioQuota(rows, { num, den: 1000, min }))
          const above = n * 1000n - BigInt(rows) * BigInt(num)
          expect(above >= 0n).toBe(true)
          expect(above < 1000n || n === BigInt(Math.min(min, rows))).toBe(true)
          expect(n <= BigInt(rows)).toBe(true)
        },
      ),
    )
  })
})

describe('a fixed total by largest remainder', () => {
  it.each([
    [
      'proportional shares',
      10,
      [
        [50, 0],
        [30, 0],
        [20, 0],
      ],
      [5, 3, 2],
    ],
    [
      'the larger remainder first',
      10,
      [
        [33, 0],
        [33, 0],
        [34, 0],
      ],
      [3, 3, 4],
    ],
    [
      'of equal remainders the first stratum by bytes',
      2,
      [
        [10, 0],
        [10, 0],
        [10, 0],
      ],
      [1, 1, 0],
    ],
    [
      'a minimum takes from the others',
      10,
      [
        [980, 0],
        [10, 2],
        [10, 2],
      ],
      [6, 2, 2],
    ],
    [
      'a minimum above the rows is all of them',
      10,
      [
        [100, 0],
        [1, 5],
      ],
      [9, 1],
    ],
    [
      'minima fixed in one pass, and again',
      6,
      [
        [90, 0],
        [8, 1],
        [2, 1],
      ],
      [4, 1, 1],
    ],
    [
      'everybody',
      111,
      [
        [100, 0],
        [10, 3],
        [1, 1],
      ],
      [100, 10, 1],
    ],
    [
      'nobody to spare',
      3,
      [
        [5, 1],
        [5, 1],
        [5, 1],
      ],
      [1, 1, 1],
    ],
  ] as const)('%s', (_name, total, given, wanted) => {
    const strata = given.map(([rows, min], i) => ({ code: `s${i}`, rows, min }))
    expect(totalQuotas(total, strata)).toEqual(wanted)
  })

  it('is refused above the population, and below what the minima take', () => {
    const one = [{ code: 'a', rows: 5, min: 3 }]
    expect(() => totalQuotas(6, one)).toThrow(QuotaError)
    const two = [...one, { code: 'b', rows: 5, min: 3 }]
    expect(() => totalQuotas(5, two)).toThrow(QuotaError)
  })

  it('gives exactly the total, at least each minimum, at most each stratum’s rows; order changes nothing', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 0, max: 1, noNaN: true }), (strata, part) => {
        const total = Math.floor(part * sum(strata.map((s) => s.rows)))
        fc.pre(total >= sum(strata.map((s) => Math.min(s.min, s.rows))))
        const n = totalQuotas(total, strata)
        expect(sum(n)).toBe(total)
        strata.forEach((s, i) => expect(n[i]! >= Math.min(s.min, s.rows) && n[i]! <= s.rows).toBe(true))
        const turned = totalQuotas(total, strata.toReversed()).toReversed()
        expect(turned).toEqual(n)
      }),
      { numRuns: 500 },
    )
  })

  it('is within one of the exact quota where neither minimum nor cap decides', () => {
    fc.assert(
      fc.property(shares, fc.double({ min: 0, max: 1, noNaN: true }), (given, part) => {
        const strata = given.map((s) => ({ ...s, min: 0 }))
        const rows = sum(strata.map((s) => s.rows))
        const total = Math.floor(part * rows)
        totalQuotas(total, strata).forEach((n, i) => {
          const off = BigInt(n) * BigInt(rows) - BigInt(total) * BigInt(strata[i]!.rows)
          expect(off < BigInt(rows) && off > -BigInt(rows)).toBe(true)
        })
      }),
      { numRuns: 500 },
    )
  })

  it('nothing is stated for a draw by weight or of everybody', () => {
    expect(quotasOf({ kind: 'pps', n: 3 }, [{ code: 'a', rows: 5 }])).toBeUndefined()
    expect(quotasOf({ kind: 'coverage', batches: 3 }, [{ code: 'a', rows: 5 }])).toBeUndefined()
  })
})

describe('the draw of n lowest tickets', () => {
  it('takes everyone equally often: measured over 6,000 seeds', () => {
    const [rows, n, runs] = [12, 3, 6000]
    const ids = Array.from({ length: rows }, (_, i) => `9199000${i}MA`)
    const taken = new Map(ids.map((id) => [id, 0]))
    for (let run = 0; run < runs; run++)
      for (const { id } of rankIds('sha256', made(`seed ${run}`), 'objects', ids).slice(0, n))
        taken.set(id, taken.get(id)! + 1)
    const pi = n / rows
    const expected = runs * pi
    const spread = (expected * (1 - pi) * rows) / (rows - 1)
    const chi = sum([...taken.values()].map((t) => (t - expected) ** 2 / spread))
    // 11 degrees of freedom: beyond 35 once in 4,000 draws of seeds; the seeds are fixed.
    expect(chi).toBeLessThan(35)
  })
})
