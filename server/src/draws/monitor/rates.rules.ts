// How often something was done that must stay rare: by one authority or person, against all of the same place.

import { ENOUGH_CASES, type Mark } from './chance.rules.ts'
import { type Interval, quantile, wilson } from './statistics.rules.ts'

/** So many of so many. */
export interface Count {
  readonly hits: number
  readonly of: number
}

/** A rate with what it may be by chance, and whether it lies above the common one. */
export interface Rate extends Count, Interval {
  readonly mark: Mark
}

/** Each against the rate of all together: marked where even the lower end of its interval lies above. */
export function ratesOf<K>(counts: ReadonlyMap<K, Count>): ReadonlyMap<K, Rate> {
  const [hits, of] = [...counts.values()].reduce(([a, b], count) => [a + count.hits, b + count.of], [0, 0])
  const common = of === 0 ? 0 : hits / of
  return new Map([...counts].map(([key, count]) => [key, rateOf(count, common)]))
}

/** `common`: what it is held against. */
export function rateOf({ hits, of }: Count, common: number): Rate {
  const interval = wilson(hits, of)
  const mark = of < ENOUGH_CASES ? 'tooFew' : interval.low > common ? 'odd' : 'calm'
  return { hits, of, ...interval, mark }
}

/** Least, middle and slow end of times in hours; nothing where there are none. */
export interface Spread {
  readonly least: number
  readonly median: number
  readonly p90: number
}

/** The spread of some hours. */
export function spreadOf(hours: readonly number[]): Spread | undefined {
  const [least, median, p90] = [0, 0.5, 0.9].map((share) => quantile(hours, share))
  return least === undefined || median === undefined || p90 === undefined ? undefined : { least, median, p90 }
}
