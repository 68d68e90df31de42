// How many of each stratum: the ratio design and the fixed total by largest remainder (spec 5). Integers only.

import { compareAscii } from '../bytes.ts'
import type { Design } from '../manifest/plan.ts'

/** A stratum and the subjects in it. */
export interface StratumRows {
  readonly code: string
  readonly rows: number
}

/** A total that cannot be shared out: above the population, or below what the minima take. */
export class QuotaError extends Error {
  readonly reason: 'above_population' | 'below_minima'

  constructor(reason: QuotaError['reason']) {
    super(`quota: ${reason}`)
    this.reason = reason
  }
}

/** n = min(N, max(min, ⌈N·num/den⌉)): the legal floor holds in every stratum, hence in the whole. */
export function ratioQuota(rows: number, line: { num: number; den: number; min: number }): number {
  const least = (BigInt(rows) * BigInt(line.num) + BigInt(line.den) - 1n) / BigInt(line.den)
  return Math.min(rows, Math.max(line.min, Number(least)))
}

/** The n of each stratum under a design, in the order of `strata`; nothing for pps and coverage. */
export function quotasOf(design: Design, strata: readonly StratumRows[]): number[] | undefined {
  if (design.kind === 'ratio') {
    const lines = new Map(design.ratios.map((r) => [r.stratum, r]))
    return strata.map((s) => ratioQuota(s.rows, lines.get(s.code) ?? { num: 0, den: 1, min: 0 }))
  }
  if (design.kind === 'total') {
    const mins = new Map(design.mins.map((m) => [m.stratum, m.min]))
    return totalQuotas(
      design.n,
      strata.map((s) => ({ ...s, min: mins.get(s.code) ?? 0 })),
    )
  }
  return undefined
}

interface Share extends StratumRows {
  readonly min: number
}

/** Shares out a fixed total. Throws `QuotaError`. */
export function totalQuotas(total: number, strata: readonly Share[]): number[] {
  const population = strata.reduce((sum, s) => sum + s.rows, 0)
  if (total > population) throw new QuotaError('above_population')
  const n = new Map<string, number>()
  let left = total
  let open = [...strata]
  for (;;) {
    const rows = open.reduce((sum, s) => sum + s.rows, 0)
    const fixed = open.filter((s) => BigInt(left) * BigInt(s.rows) < BigInt(s.min) * BigInt(rows))
    if (fixed.length === 0) break
    for (const s of fixed) {
      n.set(s.code, Math.min(s.min, s.rows))
      left -= Math.min(s.min, s.rows)
    }
    if (left < 0) throw new QuotaError('below_minima')
    open = open.filter((s) => !n.has(s.code))
  }
  shareOut(left, open, n)
  return strata.map((s) => n.get(s.code) ?? 0)
}

/** Largest remainder, capped at each stratum's rows; what a cap frees is shared again among the rest. */
function shareOut(total: number, strata: readonly Share[], n: Map<string, number>): void {
  for (const s of strata) n.set(s.code, 0)
  let left = total
  let open = [...strata]
  while (left > 0 && open.length > 0) {
    const rows = BigInt(open.reduce((sum, s) => sum + s.rows, 0))
    const shares = open.map((s) => {
      const product = BigInt(left) * BigInt(s.rows)
      return { s, floor: Number(product / rows), rest: product % rows }
    })
    let over = left - shares.reduce((sum, x) => sum + x.floor, 0)
    const order = shares.toSorted((a, b) =>
      a.rest === b.rest ? compareAscii(a.s.code, b.s.code) : a.rest > b.rest ? -1 : 1,
    )
    left = 0
    for (const { s, floor } of order) {
      const want = (n.get(s.code) ?? 0) + floor + (over-- > 0 ? 1 : 0)
      n.set(s.code, Math.min(want, s.rows))
      left += Math.max(0, want - s.rows)
    }
    open = open.filter((s) => (n.get(s.code) ?? 0) < s.rows)
  }
}
