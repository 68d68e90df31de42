// Hashes, trees and tickets of both kernels against node:crypto and a tree written straight from RFC 6962.

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { concat, fromHex, toHex, utf8 } from '../src/bytes.ts'
import { jsKernel, kernelFor } from '../src/kernel/index.ts'
import {
  KEY,
  cuts,
  every,
  feed,
  kernels,
  leavesOf,
  reference,
  rootOf,
  sha256,
  textOf,
  wasm,
} from './kernel-inputs.ts'

it('runs in WebAssembly here', () => {
  expect(wasm.name).toBe('wasm-simd')
  expect(kernelFor('sm3').name).toBe('js')
})

describe.each(kernels)('%s', (_, kernel, alg) => {
  const h = reference(alg)

  it('hashes a file of any length, cut anywhere', () => {
    const lengths = fc.oneof(
      fc.nat(300),
      fc.nat(70_000),
      fc.constantFrom(0, 55, 56, 63, 64, 65, 119, 120, 255, 256, 65_536),
    )
    fc.assert(
      fc.property(lengths, fc.nat(255), cuts, (length, seed, cuts) => {
        const bytes = Uint8Array.from({ length }, (_, i) => (i * 131 + seed + (i >> 7)) & 255)
        expect(toHex(feed(kernel.hash(), bytes, cuts))).toBe(toHex(h(bytes)))
      }),
      { numRuns: alg === 'sm3' ? 20 : 200 },
    )
  })

  it('gives the roots of RFC 6962 for every small number of lines', () => {
    for (const n of [
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 1000, 1023, 1024, 1025, 2047, 2048, 3333,
    ]) {
      const lines = Array.from({ length: n }, (_, i) => `line ${i}\tcolumn ${i % 7}`)
      const bytes = textOf(lines)
      const line = feed(kernel.tree('line'), bytes, every(bytes, 1000))
      const id = feed(kernel.tree('id'), bytes, every(bytes, 777))
      expect([line.rows, toHex(line.root)]).toEqual([n, toHex(rootOf(h, leavesOf(h, lines)))])
      const ids = lines.map((l) => l.split('\t')[0] ?? '')
      expect([id.rows, toHex(id.root)]).toEqual([n, toHex(rootOf(h, leavesOf(h, ids)))])
      expect(toHex(kernel.treeOfHashes(concat(...leavesOf(h, ids))))).toBe(toHex(id.root))
    }
  })

  it('takes lines of any bytes and any length into a tree', () => {
    const line = fc.oneof(
      fc.string({ maxLength: 150 }),
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.nat(400).map((n) => 'a\tb'.repeat(n).slice(0, n)),
      fc.constantFrom(
        '',
        '\r',
        '\t',
        'x'.repeat(53),
        'x'.repeat(54),
        'x'.repeat(55),
        'x'.repeat(118),
        'x'.repeat(119),
      ),
    )
    fc.assert(
      fc.property(
        fc.array(
          line.map((l) => l.replaceAll('\n', '')),
          { maxLength: 40 },
        ),
        cuts,
        (lines, cuts) => {
          const bytes = textOf(lines)
          const whole = rootOf(h, leavesOf(h, lines))
          const first = rootOf(
            h,
            leavesOf(
              h,
              lines.map((l) => l.split('\t')[0] ?? ''),
            ),
          )
          expect(feed(kernel.tree('line'), bytes, cuts)).toEqual({ root: whole, rows: lines.length })
          expect(feed(kernel.tree('id'), bytes, cuts)).toEqual({ root: first, rows: lines.length })
        },
      ),
      { numRuns: alg === 'sm3' ? 20 : 150 },
    )
  })

  it('takes lines that are longer than what it reads at once', () => {
    const lines = ['short', 'y'.repeat(200_000), 'z', `i\t${'w'.repeat(70_000)}`, 'v'.repeat(65_535), 'last']
    const bytes = textOf(lines)
    for (const size of [4096, 65_536, 1 << 20]) {
      const { root } = feed(kernel.tree('line'), bytes, every(bytes, size))
      expect(toHex(root)).toBe(toHex(rootOf(h, leavesOf(h, lines))))
      const ids = feed(kernel.tree('id'), bytes, every(bytes, size))
      expect(toHex(ids.root)).toBe(
        toHex(
          rootOf(
            h,
            leavesOf(
              h,
              lines.map((l) => l.split('\t')[0] ?? ''),
            ),
          ),
        ),
      )
    }
  })

  it('refuses a list whose last line does not end', () => {
    expect(() => feed(kernel.tree('line'), utf8('a\nb'))).toThrow(RangeError)
    expect(() => feed(kernel.tree('id'), utf8('a\nb\tc'))).toThrow(RangeError)
    expect(() => kernel.treeOfHashes(new Uint8Array(33))).toThrow(RangeError)
  })

  it('computes tickets as the hash of key and id', () => {
    const ids = Array.from({ length: 2500 }, (_, i) => 'aZ09._:-'.repeat(7).slice(0, 1 + (i % 55)))
    const flat = kernel.tickets(KEY, ids)
    ids.forEach((id, i) => {
      expect(toHex(flat.subarray(32 * i, 32 * i + 32))).toBe(toHex(h(utf8(KEY + id))))
    })
    expect(kernel.tickets(KEY, []).length).toBe(0)
    for (const id of ['', 'x'.repeat(56), '青', 'a\n', 'a b']) {
      expect(() => kernel.tickets(KEY, ['a', id])).toThrow(RangeError)
    }
    expect(() => kernel.tickets(KEY.toUpperCase(), ['a'])).toThrow(RangeError)
  })

  it('serves several running objects at once, and refuses one that has finished where it would mix them', () => {
    const one = kernel.tree('line')
    const two = kernel.tree('line')
    one.update(utf8('a\nb'))
    two.update(utf8('c\n'))
    one.update(utf8('\n'))
    expect(two.finish().root).toEqual(rootOf(h, leavesOf(h, ['c'])))
    expect(one.finish().root).toEqual(rootOf(h, leavesOf(h, ['a', 'b'])))
    if (kernel.name === 'wasm-simd') expect(() => one.update(utf8('d\n'))).toThrow('update after finish')
  })
})

describe('known answers', () => {
  it('the trees of RFC 6962 over the leaves of its reference implementation', () => {
    const leaves = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const hashes = leaves.map((leaf) => sha256(concat(Uint8Array.of(0), fromHex(leaf))))
    const roots: Record<number, string> = {
      0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    }
    for (const [n, root] of Object.entries(roots)) {
      for (const kernel of [wasm, jsKernel('sha256')])
        expect(toHex(kernel.treeOfHashes(concat(...hashes.slice(0, Number(n)))))).toBe(root)
    }
  })
})
