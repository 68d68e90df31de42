import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Stream, stageKey, uniformBig } from '../src/stream.ts'
import { made } from './county.ts'

const key = stageKey('sha256', made('seed'), 'match/d01/assign')

/** The words of a stream as the specification has them. */
function* words(): Generator<number> {
  for (let j = 0; ; j++) {
    const block = createHash('sha256').update(`${key}/${j}`).digest()
    for (let i = 0; i < 32; i += 4) yield block.readUInt32BE(i)
  }
}

/** χ² of counts that should be equal. */
function chiSquare(counts: readonly number[]): number {
  const expected = counts.reduce((a, b) => a + b, 0) / counts.length
  return counts.reduce((sum, c) => sum + (c - expected) ** 2 / expected, 0)
}

describe('a stream', () => {
  it('reads blocks of eight big-endian words, refuses the last incomplete range, and goes on', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 2 ** 32 }), { minLength: 1, maxLength: 60 }),
        (limits) => {
          const stream = new Stream('sha256', key)
          const source = words()
          for (const n of limits) {
            let word = source.next().value as number
            while (word >= 2 ** 32 - (2 ** 32 % n)) word = source.next().value as number
            expect(stream.below(n)).toBe(word % n)
          }
        },
      ),
    )
  })

  it('below(1) consumes a word too', () => {
    const stream = new Stream('sha256', key)
    expect(stream.below(1)).toBe(0)
    const [, second] = [...take(words(), 2)]
    expect(stream.below(2 ** 32)).toBe(second)
  })

  it.each([2, 3, 7, 10, 1000])('below(%i) is uniform', (n) => {
    const counts = Array.from({ length: n }, () => 0)
    const stream = new Stream('sha256', stageKey('sha256', made('seed'), `match/d0${n}/mix`))
    for (let i = 0; i < 60 * n + 20_000; i++) counts[stream.below(n)]!++
    const freedom = n - 1
    expect(chiSquare(counts)).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom) + 6)
  })

  it('below(3·2^30), where a quarter of the words is refused, is uniform over its thirds', () => {
    const stream = new Stream('sha256', key)
    const counts = [0, 0, 0]
    for (let i = 0; i < 30_000; i++) counts[Math.floor(stream.below(3 * 2 ** 30) / 2 ** 30)]!++
    expect(chiSquare(counts)).toBeLessThan(16)
  })
})

describe('U, one big number from a stage', () => {
  const keyOf = (i: number): string => stageKey('sha256', made(`seed ${i}`), 'objects/pps/rounding')

  it('is below its limit, and the first block modulo it where nothing is refused', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 200n }), fc.nat(), (x, i) => {
        const block = createHash('sha256')
          .update(`${keyOf(i)}/0`)
          .digest('hex')
        expect(uniformBig('sha256', keyOf(i), x)).toBe(BigInt(`0x${block}`) % x)
      }),
    )
  })

  it('refuses a block in the last incomplete range: limits just above a half leave no bias', () => {
    const x = (1n << 255n) + 1n
    const counts = [0, 0]
    for (let i = 0; i < 4000; i++) counts[uniformBig('sha256', keyOf(i), x) >= x / 2n ? 1 : 0]!++
    expect(chiSquare(counts)).toBeLessThan(15)
  })

  it('is uniform', () => {
    const counts = Array.from({ length: 9 }, () => 0)
    for (let i = 0; i < 9000; i++) counts[Number(uniformBig('sha256', keyOf(i), 9n))]!++
    expect(chiSquare(counts)).toBeLessThan(28)
  })
})

function* take<T>(from: Iterator<T>, count: number): Generator<T> {
  for (let i = 0; i < count; i++) yield from.next().value as T
}
