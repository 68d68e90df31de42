// Makes a Hall set small enough to say to a person: drops inspectors, then subjects, while the proof still holds.

import { compareAscii } from '../bytes.ts'
import { Candidates, clearBit, countBits, lowestBit, setBit } from './candidates.ts'
import type { Hall } from './problem.ts'
import type { Ranked } from './ranked.ts'

/**
 * A Hall set inside `hall` from which no subject and no inspector can be taken away. The numbers are those of the smaller
 * set: `crossing` is demand less the visits that must fall on its inspectors.
 */
export function shrink(ranked: Ranked, hall: Hall): Hall {
  const subjects = ranksOf(ranked.subjects, hall.subjects)
  const inspectors = ranksOf(ranked.inspectors, hall.inspectors)
  const view = new HallView(ranked, subjects, inspectors)
  // First whoever adds at least as much room as need, then subjects: the inspectors that stay are those of the whole shortage.
  view.dropInspectors(ranked.cap)
  view.dropSubjects()
  for (let dropped = true; dropped;) {
    dropped = view.dropInspectors()
    if (view.dropSubjects()) dropped = true
  }
  const demand = [...view.needs.keys()].reduce((sum, o) => sum + ranked.demand[o]!, 0)
  return {
    kind: 'hall',
    subjects: [...view.needs.keys()].map((o) => ranked.subjects[o]!).sort(compareAscii),
    inspectors: [...view.inspectors].map((i) => ranked.inspectors[i]!).sort(compareAscii),
    demand,
    crossing: demand - view.visits,
    cap: ranked.cap,
  }
}

/**
 * Per subject rank of the whole problem, the visits that must fall on `inspectors` (ids); only those above 0. Subjects that
 * are short by themselves are not counted.
 */
export function needsOn(ranked: Ranked, inspectors: readonly string[]): ReadonlyMap<number, number> {
  const candidates = new Candidates(ranked)
  const subjects = [...ranked.subjects.keys()].filter((o) => candidates.count(o) >= ranked.demand[o]!)
  return new HallView(ranked, subjects, ranksOf(ranked.inspectors, inspectors)).needs
}

function ranksOf(ids: readonly string[], wanted: readonly string[]): number[] {
  const set = new Set(wanted)
  return [...ids.keys()].filter((at) => set.has(ids[at]!))
}

class HallView {
  /** Subject rank → visits that must fall on the inspectors, above 0. */
  readonly needs = new Map<number, number>()
  readonly inspectors: Set<number>
  /** Sum of the needs. */
  visits = 0
  readonly #ranked: Ranked
  readonly #candidates: Candidates
  readonly #bits: Int32Array
  readonly #scratch: Int32Array

  constructor(ranked: Ranked, subjects: readonly number[], inspectors: readonly number[]) {
    this.#ranked = ranked
    this.#candidates = new Candidates(ranked)
    this.#bits = new Int32Array(this.#candidates.width)
    this.#scratch = new Int32Array(this.#candidates.width)
    this.inspectors = new Set(inspectors)
    for (const i of inspectors) setBit(this.#bits, i)
    for (const o of subjects) this.#count(o)
  }

  /** An inspector whom few of the subjects may get adds more room than need: without him the proof is as good. */
  dropInspectors(mostTakers = Infinity): boolean {
    let dropped = false
    const wanting = this.#wanting()
    for (const i of [...this.inspectors].sort((a, b) => wanting[a]! - wanting[b]!)) {
      const takers = [...this.needs.keys()].filter((o) => this.#candidates.has(o, i))
      if (takers.length > mostTakers) continue
      if (this.visits - takers.length <= this.#ranked.cap * (this.inspectors.size - 1)) continue
      this.inspectors.delete(i)
      clearBit(this.#bits, i)
      for (const o of takers) this.#lower(o, 1)
      dropped = true
    }
    return dropped
  }

  dropSubjects(): boolean {
    let dropped = false
    for (const [o, need] of [...this.needs].sort(([a], [b]) => b - a)) {
      if (this.visits - need <= this.#ranked.cap * this.inspectors.size) continue
      this.#lower(o, need)
      dropped = true
    }
    return dropped
  }

  #count(o: number): void {
    this.#candidates.intersect(o, this.#bits, this.#scratch)
    let inside = 0
    for (const word of this.#scratch) inside += countBits(word)
    const need = this.#ranked.demand[o]! - (this.#candidates.count(o) - inside)
    if (need <= 0) return
    this.needs.set(o, need)
    this.visits += need
  }

  #wanting(): Int32Array {
    const wanting = new Int32Array(this.#ranked.inspectors.length)
    for (const o of this.needs.keys()) {
      this.#candidates.intersect(o, this.#bits, this.#scratch)
      for (let w = 0; w < this.#scratch.length; w++)
        for (let word = this.#scratch[w]!; word !== 0; word &= word - 1) wanting[32 * w + lowestBit(word)]!++
    }
    return wanting
  }

  #lower(o: number, by: number): void {
    const need = this.needs.get(o)! - by
    if (need === 0) this.needs.delete(o)
    else this.needs.set(o, need)
    this.visits -= by
  }
}
