import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LotteryGroup, Source } from '../src/manifest/source.ts'
import { isDiceValue } from '../src/sources/dice.ts'
import { timeOfRound } from '../src/sources/drand.ts'
import { isLotteryValue, lotteryValue } from '../src/sources/lottery.ts'
import { ENOUGH, groupIsSound, outcomesOf, outcomesOfAll, STRONG } from '../src/sources/outcomes.ts'
import { firstValueTime, freshSourceHolds, isWeak } from '../src/sources/rules.ts'

const group = (change: Partial<LotteryGroup>): LotteryGroup => ({
  count: 6,
  low: 1,
  high: 33,
  ordered: false,
  repeat: false,
  ...change,
})
const dice = (faces: 6 | 10, count: number) =>
  ({ id: 'fresh', kind: 'dice', faces, count, not_before: 1000, roller: 'visitor-1' }) as const
const lottery = (...groups: LotteryGroup[]) =>
  ({ id: 'lottery', kind: 'lottery', game: 'ssq', issue: '2026135', groups, not_before: 1000 }) as const

describe('dice', () => {
  it.each([
    [6, 3, '123', true],
    [6, 3, '127', false],
    [6, 3, '120', false],
    [10, 3, '090', true],
    [10, 3, '09', false],
    [10, 3, '0900', false],
    [10, 3, '0 9', false],
    [10, 3, '０９０', false],
    [10, 3, '09\n', false],
  ] as const)('%i faces, %i dice, %o: %o', (faces, count, value, ok) =>
    expect(isDiceValue(faces, count, value)).toBe(ok),
  )
})

describe('the form of a lottery’s numbers', () => {
  const groups = [group({}), group({ count: 1, high: 16 })]
  it.each([
    ['3.9.14.20.27.31./7./', true],
    ['3.9.14.20.27.31./7.', false],
    ['3.9.14.20.27.31/7./', false],
    ['3.9.14.20.27.31./7./8./', false],
    ['3.9.14.20.27.31./', false],
    ['3.9.14.20.31.27./7./', false],
    ['3.9.14.20.31.31./7./', false],
    ['03.9.14.20.27.31./7./', false],
    ['0.9.14.20.27.31./7./', false],
    ['3.9.14.20.27.34./7./', false],
    ['3.9.14.20.27.31./17./', false],
    ['3.9.14.20.27./7./', false],
    ['3..9.14.20.27.31./7./', false],
    ['', false],
    ['/', false],
  ])('%o: %o', (value, ok) => expect(isLotteryValue(groups, value)).toBe(ok))

  it('is accepted as it is written, whatever is drawn', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 33 }), { minLength: 6, maxLength: 6 }),
        (drawn) => {
          expect(isLotteryValue([group({})], lotteryValue([group({})], [drawn]))).toBe(true)
          const ordered = group({ ordered: true })
          const value = lotteryValue([ordered], [drawn])
          expect(value).toBe(`${drawn.join('.')}./`)
          expect(isLotteryValue([ordered], value)).toBe(true)
        },
      ),
    )
  })
})

describe('outcomes', () => {
  it.each([
    ['25 ten-sided dice', dice(10, 25), 10n ** 25n],
    ['6 of 33 and 1 of 16', lottery(group({}), group({ count: 1, high: 16 })), 1_107_568n * 16n],
    [
      '5 digits with repetition',
      lottery(group({ count: 5, low: 0, high: 9, ordered: true, repeat: true })),
      100_000n,
    ],
    ['3 of 10 in order', lottery(group({ count: 3, low: 0, high: 9, ordered: true })), 720n],
    ['all of 5', lottery(group({ count: 5, high: 5 })), 1n],
    ['a beacon', { id: 'drand', kind: 'drand', round: 1000 } as const, STRONG],
    ['the close', { id: 'close', kind: 'close' } as const, 1n],
  ])('of %s', (_name, source, wanted) => expect(outcomesOf(source)).toBe(wanted))

  it('of a server’s secret count nothing', () => {
    const server: Source = { id: 'authority', kind: 'server', holder: 'd01', secret: '0'.repeat(64) }
    expect(outcomesOfAll([server, server])).toBe(1n)
  })

  it('25 dice suffice and are weak; a beacon is not', () => {
    expect(outcomesOfAll([dice(10, 25)]) >= ENOUGH).toBe(true)
    expect(isWeak([dice(10, 38)])).toBe(true)
    expect(isWeak([dice(10, 39)])).toBe(false)
    expect(outcomesOfAll([dice(10, 19)]) >= ENOUGH).toBe(false)
    expect(outcomesOfAll([dice(10, 20)]) >= ENOUGH).toBe(true)
  })

  it.each([
    ['more numbers than there are', { count: 34 }],
    ['high below low', { low: 5, high: 4, count: 1 }],
    ['repetition without order', { repeat: true }],
  ])('a group with %s is refused', (_name, change) => expect(groupIsSound(group(change))).toBe(false))
})

describe('fresh sources of a substitute', () => {
  const at = timeOfRound(1000)
  const drand = (round: number) => ({ id: 'fresh', kind: 'drand', round }) as const
  it.each([
    ['the round that speaks now', drand(1000), at, false],
    ['the next round', drand(1001), at, true],
    ['the round ten minutes later', drand(1200), at, true],
    ['a round more than ten minutes later', drand(1201), at, false],
    ['ten dice afterwards', dice(10, 10), 999, true],
    ['ten dice at once', dice(10, 10), 1000, false],
    ['nine dice: below 2^32', dice(10, 9), 999, false],
    ['twelve six-sided dice: below 2^32', dice(6, 12), 999, false],
    ['thirteen six-sided dice', dice(6, 13), 999, true],
    ['a source of another name', { ...drand(1001), id: 'drand' }, at, false],
  ])('%s: %o', (_name, source, time, holds) => expect(freshSourceHolds(source, time)).toBe(holds))

  it('the first later value is the earliest of all', () => {
    expect(
      firstValueTime([{ id: 'close', kind: 'close' }, dice(10, 25), { ...drand(1000), id: 'drand' }]),
    ).toBe(1000)
  })
})
