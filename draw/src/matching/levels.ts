// Who is least loaded: the choice that ASSIGN makes for every visit.

import { type Candidates, clearBit, countBits, lowestBit, setBit } from './candidates.ts'
import type { Stream } from '../stream.ts'
import type { Ranked } from './ranked.ts'

/** Inspectors by load, as bits, so that "the least loaded of A[o], ascending" is a few word operations. */
export class Levels {
  readonly #candidates: Candidates
  readonly #classOf: Int32Array
  readonly #levels: Int32Array[] = []
  readonly #counts: number[] = []
  readonly #scratch: Int32Array
  /** Per class, a level below which nobody eligible is; loads only rise while ASSIGN goes forward. */
  readonly #lowest: Int32Array

  constructor(ranked: Ranked, candidates: Candidates) {
    this.#candidates = candidates
    this.#classOf = ranked.classOf
    this.#scratch = new Int32Array(candidates.width)
    this.#lowest = new Int32Array(ranked.classes.length)
    const nobody = new Int32Array(candidates.width)
    for (let i = 0; i < ranked.inspectors.length; i++) setBit(nobody, i)
    this.#levels.push(nobody)
    this.#counts.push(ranked.inspectors.length)
  }

  move(i: number, load: number, by: 1 | -1): void {
    const to = load + by
    if (to === this.#levels.length) {
      this.#levels.push(new Int32Array(this.#scratch.length))
      this.#counts.push(0)
    }
    clearBit(this.#levels[load]!, i)
    setBit(this.#levels[to]!, i)
    this.#counts[load]!--
    this.#counts[to]!++
  }

  rewind(): void {
    this.#lowest.fill(0)
  }

  /** One of the least loaded of A[o] below load u and not among `taken`, each equally likely, or −1 where there is none. */
  pick(o: number, taken: Int32Array, u: number, stream: Stream): number {
    const c = this.#classOf[o]!
    for (let level = this.#lowest[c]!; level < Math.min(u, this.#levels.length); level++) {
      if (this.#counts[level] === 0) {
        this.#raiseLowest(c, level)
        continue
      }
      const found = this.#scratch
      this.#candidates.intersect(o, this.#levels[level]!, found)
      for (const i of taken) clearBit(found, i)
      let count = 0
      for (const word of found) count += countBits(word)
      if (count > 0) return this.#select(stream.below(count))
      this.#raiseLowest(c, level)
    }
    return -1
  }

  #raiseLowest(c: number, level: number): void {
    if (this.#lowest[c] === level && this.#candidates.noneEligible(c, this.#levels[level]!))
      this.#lowest[c] = level + 1
  }

  #select(k: number): number {
    let left = k
    for (let w = 0; ; w++) {
      let word = this.#scratch[w]!
      const count = countBits(word)
      if (left >= count) {
        left -= count
        continue
      }
      for (; left > 0; left--) word &= word - 1
      return 32 * w + lowestBit(word)
    }
  }
}
