// A commitment over changed lists: rows, hashes, roots, register, pools and quotas counted again.

import { concat, toHex, utf8 } from '../../src/bytes.ts'
import { isL2, isSalted } from '../../src/bundle/names.ts'
import { openEntry } from '../../src/build/lists.ts'
import { quotasOf } from '../../src/choose/quota.ts'
import { readCells, readTable } from '../../src/lists/form.ts'
import { leafHash, treeRoot } from '../../src/merkle.ts'
import type { Commitment, ListEntry } from '../../src/manifest/commitment.ts'
import type { Plan } from '../../src/manifest/plan.ts'
import { saltedRoot } from '../../src/people/salted.ts'
import { type County, made } from '../county.ts'
import { type Loose, read } from './loose.ts'

/** The county's commitment as it would have been made over these lists and this plan entry. */
export function recount(
  county: County,
  files: ReadonlyMap<string, Uint8Array>,
  planHash: string,
): Loose<Commitment> {
  const c = read<Commitment>(files, 'commit.json')
  const plan = read<Plan>(files, 'plan.json')
  const population = cellsOf(files, 'population.tsv')
  const rows = new Map(plan.strata.map((code) => [code, 0]))
  for (const [, stratum = ''] of population) if (stratum) rows.set(stratum, (rows.get(stratum) ?? 0) + 1)
  const strata = [...rows].map(([code, n]) => ({ code, rows: n }))
  const quotas = quotasOf(plan.design as Plan['design'], strata)
  return {
    ...c,
    plan: { ...c.plan, hash: planHash },
    design: plan.design,
    strata: strata.map((s, i) => (quotas ? { ...s, n: quotas[i] as number } : s)),
    lists: c.lists.map((l) => entryOf(county, files, l.name)),
    register: registerOf(county, files),
    pools: c.pools.map((p) => ({
      ...p,
      rows: cellsOf(files, 'inspectors.tsv').filter(([, d]) => d?.trim() === p.authority).length,
    })),
  } as Loose<Commitment>
}

function cellsOf(files: ReadonlyMap<string, Uint8Array>, name: string): string[][] {
  return readCells(files.get(name) as Uint8Array)
}

function entryOf(county: County, files: ReadonlyMap<string, Uint8Array>, name: string): ListEntry {
  const c = county.commit.value
  const bytes = files.get(name) as Uint8Array
  if (!isSalted(c, name)) return openEntry(c.alg, name, [ended(bytes)])
  // The library salts no id of another form; a forger may.
  const { lines } = readTable(bytes)
  const secret = isL2(name) ? made('people secret') : county.secrets.join('')
  return { name, rows: lines.length, root: toHex(saltedRoot(c.alg, secret, name, lines)) }
}

/** The library builds no tree over an unended line: the forger then states that of the ended one. */
function ended(bytes: Uint8Array): Uint8Array {
  return bytes.length === 0 || bytes.at(-1) === 10 ? bytes : concat(bytes, Uint8Array.of(10))
}

function registerOf(county: County, files: ReadonlyMap<string, Uint8Array>): Commitment['register'] {
  const { alg, sealed } = county.commit.value
  const ids = ['population.tsv', 'exclusions.tsv']
    .flatMap((name) => cellsOf(files, name).map(([id = '']) => id))
    .toSorted()
  const root = sealed
    ? saltedRoot(alg, county.secrets.join(''), 'register', ids)
    : treeRoot(
        alg,
        ids.map((id) => leafHash(alg, utf8(id))),
      )
  return { rows: ids.length, root: toHex(root) }
}
