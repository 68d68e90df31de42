// Class-quota PPS: exact inclusion probabilities n·x/X by weight class, with one random rounding (spec 5).

import { type Alg } from '../hash.ts'
import { stageKey, uniformBig } from '../stream.ts'
import { QuotaError } from './quota.ts'

/** A weight class: `n` drawn of `rows`, each with probability `num`/`den` (not reduced). */
export interface WeightClass {
  readonly weight: number
  readonly rows: number
  readonly n: number
  readonly num: bigint
  readonly den: bigint
}

/** The classes ascending by weight with their quotas. Throws `QuotaError` where n is not to be had. */
export function ppsClasses(
  alg: Alg,
  seed: string,
  total: number,
  rowsByWeight: ReadonlyMap<number, number>,
): WeightClass[] {
  const classes = [...rowsByWeight]
    .map(([weight, rows]) => ({ weight, rows }))
    .toSorted((a, b) => a.weight - b.weight)
  const whole = new Set<number>()
  let n = BigInt(total)
  for (;;) {
    const x = sizeOf(classes.filter((c) => !whole.has(c.weight)))
    const taken = classes.filter((c) => !whole.has(c.weight) && n * BigInt(c.weight) >= x)
    if (x === 0n || taken.length === 0) break
    for (const c of taken) {
      whole.add(c.weight)
      n -= BigInt(c.rows)
    }
    if (n < 0n) throw new QuotaError('above_population')
  }
  const x = sizeOf(classes.filter((c) => !whole.has(c.weight)))
  if (x === 0n && n > 0n) throw new QuotaError('above_population')
  const r = x === 0n ? 0n : uniformBig(alg, stageKey(alg, seed, 'objects/pps/rounding'), x)
  let sum = 0n
  return classes.map(({ weight, rows }) => {
    if (whole.has(weight)) return { weight, rows, n: rows, num: 1n, den: 1n }
    const before = sum
    sum += n * BigInt(rows) * BigInt(weight)
    return { weight, rows, n: Number((sum + r) / x - (before + r) / x), num: n * BigInt(weight), den: x }
  })
}

function sizeOf(classes: readonly { weight: number; rows: number }[]): bigint {
  return classes.reduce((sum, c) => sum + BigInt(c.rows) * BigInt(c.weight), 0n)
}
