// The scan of population.tsv by both kernels: candidates, counts, and the first line that is refused.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, toHex, utf8 } from '../src/bytes.ts'
import {
  drawLowest,
  jsKernel,
  type Kernel,
  rankByStratum,
  type ScanResult,
  thresholdFor,
  ticketOf,
} from '../src/kernel/index.ts'
import { ALL, KEY, cuts, every, feed, kernels, reference, sha256, textOf, wasm } from './kernel-inputs.ts'

/** How many candidates a population of one line, "a", gives. */
function foundBelow(threshold: bigint, kernel: Kernel): number | undefined {
  const draw = { key: KEY, thresholds: [threshold] }
  const result = feed(kernel.scan({ strata: ['s'], draw }), utf8('a\ts\t1\n'))
  return result.ok ? result.candidates.ids.length : undefined
}

/** A result that compares quickly. */
function flat(result: ScanResult): unknown {
  if (!result.ok) return result
  const { ids, strata, tickets } = result.candidates
  return { ...result, candidates: [ids.join(), strata.join(), toHex(tickets)] }
}

describe.each(kernels)('%s', (_, kernel, alg) => {
  const h = reference(alg)

  it('finds the lines below the threshold of their stratum, and counts all', () => {
    const strata = ['a', 'd330100/A', 's'.repeat(16), 's'.repeat(17), 'z'.repeat(64)]
    const thresholds = [0n, ALL / 3n, ALL, ALL - 1n, ALL / 2n]
    const population = fc.uniqueArray(
      fc.tuple(
        fc.stringMatching(/^[0-9A-Za-z._:-]{1,55}$/),
        fc.nat(4),
        fc.integer({ min: 1, max: 999_999_999 }),
      ),
      { selector: ([id]) => id, maxLength: 60 },
    )
    fc.assert(
      fc.property(population, cuts, (rows, cuts) => {
        const sorted = [...rows].sort((a, b) => (a[0] < b[0] ? -1 : 1))
        const bytes = textOf(sorted.map(([id, s, weight]) => `${id}\t${strata[s]}\t${weight}`))
        const result = feed(kernel.scan({ strata, draw: { key: KEY, thresholds } }), bytes, cuts)
        const expected = sorted
          .map(([id, s]) => ({ id, s, ticket: toHex(h(utf8(KEY + id))) }))
          .filter(({ s, ticket }) => BigInt(`0x${ticket.slice(0, 16)}`) < (thresholds[s] ?? 0n))
        if (!result.ok) throw new Error(`${result.line} ${result.fault}`)
        expect(result.rows).toBe(sorted.length)
        expect(result.counts).toEqual(strata.map((_, s) => sorted.filter((r) => r[1] === s).length))
        const { candidates } = result
        expect(
          candidates.ids.map((id, i) => ({
            id,
            s: candidates.strata[i],
            ticket: toHex(ticketOf(candidates, i)),
          })),
        ).toEqual(expected)
      }),
      { numRuns: alg === 'sm3' ? 30 : 200 },
    )
  })

  it('names the first line that is refused, and why', () => {
    const good = 'a\ts\t1\nb\ts\t999999999\n'
    const long = 'x'.repeat(55)
    const cases: readonly (readonly [string, number, string])[] = [
      ['a\ts\t1', 1, 'lf'],
      [`${good}c\ts`, 3, 'lf'],
      [`${good}c`, 3, 'lf'],
      [`${good}\n`, 3, 'columns'],
      [`${good}c\n`, 3, 'columns'],
      [`${good}c\ts\n`, 3, 'columns'],
      [`${good}c\ts\t1\t\n`, 3, 'columns'],
      [`${good}c\ts\t1\td\n`, 3, 'columns'],
      [`${good}\ts\t1\n`, 3, 'id'],
      [`${good}c/d\ts\t1\n`, 3, 'id'],
      [`${good}c d\ts\t1\n`, 3, 'id'],
      [`${good}青\ts\t1\n`, 3, 'id'],
      [`${good}${long}x\ts\t1\n`, 3, 'id'],
      [`${good}${'x'.repeat(300)}`, 3, 'id'],
      [`${good}${long}\ts\t1\n${long}\ts\t1\n`, 4, 'order'],
      [`\u{feff}a\ts\t1\n`, 1, 'id'],
      [`${good}c\t\t1\n`, 3, 'stratum'],
      [`${good}c\ts,\t1\n`, 3, 'stratum'],
      [`${good}c\t${'s'.repeat(65)}\t1\n`, 3, 'stratum'],
      [`${good}c\ts\t\n`, 3, 'weight'],
      [`${good}c\ts\t0\n`, 3, 'weight'],
      [`${good}c\ts\t01\n`, 3, 'weight'],
      [`${good}c\ts\t1000000000\n`, 3, 'weight'],
      [`${good}c\ts\t1.5\n`, 3, 'weight'],
      [`${good}c\ts\t-1\n`, 3, 'weight'],
      [`${good}c\ts\t1\td\ts\t1\n`, 3, 'columns'],
      [`a\ts\t1\r\nb\ts\t1\r\n`, 1, 'weight'],
      [`${good}b\ts\t1\n`, 3, 'order'],
      [`${good}B\ts\t1\n`, 3, 'order'],
      [`${good}aa\ts\t1\nc\ts\t0\n`, 3, 'order'],
      [`${good}c\tt\t1\n`, 3, 'unknown_stratum'],
      [`${good}c\tS\t1\n`, 3, 'unknown_stratum'],
      [`${good}c\tss\t1\n`, 3, 'unknown_stratum'],
      [`${good}b\tt\t1\n`, 3, 'order'],
    ]
    for (const [text, line, fault] of cases) {
      const bytes = utf8(text)
      for (const size of [1, 3, 64, 1000]) {
        for (const draw of [{ key: KEY, thresholds: [ALL] }, undefined]) {
          const scan = kernel.scan({ strata: ['s'], ...(draw && { draw }) })
          expect([text, feed(scan, bytes, every(bytes, size))]).toEqual([text, { ok: false, line, fault }])
        }
      }
    }
    expect(feed(kernel.scan({ strata: [] }), new Uint8Array(0))).toMatchObject({
      ok: true,
      rows: 0,
      counts: [],
    })
  })

  it('allows the bytes of the grammar in each column, and no other', () => {
    for (let byte = 0; byte < 256; byte++) {
      const letter = String.fromCharCode(byte)
      const columns: readonly (readonly [RegExp, Uint8Array, Uint8Array])[] = [
        [/[0-9A-Za-z._:-]/, utf8('b'), utf8('b\tst\t11\n')],
        [/[0-9A-Za-z._:/-]/, utf8('b\ts'), utf8('t\t11\n')],
        [/[0-9]/, utf8('b\tst\t1'), utf8('1\n')],
      ]
      for (const [allowed, before, after] of columns) {
        const strata = ['st', ...(/[0-9A-Za-z._:/-]/.test(letter) ? [`s${letter}t`] : [])]
        const result = feed(kernel.scan({ strata }), concat(before, Uint8Array.of(byte), after))
        expect([byte, result.ok]).toEqual([byte, allowed.test(letter)])
      }
    }
  })

  it('compares a ticket with the threshold to the last bit', () => {
    const head = BigInt(`0x${toHex(h(utf8(`${KEY}a`))).slice(0, 16)}`)
    expect([head - 1n, head, head + 1n, ALL].map((t) => foundBelow(t, kernel))).toEqual([0, 0, 1, 1])
  })

  it('does not take the beginning of a code for the code', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') {
      const scan = kernel.scan({ strata: [letter.repeat(17)] })
      const line = utf8(`1\t${letter.repeat(16)}\t1\n`)
      expect(feed(scan, line)).toEqual({ ok: false, line: 1, fault: 'unknown_stratum' })
    }
  })

  it('refuses options that are not as described', () => {
    const draw = { key: KEY, thresholds: [1n] }
    expect(() => kernel.scan({ strata: ['a', 'a'] })).toThrow(RangeError)
    expect(() => kernel.scan({ strata: ['a b'] })).toThrow(RangeError)
    expect(() => kernel.scan({ strata: ['a', 'b'], draw })).toThrow(RangeError)
    expect(() => kernel.scan({ strata: ['a'], draw: { ...draw, key: 'ab' } })).toThrow(RangeError)
  })
})

