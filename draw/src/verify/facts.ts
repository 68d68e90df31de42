// The figures that a reader of the report wants first: who, how many, which hashes.

import { hashHex } from '../hash.ts'
import type { Context } from './context.ts'
import { replayOf } from './replayed.ts'
import { seedOfBundle } from './seed.ts'

/** Figures by name; what is not known is left out. */
export function factsOf(context: Context): Readonly<Record<string, string | number>> {
  const { manifests } = context
  const { commit, close, certificate } = manifests
  if (!commit) return {}
  const c = commit.value
  const facts: Record<string, string | number> = {
    draw_id: c.draw_id,
    authority: c.authority,
    alg: c.alg,
    commit: commit.hash,
    committed_at: c.at,
    population: c.strata.reduce((sum, s) => sum + s.rows, 0),
    excluded: c.lists.find((l) => l.name === 'exclusions.tsv')?.rows ?? 0,
    rejected: c.lists.find((l) => l.name === 'rejected.tsv')?.rows ?? 0,
    strata: c.strata.length,
    inspectors: c.pools.reduce((sum, p) => sum + p.rows, 0),
  }
  if (close)
    Object.assign(facts, {
      close: close.hash,
      closed_at: close.value.at,
      observers: close.value.observers.length,
    })
  if (certificate) {
    const { value } = certificate
    Object.assign(facts, { certificate: certificate.hash, certified_at: value.at })
    facts['drawn'] = value.strata.reduce((sum, s) => sum + s.n, 0)
    facts['least_pi'] = `${value.least_pi.num}/${value.least_pi.den}`
    if (value.pair) facts['pair'] = `${value.pair.num}/${value.pair.den}`
  }
  const seed = seedOfBundle(context)
  if (seed) facts['seed'] = seed
  if (manifests.events.length > 0)
    for (const [n, id] of replayOf(context, commit).entered) facts[`entered_${n}`] = id
  const list = c.design.kind === 'coverage' ? 'batches.tsv' : 'selection.tsv'
  if (context.files.names.includes(list)) facts['selection_hash'] = hashHex(c.alg, context.files.read(list))
  return facts
}
