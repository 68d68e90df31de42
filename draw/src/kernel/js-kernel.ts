// The kernel in plain TypeScript: for SM3, and wherever WebAssembly with SIMD is missing.

import { concat, utf8 } from '../bytes.ts'
import { type Alg, hash, hasher } from '../hash.ts'
import { checkKey, type Kernel, type Running, type Tree } from './kernel.ts'
import { JsScan } from './js-scan.ts'
import { ID } from './population-line.ts'
import { beginningWith, type ShortHash } from '../short-hash.ts'

const LEAF = Uint8Array.of(0)
const NODE = Uint8Array.of(1)
const LF = 10
const TAB = 9

/** The kernel for either hash function, at about a tenth of the speed. */
export function jsKernel(alg: Alg): Kernel {
  return {
    name: 'js',
    hash: () => {
      const running = hasher(alg)
      return { update: (chunk) => void running.update(chunk), finish: () => running.digest() }
    },
    tree: (of) => new JsTree(alg, of === 'id'),
    treeOfHashes: (leaves) => {
      if (leaves.length % 32 !== 0) throw new RangeError('a leaf hash has 32 bytes')
      const stack = new Stack(alg)
      for (let at = 0; at < leaves.length; at += 32) stack.push(leaves.slice(at, at + 32))
      return stack.root()
    },
    scan: (options) => new JsScan(alg, options),
    tickets: (key, ids) => {
      checkKey(key)
      const ticketOf = beginningWith(alg, utf8(key))
      const out = new Uint8Array(32 * ids.length)
      ids.forEach((id, i) => {
        if (!ID.test(id)) throw new RangeError(`not an id: ${id.slice(0, 80)}`)
        out.set(ticketOf(utf8(id)), 32 * i)
      })
      return out
    },
  }
}

class JsTree implements Running<Tree> {
  readonly #leaf: ShortHash
  readonly #firstColumn: boolean
  readonly #stack: Stack
  #unended: Uint8Array[] = []

  constructor(alg: Alg, firstColumn: boolean) {
    this.#leaf = beginningWith(alg, LEAF)
    this.#firstColumn = firstColumn
    this.#stack = new Stack(alg)
  }

  update(chunk: Uint8Array): void {
    const first = chunk.indexOf(LF) + 1
    const last = chunk.lastIndexOf(LF) + 1
    if (last > 0) {
      this.#addLines(concat(...this.#unended, chunk.subarray(0, first)))
      this.#addLines(chunk.subarray(first, last))
      this.#unended = []
    }
    if (last < chunk.length) this.#unended.push(chunk.slice(last))
    if (this.#unended.length > 1000) this.#unended = [concat(...this.#unended)]
  }

  finish(): Tree {
    if (this.#unended.length > 0) throw new RangeError('the last line does not end with LF')
    return { root: this.#stack.root(), rows: this.#stack.size }
  }

  #addLines(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const end = bytes.indexOf(LF, at)
      const line = bytes.subarray(at, end)
      const column = this.#firstColumn ? line.indexOf(TAB) : -1
      this.#stack.push(this.#leaf(column < 0 ? line : line.subarray(0, column)))
      at = end + 1
    }
  }
}

/** Roots of perfect subtrees, largest first: as many as the leaves' number has ones in binary. */
class Stack {
  readonly #alg: Alg
  readonly #node: ShortHash
  readonly #roots: Uint8Array[] = []
  size = 0

  constructor(alg: Alg) {
    this.#alg = alg
    this.#node = beginningWith(alg, NODE)
  }

  push(leaf: Uint8Array): void {
    this.#roots.push(leaf)
    this.size++
    for (let n = this.size; n % 2 === 0; n /= 2) this.#merge()
  }

  root(): Uint8Array {
    while (this.#roots.length > 1) this.#merge()
    return this.#roots[0] ?? hash(this.#alg, new Uint8Array(0))
  }

  #merge(): void {
    const right = this.#roots.pop()
    const left = this.#roots.pop()
    if (!left || !right) throw new Error('nothing to merge')
    this.#roots.push(this.#node(left, right))
  }
}
