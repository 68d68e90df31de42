// A[o], the inspectors whom subject o may get, never written out: its class's row without the subject's few conflicts.

import { lowerBound } from './sorted-rows.ts'
import type { Ranked, Rows } from './ranked.ts'

/** Membership, size and the k-th entry of A[o], and A[o] as bits, 32 ranks a word (rank i is bit i & 31 of word i >> 5). */
export class Candidates {
  /** Words of one set of inspectors. */
  readonly width: number
  readonly #classOf: Int32Array
  readonly #eligible: Rows
  readonly #classBits: Int32Array
  /** Per subject, the conflicting inspectors who would be eligible: ranks, and their positions in the class's row. */
  readonly #blockedStart: Int32Array
  readonly #blocked: Int32Array
  readonly #blockedAt: Int32Array

  constructor(ranked: Ranked) {
    this.width = (ranked.inspectors.length + 31) >> 5
    this.#classOf = ranked.classOf
    this.#eligible = ranked.eligible
    this.#classBits = classBits(ranked.eligible, this.width)
    const nO = ranked.subjects.length
    this.#blockedStart = new Int32Array(nO + 1)
    this.#blocked = new Int32Array(ranked.conflicts.entries.length)
    this.#blockedAt = new Int32Array(ranked.conflicts.entries.length)
    const { start, entries } = ranked.eligible
    let n = 0
    for (let o = 0; o < nO; o++) {
      const from = start[this.#classOf[o]!]!
      const to = start[this.#classOf[o]! + 1]!
      for (let k = ranked.conflicts.start[o]!; k < ranked.conflicts.start[o + 1]!; k++) {
        const i = ranked.conflicts.entries[k]!
        if (!this.#isEligible(o, i)) continue
        this.#blocked[n] = i
        this.#blockedAt[n++] = lowerBound(entries, from, to, i) - from
      }
      this.#blockedStart[o + 1] = n
    }
  }

  /** |A[o]|. */
  count(o: number): number {
    const c = this.#classOf[o]!
    return (
      this.#eligible.start[c + 1]! -
      this.#eligible.start[c]! -
      this.#blockedStart[o + 1]! +
      this.#blockedStart[o]!
    )
  }

  /** A[o][k], the k-th in ascending order from 0; 0 ≤ k < count(o). */
  at(o: number, k: number): number {
    const from = this.#blockedStart[o]!
    let low = from
    let high = this.#blockedStart[o + 1]!
    // The m-th blocked position b comes before the k-th free one exactly when b − m ≤ k, and b − m never falls.
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#blockedAt[middle]! - (middle - from) <= k) low = middle + 1
      else high = middle
    }
    return this.#eligible.entries[this.#eligible.start[this.#classOf[o]!]! + k + low - from]!
  }

  /** Is i in A[o]? */
  has(o: number, i: number): boolean {
    if (!this.#isEligible(o, i)) return false
    const end = this.#blockedStart[o + 1]!
    const at = lowerBound(this.#blocked, this.#blockedStart[o]!, end, i)
    return at === end || this.#blocked[at] !== i
  }

  /** Writes A[o] ∩ `among` into `out`, both `width` words. */
  intersect(o: number, among: Int32Array, out: Int32Array): void {
    const base = this.#classOf[o]! * this.width
    for (let w = 0; w < this.width; w++) out[w] = among[w]! & this.#classBits[base + w]!
    for (let k = this.#blockedStart[o]!; k < this.#blockedStart[o + 1]!; k++) clearBit(out, this.#blocked[k]!)
  }

  /** Is nobody of class c (its rank) in `among`? */
  noneEligible(c: number, among: Int32Array): boolean {
    for (let w = 0; w < this.width; w++)
      if ((among[w]! & this.#classBits[c * this.width + w]!) !== 0) return false
    return true
  }

  #isEligible(o: number, i: number): boolean {
    return ((this.#classBits[this.#classOf[o]! * this.width + (i >> 5)]! >>> (i & 31)) & 1) === 1
  }
}

/** Puts rank i into a set of bits. */
export function setBit(bits: Int32Array, i: number): void {
  bits[i >> 5]! |= 1 << (i & 31)
}

/** Takes rank i out of a set of bits. */
export function clearBit(bits: Int32Array, i: number): void {
  bits[i >> 5]! &= ~(1 << (i & 31))
}

/** How many bits of a 32-bit word are set. */
export function countBits(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555)
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333)
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24
}

/** The place (0…31) of the lowest bit of a word that is not 0. */
export function lowestBit(word: number): number {
  return 31 - Math.clz32(word & -word)
}

function classBits(eligible: Rows, width: number): Int32Array {
  const count = eligible.start.length - 1
  const bits = new Int32Array(count * width)
  for (let c = 0; c < count; c++) {
    const row = bits.subarray(c * width, (c + 1) * width)
    for (let k = eligible.start[c]!; k < eligible.start[c + 1]!; k++) setBit(row, eligible.entries[k]!)
  }
  return bits
}
