// RFC 6962 trees over 32-byte leaf hashes: root, inclusion and consistency, for the lists and for the log.

import { compareBytes, concat } from './bytes.ts'
import { type Alg, hash } from './hash.ts'

const LEAF = new Uint8Array([0])
const NODE = new Uint8Array([1])

/** H(0x00 ‖ line): the leaf hash of a line without its LF. */
export function leafHash(alg: Alg, line: Uint8Array): Uint8Array {
  return hash(alg, concat(LEAF, line))
}

/** H(0x00 ‖ salt ‖ line): the leaf hash of a salted line. `salt` is 32 raw bytes. */
export function saltedLeafHash(alg: Alg, salt: Uint8Array, line: Uint8Array): Uint8Array {
  return hash(alg, concat(LEAF, salt, line))
}

/** H(0x01 ‖ left ‖ right). */
export function nodeHash(alg: Alg, left: Uint8Array, right: Uint8Array): Uint8Array {
  return hash(alg, concat(NODE, left, right))
}

/** The root over leaf hashes in the given order; H("") where there are none. */
export function treeRoot(alg: Alg, leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return hash(alg, new Uint8Array(0))
  return rootOf(alg, leaves, 0, leaves.length)
}

/** The root of a salted tree: leaves ordered by their own hash, so that order tells nothing. */
export function saltedTreeRoot(alg: Alg, leaves: readonly Uint8Array[]): Uint8Array {
  return treeRoot(alg, leaves.toSorted(compareBytes))
}

/** The audit path of leaf `index`, from the leaf's sibling up. */
export function inclusionPath(alg: Alg, leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  const path: Uint8Array[] = []
  let lo = 0
  let hi = leaves.length
  while (hi - lo > 1) {
    const mid = lo + split(hi - lo)
    if (index < mid) {
      path.push(rootOf(alg, leaves, mid, hi))
      hi = mid
    } else {
      path.push(rootOf(alg, leaves, lo, mid))
      lo = mid
    }
  }
  return path.reverse()
}

/** Whether `path` leads from `leaf` at `index` to `root` in a tree of `size` leaves (RFC 9162 2.1.3.2). */
export function includes(
  alg: Alg,
  leaf: Uint8Array,
  place: { readonly index: number; readonly size: number; readonly path: readonly Uint8Array[] },
  root: Uint8Array,
): boolean {
  if (place.index >= place.size) return false
  const climb = new Climb(place.index, place.size - 1)
  let r = leaf
  for (const p of place.path) {
    if (climb.atTop) return false
    r = climb.rise() ? nodeHash(alg, p, r) : nodeHash(alg, r, p)
  }
  return climb.atTop && compareBytes(r, root) === 0
}

/** The proof that the tree of the first `size` leaves is the beginning of the whole (RFC 6962 2.1.2). */
export function consistencyPath(alg: Alg, leaves: readonly Uint8Array[], size: number): Uint8Array[] {
  if (size === 0 || size === leaves.length) return []
  return subproof(alg, leaves, { lo: 0, hi: leaves.length, size, whole: true })
}

/** Whether the tree (`size1`, `root1`) is the beginning of (`size2`, `root2`) by `path` (RFC 9162 2.1.4.2). */
export function consistent(
  alg: Alg,
  older: { readonly size: number; readonly root: Uint8Array },
  newer: { readonly size: number; readonly root: Uint8Array },
  path: readonly Uint8Array[],
): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return path.length === 0 && compareBytes(older.root, newer.root) === 0
  if (older.size === 0) return path.length === 0
  const powerOfTwo = split(older.size + 1) === older.size
  const steps = powerOfTwo ? [older.root, ...path] : [...path]
  const first = steps.shift()
  if (!first) return false
  const climb = new Climb(older.size - 1, newer.size - 1)
  climb.skipRights()
  let fr = first
  let sr = first
  for (const c of steps) {
    if (climb.atTop) return false
    if (climb.rise()) {
      fr = nodeHash(alg, c, fr)
      sr = nodeHash(alg, c, sr)
    } else sr = nodeHash(alg, sr, c)
  }
  return climb.atTop && compareBytes(fr, older.root) === 0 && compareBytes(sr, newer.root) === 0
}

/** The way of one node up to the root, level by level, beside the last node of each level (`fn`, `sn` of RFC 9162). */
class Climb {
  #node: number
  #last: number

  constructor(node: number, last: number) {
    this.#node = node
    this.#last = last
  }

  get atTop(): boolean {
    return this.#last === 0
  }

  /** Goes up one step of a path; true where that step's hash stands to the left of ours. */
  rise(): boolean {
    const right = this.#node % 2 === 1 || this.#node === this.#last
    // The last node of a level without a sibling goes up unhashed until it has one.
    if (right) while (this.#node % 2 === 0 && this.#node !== 0) this.#up()
    this.#up()
    return right
  }

  /** Goes up while ours is a right child: the levels that an older tree had filled. */
  skipRights(): void {
    while (this.#node % 2 === 1) this.#up()
  }

  #up(): void {
    this.#node = Math.floor(this.#node / 2)
    this.#last = Math.floor(this.#last / 2)
  }
}

/** The largest power of two below n, n > 1. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}

function rootOf(alg: Alg, leaves: readonly Uint8Array[], lo: number, hi: number): Uint8Array {
  if (hi - lo === 1) return leaves[lo] as Uint8Array
  const mid = lo + split(hi - lo)
  return nodeHash(alg, rootOf(alg, leaves, lo, mid), rootOf(alg, leaves, mid, hi))
}

function subproof(
  alg: Alg,
  leaves: readonly Uint8Array[],
  part: { readonly lo: number; readonly hi: number; readonly size: number; readonly whole: boolean },
): Uint8Array[] {
  const { lo, hi, size, whole } = part
  if (size === hi - lo) return whole ? [] : [rootOf(alg, leaves, lo, hi)]
  const k = split(hi - lo)
  if (size <= k)
    return [...subproof(alg, leaves, { lo, hi: lo + k, size, whole }), rootOf(alg, leaves, lo + k, hi)]
  const right = subproof(alg, leaves, { lo: lo + k, hi, size: size - k, whole: false })
  return [...right, rootOf(alg, leaves, lo, lo + k)]
}
