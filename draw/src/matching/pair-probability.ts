// How predictable a match was: the walk of MIX goes on after the output is fixed, and we count how often each pair meets.
// Subjects that cannot be told apart are counted together, and so are inspectors; that makes the estimate sharp.

import { floorDiv } from './integers.ts'
import type { Chain } from './mix.ts'
import type { Ranked, Rows } from './ranked.ts'

/** A probability num/den, not reduced. */
export interface Probability {
  readonly num: number
  readonly den: number
}

/** K: how many further blocks of T proposals are counted. */
export function blocksFor(slots: number): number {
  return slots === 0 ? 0 : Math.min(400, Math.max(16, floorDiv(2_000_000, slots)))
}

/**
 * The highest estimated probability that one subject meets one inspector: c / (K·|g|·|h|), greatest over the pairs of
 * groups (g, h), c being how often they met in the K states; equal fractions: the one with the least den. 0/1 without
 * slots. The chain stands after its R proposals, and is carried on.
 */
export function highestPairProbability(ranked: Ranked, chain: Chain): Probability {
  const slots = chain.ob.length
  const blocks = blocksFor(slots)
  const subjects = grouped(subjectKeys(ranked))
  const inspectors = grouped(inspectorKeys(ranked))
  const counts = new PairCounts(inspectors.sizes.length)
  for (let block = 0; block < blocks; block++) {
    chain.run(slots)
    for (let x = 0; x < slots; x++) counts.add(subjects.of[chain.ob[x]!]!, inspectors.of[chain.at[x]!]!)
  }
  let highest: Probability = { num: 0, den: 1 }
  counts.forEach((g, h, num) => {
    const candidate = { num, den: blocks * subjects.sizes[g]! * inspectors.sizes[h]! }
    if (isHigher(candidate, highest)) highest = candidate
  })
  return highest
}

/** Is a above b: the larger fraction, or an equal one with the smaller den? Exact. */
export function isHigher(a: Probability, b: Probability): boolean {
  const left = a.num * b.den
  const right = b.num * a.den
  if (left <= Number.MAX_SAFE_INTEGER && right <= Number.MAX_SAFE_INTEGER)
    return left > right || (left === right && a.den < b.den)
  const exact = BigInt(a.num) * BigInt(b.den) - BigInt(b.num) * BigInt(a.den)
  return exact > 0n || (exact === 0n && a.den < b.den)
}

interface Groups {
  /** Per member, its group. */
  readonly of: Int32Array
  readonly sizes: readonly number[]
}

function grouped(keys: readonly string[]): Groups {
  const groupOf = new Map<string, number>()
  const sizes: number[] = []
  const of = new Int32Array(keys.length)
  keys.forEach((key, member) => {
    const group = groupOf.get(key) ?? sizes.length
    groupOf.set(key, group)
    sizes[group] = (sizes[group] ?? 0) + 1
    of[member] = group
  })
  return { of, sizes }
}

// Alike: the same class, demand and conflicts.
function subjectKeys(ranked: Ranked): string[] {
  return ranked.subjects.map((_, o) => {
    const { start, entries } = ranked.conflicts
    return `${ranked.classOf[o]}/${ranked.demand[o]}/${entries.subarray(start[o]!, start[o + 1]!).join()}`
  })
}

// Alike: eligible for the same classes that occur, and in conflict with the same subjects.
function inspectorKeys(ranked: Ranked): string[] {
  const nI = ranked.inspectors.length
  const classes = rowsByEntry(occurring(ranked), nI)
  const subjects = rowsByEntry(ranked.conflicts, nI)
  return ranked.inspectors.map((_, i) => `${classes[i]!.join()}/${subjects[i]!.join()}`)
}

// After subjects have been left out, a class may have nobody.
function occurring(ranked: Ranked): Rows {
  const occurs = new Set(ranked.classOf)
  const { start, entries } = ranked.eligible
  const kept = ranked.classes.map((_, c) => (occurs.has(c) ? entries.subarray(start[c]!, start[c + 1]!) : []))
  const ends = new Int32Array(kept.length + 1)
  kept.forEach((row, c) => (ends[c + 1] = ends[c]! + row.length))
  return { start: ends, entries: Int32Array.from(kept.flatMap((row) => Array.from(row))) }
}

function rowsByEntry({ start, entries }: Rows, bound: number): number[][] {
  const rows: number[][] = Array.from({ length: bound }, () => [])
  for (let row = 0; row + 1 < start.length; row++)
    for (let k = start[row]!; k < start[row + 1]!; k++) rows[entries[k]!]!.push(row)
  return rows
}

/** Counts of (g, h), in an open-addressed table of whole numbers g · width + h (below 2^53, exact). */
class PairCounts {
  readonly #width: number
  #keys = new Float64Array(1024).fill(-1)
  #counts = new Int32Array(1024)
  #used = 0

  constructor(width: number) {
    this.#width = width
  }

  add(g: number, h: number): void {
    const place = this.#place(g, h)
    if (this.#counts[place]!++ > 0) return
    this.#keys[place] = g * this.#width + h
    if (2 * ++this.#used > this.#keys.length) this.#grow()
  }

  forEach(visit: (g: number, h: number, count: number) => void): void {
    this.#keys.forEach((key, place) => {
      if (key >= 0) visit(floorDiv(key, this.#width), key % this.#width, this.#counts[place]!)
    })
  }

  #place(g: number, h: number): number {
    const key = g * this.#width + h
    const mask = this.#keys.length - 1
    const mixed = Math.imul(Math.imul(g, 0x9e3779b1) + h, 0x85ebca6b)
    let place = (mixed ^ (mixed >>> 15)) & mask
    while (this.#keys[place]! >= 0 && this.#keys[place] !== key) place = (place + 1) & mask
    return place
  }

  #grow(): void {
    const keys = this.#keys
    const counts = this.#counts
    this.#keys = new Float64Array(2 * keys.length).fill(-1)
    this.#counts = new Int32Array(2 * keys.length)
    keys.forEach((key, old) => {
      if (key < 0) return
      const place = this.#place(floorDiv(key, this.#width), key % this.#width)
      this.#keys[place] = key
      this.#counts[place] = counts[old]!
    })
  }
}
