// A partial assignment while ASSIGN and SMOOTH build it: asg[o] and held[i], each the mirror of the other.

import type { Ranked } from './ranked.ts'
import { SortedRows } from './sorted-rows.ts'

/** asg and held. Subject o's inspectors stand in places first[o] … first[o] + taken(o) − 1, in no order. */
export class Loads {
  readonly first: Int32Array
  /** The inspector in each place; a full assignment has T places. */
  readonly places: Int32Array
  readonly #taken: Int32Array
  readonly #held: SortedRows

  constructor(ranked: Ranked) {
    const nO = ranked.subjects.length
    this.first = new Int32Array(nO + 1)
    for (let o = 0; o < nO; o++) this.first[o + 1] = this.first[o]! + ranked.demand[o]!
    this.places = new Int32Array(ranked.total)
    this.#taken = new Int32Array(nO)
    this.#held = new SortedRows(ranked.inspectors.length)
  }

  /** |asg[o]|. */
  taken(o: number): number {
    return this.#taken[o]!
  }

  /** The inspectors of o, in no order; a view that the next change alters. */
  of(o: number): Int32Array {
    return this.places.subarray(this.first[o]!, this.first[o]! + this.#taken[o]!)
  }

  /** load(i). */
  load(i: number): number {
    return this.#held.size(i)
  }

  /** held[i][k], ascending, 0 ≤ k < load(i). */
  held(i: number, k: number): number {
    return this.#held.at(i, k)
  }

  add(o: number, i: number): void {
    this.places[this.first[o]! + this.#taken[o]!++] = i
    this.#held.insert(i, o)
  }

  remove(o: number, i: number): void {
    const from = this.first[o]!
    const last = from + --this.#taken[o]!
    const at = this.places.indexOf(i, from)
    if (at < from || at > last) throw new Error('removed a pair that is not in the assignment')
    this.places[at] = this.places[last]!
    this.#held.remove(i, o)
  }
}
