// How predictable a match was: the walk of MIX goes on after the output is fixed, and we count how often each pair meets.
// Subjects of one class and demand are counted together, and so are inspectors who may do the same: the estimate is sharp.

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
 * The highest estimated probability that one subject meets one inspector: c / (K·pairs), greatest over the pairs of groups
 * (g, h), c being how often they met in the K states and pairs = |g|·|h| less their conflicting pairs; of equal fractions
 * the one with the least den. 0/1 without slots. The chain stands after its R proposals, and is carried on.
 */
export function highestPairProbability(ranked: Ranked, chain: Chain): Probability {
  const slots = chain.ob.length
  const blocks = blocksFor(slots)
  const subjects = grouped(ranked.subjects.map((_, o) => `${ranked.classOf[o]}/${ranked.demand[o]}`))
  const inspectors = grouped(inspectorKeys(ranked))
  const width = inspectors.sizes.length
  const counts = new Float64Array(subjects.sizes.length * width)
  for (let block = 0; block < blocks; block++) {
    chain.run(slots)
    for (let x = 0; x < slots; x++)
      counts[subjects.of[chain.ob[x]!]! * width + inspectors.of[chain.at[x]!]!]!++
  }
  const pairs = pairsOf(ranked, subjects, inspectors)
  let highest: Probability = { num: 0, den: 1 }
  counts.forEach((num, place) => {
    if (num === 0) return
    const candidate = { num, den: blocks * pairs[place]! }
    if (isHigher(candidate, highest)) highest = candidate
  })
  return highest
}

/** For each (g, h) the pairs that may meet: all of them less the conflicting ones. */
function pairsOf(ranked: Ranked, subjects: Groups, inspectors: Groups): Float64Array {
  const width = inspectors.sizes.length
  const pairs = Float64Array.from(
    { length: subjects.sizes.length * width },
    (_, place) => subjects.sizes[floorDiv(place, width)]! * inspectors.sizes[place % width]!,
  )
  const { start, entries } = ranked.conflicts
  ranked.subjects.forEach((_, o) => {
    for (let k = start[o]!; k < start[o + 1]!; k++)
      pairs[subjects.of[o]! * width + inspectors.of[entries[k]!]!]!--
  })
  return pairs
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

// Alike: eligible for the same classes that occur.
function inspectorKeys(ranked: Ranked): string[] {
  const classes = rowsByEntry(occurring(ranked), ranked.inspectors.length)
  return ranked.inspectors.map((_, i) => classes[i]!.join())
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
