// Stage MIX of M/1: a symmetric random walk over the assignments inside the load band, so that each is equally likely.

import type { Candidates } from './candidates.ts'
import { ceilDiv, floorDiv } from './integers.ts'
import type { Stream } from '../stream.ts'
import type { Loads } from './loads.ts'
import type { Tolerance } from './problem.ts'
import type { Ranked } from './ranked.ts'
import { SortedRows } from './sorted-rows.ts'

/** um, lm: greatest and least load after SMOOTH; u2, l2: the loads that MIX may reach. */
export interface Band {
  readonly um: number
  readonly lm: number
  readonly u2: number
  readonly l2: number
}

/** The band around smoothed loads. `inspectors` is nI; without any the band is all zeros. */
export function bandOf(loads: Loads, inspectors: number, tau: Tolerance, cap: number): Band {
  let um = 0
  let lm = inspectors === 0 ? 0 : loads.load(0)
  for (let i = 0; i < inspectors; i++) {
    um = Math.max(um, loads.load(i))
    lm = Math.min(lm, loads.load(i))
  }
  const { num, den } = tau
  const l2 = num >= den ? 0 : floorDiv(lm * (den - num), den)
  return { um, lm, u2: Math.min(cap, ceilDiv(um * (den + num), den)), l2 }
}

/** R: how many proposals MIX makes over T slots. Without slots there is nothing to propose. */
export function proposalsFor(slots: number, mix: number): number {
  return slots === 0 ? 0 : Math.max(2000, mix * slots)
}

/** The state of MIX: slot x belongs to subject ob[x] and holds inspector at[x]; a subject's slots stand together. */
export class Chain {
  /** The subject of each slot, and the first slot of each subject. */
  readonly ob: Int32Array
  readonly first: Int32Array
  /** The inspector in each slot. */
  readonly at: Int32Array
  swaps = 0
  moves = 0
  readonly #slotsOf: SortedRows
  readonly #candidates: Candidates
  readonly #stream: Stream
  readonly #u2: number
  readonly #l2: number

  constructor(ranked: Ranked, loads: Loads, candidates: Candidates, band: Band) {
    this.first = loads.first
    this.at = loads.places.slice()
    this.ob = new Int32Array(ranked.total)
    this.#slotsOf = new SortedRows(ranked.inspectors.length)
    for (let o = 0; o < ranked.subjects.length; o++) {
      this.at.subarray(this.first[o]!, this.first[o + 1]!).sort()
      this.ob.fill(o, this.first[o]!, this.first[o + 1]!)
    }
    this.at.forEach((i, x) => this.#slotsOf.insert(i, x))
    this.#candidates = candidates
    this.#stream = ranked.stream('mix')
    this.#u2 = band.u2
    this.#l2 = band.l2
  }

  /** Makes `count` proposals, one after the other. */
  run(count: number): void {
    for (let k = 0; k < count; k++) this.#propose()
  }

  /** |SL[i]|, the load of i. */
  load(i: number): number {
    return this.#slotsOf.size(i)
  }

  // x, j and y are always drawn, in this order, whatever becomes of the proposal.
  #propose(): void {
    const x = this.#stream.below(this.ob.length)
    const o = this.ob[x]!
    const j = this.#candidates.at(o, this.#stream.below(this.#candidates.count(o)))
    const y = this.#stream.below(this.#u2)
    if (this.#holds(o, j)) return
    const i = this.at[x]!
    const size = this.#slotsOf.size(j)
    if (y < size) this.#swap(x, i, this.#slotsOf.at(j, y), j)
    else if (y === size && this.#slotsOf.size(i) > this.#l2) {
      this.at[x] = j
      this.#slotsOf.remove(i, x)
      this.#slotsOf.insert(j, x)
      this.moves++
    }
  }

  #swap(x: number, i: number, t: number, j: number): void {
    const p = this.ob[t]!
    if (this.#holds(p, i) || !this.#candidates.has(p, i)) return
    this.at[x] = j
    this.at[t] = i
    this.#slotsOf.replace(i, x, t)
    this.#slotsOf.replace(j, t, x)
    this.swaps++
  }

  #holds(o: number, i: number): boolean {
    for (let x = this.first[o]!; x < this.first[o + 1]!; x++) if (this.at[x] === i) return true
    return false
  }
}
