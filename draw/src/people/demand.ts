// Which demand a subject has: by its stratum, or by demands.tsv in the comprehensive mode (spec 6).

import { utf8 } from '../bytes.ts'
import { readCells } from '../lists/form.ts'
import { firstCell, lineBatches } from '../lists/lines.ts'
import type { Commitment, Demand } from '../manifest/commitment.ts'

/** Gives the demand of a subject from its id and stratum; throws on a subject without one (a bug after checks). */
export type DemandOf = (id: string, stratum: string) => Demand

type Demanding = Pick<Commitment, 'demands'>

/** The lookup for a commitment; `demands` is demands.tsv where the commitment names it. */
export function demandLookup(c: Demanding, demands?: Uint8Array): DemandOf {
  const byId = demands ? new Map(readCells(demands).map(([id = '', code = '']) => [id, code])) : undefined
  return lookup(c, byId && ((id) => byId.get(id)))
}

/** The same for subjects that are asked for in ascending order: demands.tsv is followed along and never held. */
export function demandFollower(c: Demanding, chunks: Iterable<Uint8Array>): DemandOf {
  const lines = cellsOf(chunks)
  let [at, code] = lines.next().value ?? []
  return lookup(c, (id) => {
    while (at !== undefined && at < id) [at, code] = lines.next().value ?? []
    return at === id ? code : undefined
  })
}

/** The lines of demands.tsv, given in pieces, that are of these subjects: what a match needs of it. */
export function demandsOfDrawn(chunks: Iterable<Uint8Array>, ids: ReadonlySet<string>): Uint8Array {
  const kept: string[] = []
  for (const lines of lineBatches(chunks))
    for (const line of lines) if (ids.has(firstCell(line))) kept.push(`${line}\n`)
  return utf8(kept.join(''))
}

function lookup(c: Demanding, codeOf: ((id: string) => string | undefined) | undefined): DemandOf {
  const byCode = new Map(c.demands.map((d) => [d.code, d]))
  const byStratum = new Map(c.demands.flatMap((d) => (d.strata ?? []).map((s) => [s, d] as const)))
  return (id, stratum) => {
    const found = codeOf ? byCode.get(codeOf(id) ?? '') : byStratum.get(stratum)
    if (!found) throw new Error(`no demand for ${id} in ${stratum}`)
    return found
  }
}

function* cellsOf(chunks: Iterable<Uint8Array>): Generator<readonly [id: string, code: string], undefined> {
  for (const lines of lineBatches(chunks))
    for (const line of lines) {
      const id = firstCell(line)
      yield [id, line.slice(id.length + 1)]
    }
}
