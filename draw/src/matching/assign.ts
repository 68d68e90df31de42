// Stage ASSIGN of M/1: every subject in rank order gets a least-loaded candidate; where none is below the common load u,
// a chain makes room; where no chain ends, u rises, or the subjects seen prove that the cap forbids it.

import { Candidates } from './candidates.ts'
import { ceilDiv, startLoad } from './integers.ts'
import type { Stream } from '../stream.ts'
import { KnownHalls } from './known-halls.ts'
import { Levels } from './levels.ts'
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
  readonly subjects: number[]
  readonly inspectors: readonly number[]
  demand: number
  crossing: number
}

/**
 * What to do about a Hall set that the subject at hand (rank) makes: 'stop' ends ASSIGN with it; 'leave' goes on without the
 * subject, to find who else has no place. `known`: the set was found before, and now holds this subject too.
 */
export type Leaving = (hall: HallRank, subject: number, known: boolean) => 'leave' | 'stop'

/** Runs ASSIGN. Without `leaving` every Hall set ends it. */
export function assign(ranked: Ranked, leaving: Leaving = () => 'stop'): Assigned | ShortRank | HallRank {
  const candidates = new Candidates(ranked)
  const short = ranked.subjects.findIndex((_, o) => candidates.count(o) < ranked.demand[o]!)
  if (short >= 0) return { kind: 'short', subject: short }
  const assigner = new Assigner(ranked, candidates)
  const halls = new KnownHalls(ranked, candidates)
  for (let o = 0; o < ranked.subjects.length; o++) {
    const known = halls.blocking(o)
    const hall = known ?? assigner.serve(o)
    if (hall === undefined) {
      halls.served(o)
      continue
    }
    if (leaving(hall, o, known !== undefined) === 'stop') return hall
    if (known !== undefined) continue
    assigner.forget(o)
    halls.learn(hall, o)
  }
  return assigner.finished(ranked)
}

class Assigner {
  readonly #demand: Int32Array
  readonly #cap: number
  readonly #candidates: Candidates
  readonly #loads: Loads
  readonly #levels: Levels
  readonly #search: Search
  readonly #everybody: Int32Array
  readonly #stream: Stream
  #u: number
  #augmentations = 0
  #raises = 0
  /** Changes since the subject at hand began, to take them back: subject, inspector, +1 or −1. */
  readonly #changes: { p: number; i: number; by: 1 | -1 }[] = []

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
  }

  /** Gives o all that it needs, or returns why nobody can. */
  serve(o: number): HallRank | undefined {
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

  /**
   * Takes back every change of hands since o began. Not u and not the stream: whether a later subject can be served beside
   * those before it does not depend on them, and only that is asked of a run in which somebody was left out.
   */
  forget(o: number): void {
    for (let change = this.#changes.pop(); change !== undefined; change = this.#changes.pop())
      if (change.by === 1) this.#drop(change.p, change.i)
      else this.#put(change.p, change.i)
    if (this.#loads.taken(o) !== 0) throw new Error('a forgotten subject still holds an inspector')
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
