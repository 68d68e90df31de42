// Hall sets found in this run, so that the thousandth subject without hope is seen at once, without a thousandth search.

import { type Candidates, countBits, setBit } from './candidates.ts'
import type { HallRank } from './assign.ts'
import { startLoad } from './integers.ts'
import type { Ranked } from './ranked.ts'

interface KnownHall {
  readonly hall: HallRank
  readonly inspectors: Int32Array
  /** Visits of the subjects already served that nobody but these inspectors can make. */
  bound: number
}

/**
 * The sets of inspectors that were too few. A subject whose own unavoidable visits to one of them no longer fit beside those
 * of the subjects served before it fails whatever the search does; and as it is then the last of the Hall set, and the
 * shortage is never above its demand while u ≤ cap, it is the one who leaves.
 */
export class KnownHalls {
  readonly #ranked: Ranked
  readonly #candidates: Candidates
  readonly #halls: KnownHall[] = []
  readonly #scratch: Int32Array
  /** Where even the start load is above the cap, more than one subject may have to leave at once: nothing is kept then. */
  readonly #keeps: boolean

  constructor(ranked: Ranked, candidates: Candidates) {
    this.#ranked = ranked
    this.#candidates = candidates
    this.#scratch = new Int32Array(candidates.width)
    this.#keeps = startLoad(ranked.total, ranked.inspectors.length) <= ranked.cap
  }

  /** Keeps the Hall set that the left subject o made. */
  learn(hall: HallRank, o: number): void {
    if (!this.#keeps) return
    const inspectors = new Int32Array(this.#candidates.width)
    for (const i of hall.inspectors) setBit(inspectors, i)
    const bound = hall.demand - hall.crossing - this.#unavoidable(o, inspectors)
    this.#halls.push({ hall, inspectors, bound })
  }

  /** A known set that leaves no place for o; o has been added to it. */
  blocking(o: number): HallRank | undefined {
    for (const known of this.#halls) {
      const need = this.#unavoidable(o, known.inspectors)
      if (need === 0 || known.bound + need <= this.#ranked.cap * known.hall.inspectors.length) continue
      this.#enter(known.hall, o, need)
      return known.hall
    }
    return undefined
  }

  /** Counts o, which got all that it needs, wherever it depends on a known set. */
  served(o: number): void {
    for (const known of this.#halls) {
      const need = this.#unavoidable(o, known.inspectors)
      if (need === 0) continue
      known.bound += need
      this.#enter(known.hall, o, need)
    }
  }

  #enter(hall: HallRank, o: number, need: number): void {
    hall.subjects.push(o)
    hall.demand += this.#ranked.demand[o]!
    hall.crossing += this.#ranked.demand[o]! - need
  }

  #unavoidable(o: number, inspectors: Int32Array): number {
    this.#candidates.intersect(o, inspectors, this.#scratch)
    let inside = 0
    for (const word of this.#scratch) inside += countBits(word)
    return Math.max(0, this.#ranked.demand[o]! - this.#candidates.count(o) + inside)
  }
}
