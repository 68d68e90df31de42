// The search that ASSIGN and SMOOTH share: breadth first over chains "i gives p up to j", in the order of the protocol.

import { type Candidates, clearBit, lowestBit } from './candidates.ts'
import type { Loads } from './loads.ts'

/** One breadth-first search over inspectors. `open` is the set of those it has not reached, as bits. */
export class Search {
  /** The inspectors reached, in order; `reach` and `start` put them there. */
  readonly queue: number[] = []
  /** The subjects expanded, in order. */
  readonly seen: number[] = []
  readonly #candidates: Candidates
  readonly #loads: Loads
  readonly #open: Int32Array
  readonly #scratch: Int32Array
  readonly #expanded: Uint8Array
  readonly #via: Int32Array
  readonly #from: Int32Array
  #popped = 0

  constructor(candidates: Candidates, loads: Loads, inspectors: number) {
    this.#candidates = candidates
    this.#loads = loads
    this.#open = new Int32Array(candidates.width)
    this.#scratch = new Int32Array(candidates.width)
    this.#expanded = new Uint8Array(loads.first.length)
    this.#via = new Int32Array(inspectors)
    this.#from = new Int32Array(inspectors)
  }

  /** Begins anew with the inspectors of `open` not reached. */
  begin(open: Int32Array): void {
    this.#open.set(open)
    for (const p of this.seen) this.#expanded[p] = 0
    this.seen.length = 0
    this.queue.length = 0
    this.#popped = 0
  }

  /** Reaches i as a root: a chain ends there without giving anything up. */
  root(i: number): void {
    clearBit(this.#open, i)
    this.#via[i] = -1
    this.queue.push(i)
  }

  /**
   * Reaches every open j in A[p] that p has not got, ascending, from inspector f (−1: none) through subject p. Returns
   * the first j with load(j) ≤ `light`, which ends the search, or −1. A subject is expanded once: a second time would
   * reach nobody new.
   */
  expand(p: number, f: number, light: number): number {
    if (this.#expanded[p] === 1) return -1
    this.#expanded[p] = 1
    this.seen.push(p)
    const found = this.#scratch
    this.#candidates.intersect(p, this.#open, found)
    for (const i of this.#loads.of(p)) clearBit(found, i)
    for (let w = 0; w < found.length; w++)
      for (let word = found[w]!; word !== 0; word &= word - 1) {
        const j = 32 * w + lowestBit(word)
        clearBit(this.#open, j)
        this.#via[j] = p
        this.#from[j] = f
        if (this.#loads.load(j) <= light) return j
        this.queue.push(j)
      }
    return -1
  }

  /** Expands what the reached inspectors hold, first in first out, until a chain ends (its last inspector) or −1. */
  run(light: number): number {
    while (this.#popped < this.queue.length) {
      const f = this.queue[this.#popped++]!
      for (let k = 0; k < this.#loads.load(f); k++) {
        const end = this.expand(this.#loads.held(f, k), f, light)
        if (end >= 0) return end
      }
    }
    return -1
  }

  /** The chain that ends in `end`, last step first: give(p, from, to), where from = −1 at a subject that had a place free. */
  walkBack(end: number, give: (p: number, from: number, to: number) => void): void {
    for (let i = end; ;) {
      const p = this.#via[i]!
      if (p < 0) return
      const f = this.#from[i]!
      give(p, f, i)
      if (f < 0) return
      i = f
    }
  }

  /** Has the search reached i? */
  reached(i: number): boolean {
    return ((this.#open[i >> 5]! >>> (i & 31)) & 1) === 0
  }
}
