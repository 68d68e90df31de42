import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '../src/bytes.ts'
import {
  consistencyPath,
  consistent,
  inclusionPath,
  includes,
  leafHash,
  saltedLeafHash,
  saltedTreeRoot,
  treeRoot,
} from '../src/merkle.ts'

/** The leaves and roots that the Certificate Transparency reference implementation is tested with. */
const INPUTS = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map(fromHex)
const ROOTS: Readonly<Record<number, string>> = {
  0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
}

const MOST = 64
const leaves = Array.from({ length: MOST }, (_, i) => leafHash('sha256', utf8(`leaf ${i}`)))
const roots = Array.from({ length: MOST + 1 }, (_, n) => treeRoot('sha256', leaves.slice(0, n)))
const bent = (hash: Uint8Array): Uint8Array => hash.map((b, i) => (i === 5 ? b ^ 4 : b))
const at = <T>(list: readonly T[], i: number): T => list[i] as T

describe('trees of RFC 6962', () => {
  it.each(Object.entries(ROOTS))('the root of %s leaves is the published one', (count, root) => {
    const hashes = INPUTS.slice(0, Number(count)).map((input) => leafHash('sha256', input))
    expect(toHex(treeRoot('sha256', hashes))).toBe(root)
  })

  it('every leaf of every tree up to 64 is proven; in its place, at its size and nowhere else', () => {
    for (let size = 1; size <= MOST; size++) {
      const root = at(roots, size)
      for (let index = 0; index < size; index++) {
        const path = inclusionPath('sha256', leaves.slice(0, size), index)
        const place = { index, size, path }
        const leaf = at(leaves, index)
        const holds = includes('sha256', leaf, place, root)
        const refused =
          includes('sha256', bent(leaf), place, root) ||
          includes('sha256', leaf, place, bent(root)) ||
          includes('sha256', leaf, { ...place, index: index ^ 1 }, root) ||
          includes('sha256', leaf, { ...place, index: size }, root) ||
          includes('sha256', leaf, { ...place, path: [...path, root] }, root) ||
          path.some((hash, i) =>
            includes('sha256', leaf, { ...place, path: path.with(i, bent(hash)) }, root),
          ) ||
          (path.length > 0 && includes('sha256', leaf, { ...place, path: path.slice(1) }, root))
        if (!holds || refused)
          expect({ size, index, holds, refused }).toEqual({ holds: true, refused: false })
      }
    }
  })

  it('every tree up to 64 continues every smaller one, and no corrupted proof says so', () => {
    for (let size = 0; size <= MOST; size++)
      for (let older = 0; older <= size; older++) {
        const path = consistencyPath('sha256', leaves.slice(0, size), older)
        const first = { size: older, root: at(roots, older) }
        const second = { size, root: at(roots, size) }
        const holds = consistent('sha256', first, second, path)
        const refused =
          consistent('sha256', first, second, [...path, second.root]) ||
          path.some((hash, i) => consistent('sha256', first, second, path.with(i, bent(hash)))) ||
          (path.length > 0 && consistent('sha256', first, second, path.slice(1))) ||
          (path.length > 0 && consistent('sha256', first, second, path.slice(0, -1))) ||
          (older > 0 && consistent('sha256', { ...first, root: bent(first.root) }, second, path)) ||
          (older > 0 && consistent('sha256', first, { ...second, root: bent(second.root) }, path)) ||
          (size > older && consistent('sha256', second, first, path))
        if (!holds || refused)
          expect({ size, older, holds, refused }).toEqual({ holds: true, refused: false })
      }
  })

  it('a tree of other leaves does not continue this one', () => {
    const others = leaves.with(3, bent(at(leaves, 3)))
    const path = consistencyPath('sha256', others, 20)
    const newer = { size: MOST, root: treeRoot('sha256', others) }
    expect(consistent('sha256', { size: 20, root: at(roots, 20) }, newer, path)).toBe(false)
  })

  it('a salted tree is ordered by its leaves’ hashes, so that the order of lines tells nothing', () => {
    const salted = ['a', 'b', 'c', 'd', 'e'].map((line, i) =>
      saltedLeafHash('sha256', new Uint8Array(32).fill(i), utf8(line)),
    )
    const root = toHex(saltedTreeRoot('sha256', salted))
    expect(toHex(saltedTreeRoot('sha256', salted.toReversed()))).toBe(root)
    expect(toHex(treeRoot('sha256', salted.map(toHex).toSorted().map(fromHex)))).toBe(root)
  })

  it('leaves and nodes are not taken for each other', () => {
    const [a, b] = [at(leaves, 0), at(leaves, 1)]
    const joined = new Uint8Array([...a, ...b])
    expect(toHex(leafHash('sha256', joined))).not.toBe(toHex(treeRoot('sha256', [a, b])))
  })
})
