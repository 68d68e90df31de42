// Draws against the chance that they stated: who was drawn by kind, who again and again, who with whom.

import { chiSquaredTail, countTail } from './statistics.rules.ts'

/** A kind of subject in a stratum: how many there were, and how many of them were drawn. */
export interface Group {
  readonly rows: number
  readonly drawn: number
}

/** What was drawn of one stratum of one draw, by kind. */
export interface StratumDrawn {
  readonly rows: number
  readonly n: number
  readonly groups: readonly Group[]
}

/** How far from chance, and how often chance alone goes that far. `p` is absent where nothing could be compared. */
export interface Deviation {
  readonly chiSquared: number
  readonly df: number
  readonly p?: number
}

/**
 * Whether something calls for a look. `tooFew`: not enough to say; `calm`: what chance does; `odd`: what chance does less
 * often than once in a thousand.
 */
export type Mark = 'tooFew' | 'calm' | 'odd'

/** Chance alone marks one in so many. */
export const ODD_BELOW = 0.001
/** Nothing is said of fewer than these. */
export const ENOUGH_CASES = 30
/** The chi-squared approximation is not used where fewer are expected of a kind (Cochran's rule). */
const LEAST_EXPECTED = 5

/**
 * All strata together: X² = (N−1)/(N−n) · Σ (O−E)²/E of each, with E = n·N_g/N. The factor makes it exact for a draw without
 * putting back, whose counts vary less. Kinds of which fewer than five are expected are taken together; strata of
 * which all were drawn, or that have one kind, say nothing.
 */
export function deviationOf(strata: Iterable<StratumDrawn>): Deviation {
  let [chiSquared, df] = [0, 0]
  for (const { rows, n, groups } of strata) {
    if (n === 0 || n >= rows) continue
    const merged = mergedGroups(groups, n / rows)
    if (merged.length < 2) continue
    const sum = merged.reduce((total, { rows: own, drawn }) => {
      const expected = (n * own) / rows
      return total + (drawn - expected) ** 2 / expected
    }, 0)
    chiSquared += ((rows - 1) / (rows - n)) * sum
    df += merged.length - 1
  }
  return df === 0 ? { chiSquared, df } : { chiSquared, df, p: chiSquaredTail(chiSquared, df) }
}

/** How seeds are spread: the first eight bits of each as two of sixteen cells. Nothing below 80 seeds. */
export function seedDeviation(seeds: readonly string[]): Deviation {
  if (seeds.length < LEAST_EXPECTED * SEED_CELLS) return { chiSquared: 0, df: 0 }
  const cells = Array.from({ length: SEED_CELLS }, () => 0)
  for (const seed of seeds)
    for (const digit of seed.slice(0, 2))
      cells[Number.parseInt(digit, 16)] = cells[Number.parseInt(digit, 16)]! + 1
  const expected = (2 * seeds.length) / SEED_CELLS
  const chiSquared = cells.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0)
  const df = SEED_CELLS - 1
  return { chiSquared, df, p: chiSquaredTail(chiSquared, df) }
}

const SEED_CELLS = 16

/** Somebody drawn, or a pair put together, more than once. */
export interface Repeated {
  readonly times: number
  /** How often it was to be expected. */
  readonly expected: number
  /** How often chance alone does this or more to one of all that were looked at (Bonferroni). */
  readonly p: number
  readonly mark: Mark
}

/** `chances`: of each draw in which it could have happened. `among`: how many subjects, or pairs, could have been noticed. */
export function repeatedOf(times: number, chances: readonly number[], among: number): Repeated {
  const p = Math.min(1, countTail(chances, times) * Math.max(1, among))
  const expected = chances.reduce((sum, chance) => sum + chance, 0)
  return { times, expected, p, mark: p < ODD_BELOW ? 'odd' : 'calm' }
}

/** What a deviation says, of so many cases. */
export function markOf(deviation: Deviation, cases: number): Mark {
  if (deviation.p === undefined || cases < ENOUGH_CASES) return 'tooFew'
  return deviation.p < ODD_BELOW ? 'odd' : 'calm'
}

/** Small kinds together, from the smallest on, until each is large enough. */
function mergedGroups(groups: readonly Group[], share: number): readonly Group[] {
  const merged: Group[] = []
  let small: Group = { rows: 0, drawn: 0 }
  for (const group of groups.toSorted((a, b) => a.rows - b.rows)) {
    const together = { rows: small.rows + group.rows, drawn: small.drawn + group.drawn }
    if (together.rows * share < LEAST_EXPECTED) small = together
    else {
      merged.push(together)
      small = { rows: 0, drawn: 0 }
    }
  }
  const [first, ...rest] = merged
  if (small.rows === 0 || !first) return merged
  return [{ rows: first.rows + small.rows, drawn: first.drawn + small.drawn }, ...rest]
}
