// In which way a page of a search is read: what is expected decides.

import type { Expectation } from './expectation.rules.ts'

/** How much one page may touch, in rows. */
export interface Bounds {
  /** The most that are taken from the index at once: what is worth sorting for a page. */
  readonly candidates: number
  readonly smallestWalk: number
  readonly largestWalk: number
  /** After so many rows it stops. */
  readonly budget: number
  /** The same for a text in addresses, which has no index: a whole county. */
  readonly addressBudget: number
  /** What a usual county has. A wrong guess costs a statement or two. */
  readonly usualCounty: number
}

/** What fits ten million subjects. */
export const BOUNDS: Bounds = {
  candidates: 1000,
  smallestWalk: 200,
  largestWalk: 4000,
  budget: 8000,
  addressBudget: 30_000,
  usualCounty: 30_000,
}

/** From this share of rows that fit, walking is cheaper than the index. */
export const WALKABLE = 0.012
/** Digits of a county's code. */
export const COUNTY = 6
/** Entries of the index that one statement may read. */
export const ENTRIES = 60_000
/** So many of them cost as much as a row. */
export const ENTRIES_OF_A_ROW = 12
/** Divisions that one statement asks: those of a province, or all provinces. */
export const AT_ONCE = 16

/** How a search begins in a division. */
export interface Way {
  readonly terms: readonly string[]
  readonly share: number
  /** Whether what the whole division has is taken at once. */
  readonly isWhole: boolean
  /** Whether the order is walked, because many fit. */
  readonly walking: boolean
  /** How many digits divisions have: the searched one, and those below it. */
  readonly levels: readonly number[]
  /** By divisions of which of these levels it is taken. */
  readonly at: number
  /** Divisions with more than is worth taking. */
  readonly crowded: Set<string>
  /** How many entries of the index it reads for a division of so many digits. */
  readonly entriesAt: (level: number) => number
}

/** The way that is likely to touch the fewest rows. */
export function wayOf(expected: Expectation, prefix: string, bounds: Bounds): Way {
  const { count, share, shareElsewhere, gathered, terms, entries, there } = expected
  const few = bounds.candidates / 2
  const levels = [prefix.length, ...[2, 4, COUNTY].filter((level) => level > prefix.length)]
  const last = levels.length - 1
  const fewFrom = levels.findIndex((level) => shareElsewhere * usualRows(level, bounds) <= few)
  const crowded = crowdedOf(gathered, few)
  const entriesAt = (level: number): number =>
    Math.max(entries, 0) * Math.min(there, usualRows(level, bounds))
  return {
    terms,
    share,
    isWhole: count <= few && !crowded.has(prefix) && entriesAt(prefix.length) <= ENTRIES,
    walking: count > few && shareElsewhere >= WALKABLE,
    levels,
    at: fewFrom < 0 ? last : Math.max(fewFrom, Math.min(1, last)),
    crowded,
    entriesAt,
  }
}

/** The divisions in which more are expected than are worth taking at once, of every level. */
function crowdedOf(gathered: ReadonlyMap<string, number>, few: number): Set<string> {
  const counts = new Map<string, number>()
  for (const [county, count] of gathered)
    for (const level of [0, 2, 4, COUNTY]) {
      const division = county.slice(0, level)
      counts.set(division, (counts.get(division) ?? 0) + count)
    }
  return new Set([...counts].filter(([, count]) => count > few).map(([division]) => division))
}

/** How many subjects a division of so many digits usually has. */
function usualRows(level: number, { usualCounty }: Bounds): number {
  return usualCounty * 10 ** ((COUNTY - level) / 2)
}
