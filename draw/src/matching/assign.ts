// Stage ASSIGN of M/1: every subject in rank order gets a least-loaded candidate; where none is below the common load u,
// a chain makes room; where no chain ends, u rises, or the subjects seen prove that the cap forbids it.

import { Candidates, clearBit, countBits, lowestBit, setBit } from './candidates.ts'
import { ceilDiv } from './integers.ts'
import type { KeyedStream } from './keyed-hash.ts'
import { Loads } from './loads.ts'
import type { Ranked } from './ranked.ts'
import { Search } from './search.ts'

/** A full assignment before smoothing. */
export interface Assigned {
  readonly kind: 'assigned'
  readonly loads: Loads
  readonly candidates: Candidates
  readonly augmentations: number
  readonly raises: number
}

/** Subject `subject` (rank) has fewer candidates than its demand. */
export interface ShortRank {
  readonly kind: 'short'
  readonly subject: number
}

/** A Hall set by rank, both ascending: demand − crossing > cap · |inspectors|. */
export interface HallRank {
  readonly kind: 'hall'
  readonly subjects: readonly number[]
  readonly inspectors: readonly number[]
  readonly demand: number
  readonly crossing: number
}

/** Whether the assigner goes on without the subject whose Hall set is given; true: it is left out, as if never there. */
export type Leaving = (hall: HallRank, subject: number) => boolean

/** Runs ASSIGN. Without `leaving` every Hall set ends it. */
export function assign(ranked: Ranked, leaving: Leaving = () => false): Assigned | ShortRank | HallRank {
  const candidates = new Candidates(ranked)
  const short = ranked.subjects.findIndex((_, o) => candidates.count(o) < ranked.demand[o]!)
  if (short >= 0) return { kind: 'short', subject: short }
  const assigner = new Assigner(ranked, candidates)
  for (let o = 0; o < ranked.subjects.length; o++) {
    const hall = assigner.serve(o)
    if (hall === undefined) continue
    if (!leaving(hall, o)) return hall
    assigner.forget(o)
  }
  return assigner.finished(ranked)
}

/** The common load that ASSIGN starts from: ⌈T / nI⌉. */
export function startLoad(total: number, inspectors: number): number {
  return inspectors === 0 ? 0 : ceilDiv(total, inspectors)
}

class Assigner {
  readonly #demand: Int32Array
  readonly #cap: number
  readonly #candidates: Candidates
  readonly #loads: Loads
  readonly #levels: Levels
  readonly #search: Search
  readonly #everybody: Int32Array
  readonly #stream: KeyedStream
  #u: number
  #augmentations = 0
  #raises = 0
  /** Changes since the subject at hand began, to take them back: subject, inspector, +1 or −1. */
  readonly #changes: { p: number; i: number; by: 1 | -1 }[] = []
  #begun: { stream: ReturnType<KeyedStream['mark']>; u: number; augmentations: number; raises: number }

  constructor(ranked: Ranked, candidates: Candidates) {
    this.#demand = ranked.demand
    this.#cap = ranked.cap
    this.#candidates = candidates
    this.#loads = new Loads(ranked)
    this.#levels = new Levels(ranked, candidates)
    this.#search = new Search(candidates, this.#loads, ranked.inspectors.length)
    this.#everybody = new Int32Array(candidates.width).fill(-1)
    this.#stream = ranked.stream('assign')
    this.#u = startLoad(ranked.total, ranked.inspectors.length)
    this.#begun = this.#mark()
  }

  /** Gives o all that it needs, or returns why nobody can. */
  serve(o: number): HallRank | undefined {
    this.#begun = this.#mark()
    this.#changes.length = 0
    while (this.#loads.taken(o) < this.#demand[o]!) {
      const i = this.#levels.pick(o, this.#loads.of(o), this.#u, this.#stream)
      if (i >= 0) this.#add(o, i)
      else if (!this.#makeRoom(o)) {
        const hall = this.#hall()
        const need = ceilDiv(hall.demand - hall.crossing, hall.inspectors.length)
        if (need <= this.#u) throw new Error('a failed search must ask for a higher load')
        if (need > this.#cap) return hall
        this.#u = need
        this.#raises++
      }
    }
    return undefined
  }

  /** Takes back all that `serve` did since o began. */
  forget(o: number): void {
    for (let change = this.#changes.pop(); change !== undefined; change = this.#changes.pop())
      if (change.by === 1) this.#drop(change.p, change.i)
      else this.#put(change.p, change.i)
    if (this.#loads.taken(o) !== 0) throw new Error('a forgotten subject still holds an inspector')
    this.#stream.goBack(this.#begun.stream)
    this.#u = this.#begun.u
    this.#augmentations = this.#begun.augmentations
    this.#raises = this.#begun.raises
    this.#levels.rewind()
  }

  /**
   * The assignment, or, where the start load was above the cap and was reached by all, the whole problem as the Hall set.
   * ⌈T/nI⌉ > cap says exactly that T > cap · nI.
   */
  finished(ranked: Ranked): Assigned | HallRank {
    const nI = ranked.inspectors.length
    const subjects = Array.from(ranked.subjects.keys()).filter((o) => this.#loads.taken(o) > 0)
    const demand = subjects.reduce((sum, o) => sum + ranked.demand[o]!, 0)
    if (demand > this.#cap * nI)
      return { kind: 'hall', subjects, inspectors: Array.from(ranked.inspectors.keys()), demand, crossing: 0 }
    return {
      kind: 'assigned',
      loads: this.#loads,
      candidates: this.#candidates,
      augmentations: this.#augmentations,
      raises: this.#raises,
    }
  }

  #makeRoom(o: number): boolean {
    const light = this.#u - 1
    this.#search.begin(this.#everybody)
    let end = this.#search.expand(o, -1, light)
    if (end < 0) end = this.#search.run(light)
    if (end < 0) return false
    this.#search.walkBack(end, (p, from, to) => {
      if (from >= 0) this.#remove(p, from)
      this.#add(p, to)
    })
    this.#augmentations++
    return true
  }

  #hall(): HallRank {
    const subjects = this.#search.seen.toSorted((a, b) => a - b)
    const inspectors = this.#search.queue.toSorted((a, b) => a - b)
    let demand = 0
    let crossing = 0
    for (const p of subjects) {
      demand += this.#demand[p]!
      for (const i of this.#loads.of(p)) if (!this.#search.reached(i)) crossing++
    }
    return { kind: 'hall', subjects, inspectors, demand, crossing }
  }

  #mark(): { stream: ReturnType<KeyedStream['mark']>; u: number; augmentations: number; raises: number } {
    return {
      stream: this.#stream.mark(),
      u: this.#u,
      augmentations: this.#augmentations,
      raises: this.#raises,
    }
  }

  #add(p: number, i: number): void {
    this.#put(p, i)
    this.#changes.push({ p, i, by: 1 })
  }

  #remove(p: number, i: number): void {
    this.#drop(p, i)
    this.#changes.push({ p, i, by: -1 })
  }

  #put(p: number, i: number): void {
    this.#levels.move(i, this.#loads.load(i), 1)
    this.#loads.add(p, i)
  }

  #drop(p: number, i: number): void {
    this.#levels.move(i, this.#loads.load(i), -1)
    this.#loads.remove(p, i)
  }
}

/** Inspectors by load, as bits, so that "the least loaded of A[o], ascending" is a few word operations. */
class Levels {
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
  pick(o: number, taken: Int32Array, u: number, stream: KeyedStream): number {
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
