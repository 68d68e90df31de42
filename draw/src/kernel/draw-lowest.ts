// The n lowest tickets of every stratum from a population too large to sort: scan, and scan again where too few.

import { type Candidates, rankByStratum, thresholdFor } from './candidates.ts'
import type { Kernel } from './kernel.ts'
import type { Refused } from './population-line.ts'

/** A stratum to draw from: n of its N subjects. */
export interface Quota {
  readonly stratum: string
  readonly n: number
  readonly N: number
}

/** The candidates and, for each quota, the places of its n lowest and of the next one, ascending by (ticket, id). */
export interface Lowest {
  readonly ok: true
  readonly candidates: Candidates
  readonly ranked: readonly (readonly number[])[]
}

/**
 * The lowest n and the next of every quota's stratum. `chunks` gives the bytes of population.tsv from the start,
 * as often as asked. A count other than the quota's N is a `RangeError`; a line out of order is the result.
 */
export function drawLowest(
  kernel: Kernel,
  chunks: () => Iterable<Uint8Array>,
  key: string,
  quotas: readonly Quota[],
): Lowest | ({ readonly ok: false } & Refused) {
  const strata = quotas.map((q) => q.stratum)
  const thresholds = quotas.map((q) => (q.N > 0 ? thresholdFor(q.n, q.N) : 0n))
  for (;;) {
    const scan = kernel.scan({ strata, draw: { key, thresholds } })
    for (const chunk of chunks()) scan.update(chunk)
    const result = scan.finish()
    if (!result.ok) return result
    const ranked = rankByStratum(result.candidates, quotas.length)
    let again = false
    for (const [i, { stratum, n, N }] of quotas.entries()) {
      if (result.counts[i] !== N) throw new RangeError(`${stratum} has ${result.counts[i]} lines, not ${N}`)
      if ((ranked[i]?.length ?? 0) >= Math.min(n + 1, N)) continue
      thresholds[i] = 2n * (thresholds[i] ?? 0n)
      again = true
    }
    if (!again) {
      return {
        ok: true,
        candidates: result.candidates,
        ranked: ranked.map((r, i) => r.slice(0, (quotas[i]?.n ?? 0) + 1)),
      }
    }
  }
}
