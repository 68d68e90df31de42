// Which demand a subject has: by its stratum, or by demands.tsv in the comprehensive mode (spec 6).

import { readCells } from '../lists/form.ts'
import type { Commitment, Demand } from '../manifest/commitment.ts'

/** Gives the demand of a subject from its id and stratum; throws on a subject without one (a bug after checks). */
export type DemandOf = (id: string, stratum: string) => Demand

/** The lookup for a commitment; `demands` is demands.tsv where the commitment names it. */
export function demandLookup(c: Commitment, demands?: Uint8Array): DemandOf {
  const byCode = new Map(c.demands.map((d) => [d.code, d]))
  const byStratum = new Map(c.demands.flatMap((d) => (d.strata ?? []).map((s) => [s, d] as const)))
  const byId = demands ? new Map(readCells(demands).map(([id = '', code = '']) => [id, code])) : undefined
  return (id, stratum) => {
    const found = byId ? byCode.get(byId.get(id) ?? '') : byStratum.get(stratum)
    if (!found) throw new Error(`no demand for ${id} in ${stratum}`)
    return found
  }
}