describe('on a population of many pieces', () => {
  const rows = 20_000
  const strata = Array.from({ length: 300 }, (_, i) => `d3301${String(i).padStart(3, '0')}/${'AB'[i % 2]}`)
  const ids = Array.from({ length: rows }, (_, i) => `91330100MA${String(i * 7).padStart(8, '0')}`)
  const lines = ids.map((id, i) => `${id}\t${strata[(i * 17) % 300]}\t1`)
  const bytes = textOf(lines)
  const thresholds = strata.map(() => thresholdFor(3, Math.ceil(rows / 300)))
  const scan = (kernel: Kernel, text: Uint8Array, size: number): ScanResult =>
    feed(kernel.scan({ strata, draw: { key: KEY, thresholds } }), text, every(text, size))

  it('both kernels find the same candidates', () => {
    const expected = scan(jsKernel('sha256'), bytes, 1 << 20)
    expect(expected.ok && expected.rows).toBe(rows)
    for (const size of [997, 65_536, 1 << 20]) expect(flat(scan(wasm, bytes, size))).toEqual(flat(expected))
  })

  it('both kernels refuse the same line after any one byte is changed', () => {
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.nat(255), (at, byte) => {
        const changed = bytes.slice()
        changed[at] = byte
        expect(flat(scan(wasm, changed, 1 << 16))).toEqual(flat(scan(jsKernel('sha256'), changed, 1 << 16)))
      }),
      { numRuns: 40 },
    )
  })

  it('draws the lowest tickets of each stratum and the next, scanning again where a threshold was too low', () => {
    const quotas = strata.map((stratum, i) => ({
      stratum,
      n: i % 5,
      N: lines.filter((line) => line.includes(`\t${stratum}\t`)).length,
    }))
    let scans = 0
    const short: Kernel = {
      ...wasm,
      scan: ({ strata, draw }) => {
        scans++
        return wasm.scan({
          strata,
          draw: { key: KEY, thresholds: (draw?.thresholds ?? []).map((t) => t / 20n) },
        })
      },
    }
    const lowest = drawLowest(short, () => [bytes], KEY, quotas)
    expect(scans).toBeGreaterThan(1)
    expect(drawLowest(wasm, () => [bytes], KEY, quotas)).toMatchObject({ ok: true })
    if (!lowest.ok) throw new Error('refused')
    quotas.forEach(({ stratum, n }, i) => {
      const expected = lines
        .filter((line) => line.includes(`\t${stratum}\t`))
        .map((line) => line.split('\t')[0] ?? '')
        .map((id) => ({ id, ticket: toHex(sha256(utf8(KEY + id))) }))
        .sort((a, b) => (a.ticket < b.ticket ? -1 : 1))
        .slice(0, n + 1)
      const got = (lowest.ranked[i] ?? []).map((place) => lowest.candidates.ids[place])
      expect(got).toEqual(expected.map(({ id }) => id))
    })
    expect(() => drawLowest(wasm, () => [bytes], KEY, [])).not.toThrow()
    expect(() =>
      drawLowest(
        wasm,
        () => [bytes],
        KEY,
        quotas.map((q) => ({ ...q, N: q.N + 1 })),
      ),
    ).toThrow(RangeError)
  })
})

describe('candidates', () => {
  it('thresholds are whole numbers, rounded up, and at most 2^64', () => {
    expect(thresholdFor(0, 1 << 20)).toBe(20n << 44n)
    expect(thresholdFor(100, 1 << 20)).toBe(180n << 44n)
    expect(thresholdFor(101, 1 << 20)).toBe(187n << 44n)
    expect(thresholdFor(0, 21)).toBe((20n * ALL) / 21n + 1n)
    expect(thresholdFor(0, 20)).toBe(ALL)
    expect(thresholdFor(5, 5)).toBe(ALL)
  })

  it('ranks by ticket, then by id', () => {
    const tickets = new Uint8Array(32 * 4).fill(7)
    tickets[32 + 31] = 6
    tickets[64] = 9
    const candidates = { ids: ['b', 'x', 'c', 'a'], strata: Uint32Array.of(1, 1, 1, 1), tickets }
    expect(rankByStratum(candidates, 2)).toEqual([[], [1, 3, 0, 2]])
  })
})
