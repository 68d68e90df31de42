// The proof that one line stands in a committed list: an RFC 6962 path, salted where the list was sealed.

import { compareBytes, toHex, utf8 } from './bytes.ts'
import type { Alg } from './hash.ts'
import { kernelFor } from './kernel/index.ts'
import { readTable } from './lists/form.ts'
import { inclusionPath, includes, leafHash, saltedLeafHash } from './merkle.ts'
import { saltKey, saltOf } from './people/salted.ts'

/** A line with its path. `salt` (64 hex) stands exactly in salted trees. */
export interface ListProof {
  /** A list's file name, or `register` for the ids of population and exclusions together. */
  readonly of: string
  readonly line: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly root: string
  readonly salt?: string
  /** Whether the path leads to the committed root. */
  readonly holds: boolean
}

/** Proves lines of one list. */
export class ListProver {
  readonly #alg: Alg
  readonly #of: string
  readonly #bytes: Uint8Array
  readonly #root: Uint8Array
  readonly #secret: string | undefined
  #lines: readonly string[] | undefined
  #starts: Uint32Array | undefined

  /** `bytes` is the list's file; `root` the committed one; `secret` the salts' secret of a sealed list. */
  constructor(alg: Alg, of: string, bytes: Uint8Array, root: Uint8Array, secret?: string) {
    this.#alg = alg
    this.#of = of
    this.#bytes = bytes
    this.#root = root
    this.#secret = secret
  }

  /** The proof of the line whose first column is `id`, or nothing where there is none. */
  proofOf(id: string): ListProof | undefined {
    this.#lines ??= readTable(this.#bytes).lines
    const at = this.#lines.findIndex((line) => line === id || line.startsWith(`${id}\t`))
    const line = this.#lines[at]
    if (line === undefined) return undefined
    return this.#secret === undefined
      ? this.#plain(line, at, this.#lines.length)
      : this.#salted(line, this.#lines, this.#secret)
  }

  #plain(line: string, index: number, size: number): ListProof {
    const path = this.#pathOf(index, 0, size)
    return this.#proof(line, leafHash(this.#alg, utf8(line)), { index, size, path })
  }

  #salted(line: string, lines: readonly string[], secret: string): ListProof {
    const key = saltKey(this.#alg, secret, this.#of)
    const saltFor = (text: string): Uint8Array => saltOf(this.#alg, key, text.split('\t', 1)[0] as string)
    const leaves = lines.map((text) => saltedLeafHash(this.#alg, saltFor(text), utf8(text)))
    const own = saltedLeafHash(this.#alg, saltFor(line), utf8(line))
    const ordered = leaves.toSorted(compareBytes)
    const index = ordered.findIndex((leaf) => compareBytes(leaf, own) === 0)
    const path = inclusionPath(this.#alg, ordered, index)
    return {
      ...this.#proof(line, own, { index, size: lines.length, path }),
      salt: toHex(saltFor(line)),
    }
  }

  #proof(
    line: string,
    leaf: Uint8Array,
    place: { index: number; size: number; path: readonly Uint8Array[] },
  ): ListProof {
    return {
      of: this.#of,
      line,
      index: place.index,
      size: place.size,
      path: place.path.map(toHex),
      root: toHex(this.#root),
      holds: includes(this.#alg, leaf, place, this.#root),
    }
  }

  /** The path of leaf `index` in lines lo…hi−1, from its sibling up. Other halves are hashed as whole blocks. */
  #pathOf(index: number, lo: number, hi: number): Uint8Array[] {
    if (hi - lo < 2) return []
    let half = 1
    while (half * 2 < hi - lo) half *= 2
    const middle = lo + half
    return index < middle
      ? [...this.#pathOf(index, lo, middle), this.#rootOf(middle, hi)]
      : [...this.#pathOf(index, middle, hi), this.#rootOf(lo, middle)]
  }

  #rootOf(lo: number, hi: number): Uint8Array {
    this.#starts ??= lineStarts(this.#bytes)
    const tree = kernelFor(this.#alg).tree('line')
    tree.update(this.#bytes.subarray(this.#starts[lo], this.#starts[hi]))
    return tree.finish().root
  }
}

/** Where each line begins, and the end of the last. */
function lineStarts(bytes: Uint8Array): Uint32Array {
  const starts = [0]
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}
