// The draft vectors: older field names in the manifests, a seed without the close, and PPS tickets of a stage of their own
// ("objects/pps"). Both are passed explicitly here; nothing in the library accepts them.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { toHex } from '../src/bytes.ts'
import { ppsClasses } from '../src/choose/pps.ts'
import { ratioQuota, totalQuotas } from '../src/choose/quota.ts'
import { rankIds } from '../src/choose/rank.ts'
import { hashHex, tag } from '../src/hash.ts'
import { canonical, type Json } from '../src/jcs.ts'
import { kernelFor } from '../src/kernel/index.ts'
import { readCells } from '../src/lists/form.ts'
import { linesBytes } from '../src/lists/write.ts'
import { seedOf } from '../src/seed.ts'
import { stageKey, uniformBig } from '../src/stream.ts'

interface Draft {
  readonly commit: { readonly population: { readonly sha256: string; readonly root: string } }
  readonly commit_jcs: string
  readonly commit_hash: string
  readonly seed_input_jcs: string
  readonly seed: string
  readonly key_objects: string
  readonly first_tickets: readonly (readonly [string, string])[]
  readonly selection: readonly string[]
  readonly selection_hash: string
  readonly allocate_total_9_min1: Readonly<Record<string, number>>
  readonly pps: {
    r: string
    X: string
    classes: readonly { w: number; N: number; k: number; ids: string[] }[]
  }
  readonly batches_hash: string
  readonly order_first_stratum: readonly string[]
}

const file = (name: string): Uint8Array => readFileSync(new URL(`../vectors/${name}`, import.meta.url))
const draft = JSON.parse(new TextDecoder().decode(file('vdp1-draft.json'))) as Draft
const bytes = new Uint8Array(file('vdp1-draft-population.tsv'))
const population = readCells(bytes)
const ids = population.map(([id = '']) => id)
const strata = [...new Set(population.map(([, s = '']) => s))].toSorted()
const inStratum = (code: string): string[] => population.filter(([, s]) => s === code).map(([id = '']) => id)
const rank = (stage: string, of: readonly string[]) => rankIds('sha256', draft.seed, stage, of)

describe('the draft vectors', () => {
  it('JCS, the tag of the commitment, and the population’s hash and root', () => {
    expect(canonical(draft.commit as unknown as Json)).toBe(draft.commit_jcs)
    expect(tag('sha256', 'commit', draft.commit_jcs)).toBe(draft.commit_hash)
    expect(hashHex('sha256', bytes)).toBe(draft.commit.population.sha256)
    const tree = kernelFor('sha256').tree('line')
    tree.update(bytes)
    expect(toHex(tree.finish().root)).toBe(draft.commit.population.root)
  })

  it('the seed of three values, and the key of its first stage', () => {
    const input = JSON.parse(draft.seed_input_jcs) as {
      commit: string
      values: { id: string; value: string }[]
    }
    expect(seedOf('sha256', input.commit, input.values)).toBe(draft.seed)
    expect(stageKey('sha256', draft.seed, 'objects')).toBe(draft.key_objects)
  })

  it('tickets and their order', () => {
    const first = rank('objects', ids).slice(0, draft.first_tickets.length)
    expect(first.map((r) => [r.ticket, r.id])).toEqual(draft.first_tickets)
    expect(rank('objects', inStratum(strata[0] as string)).map((r) => r.id)).toEqual(
      draft.order_first_stratum,
    )
  })

  it('the selection of five in a hundred, at least one of each stratum', () => {
    const lines = strata.flatMap((code) => {
      const own = inStratum(code)
      const n = ratioQuota(own.length, { num: 5, den: 100, min: 1 })
      return rank('objects', own)
        .slice(0, n)
        .map((r) => [r.id, code, r.ticket])
    })
    expect(lines.map((l) => l.join('\t'))).toEqual(draft.selection)
    expect(hashHex('sha256', linesBytes(lines))).toBe(draft.selection_hash)
  })

  it('nine by largest remainder, at least one of each', () => {
    const shares = strata.map((code) => ({ code, rows: inStratum(code).length, min: 1 }))
    const wanted = strata.map((code) => draft.allocate_total_9_min1[code])
    expect(totalQuotas(9, shares)).toEqual(wanted)
  })

  it('ten by weight: the rounding and the classes; the tickets of the draft’s own stage', () => {
    const { r, X, classes } = draft.pps
    const key = stageKey('sha256', draft.seed, 'objects/pps/rounding')
    expect(uniformBig('sha256', key, BigInt(X))).toBe(BigInt(r))
    const rows = new Map(classes.map((c) => [c.w, c.N]))
    const found = ppsClasses('sha256', draft.seed, 10, rows)
    expect(found.map((c) => [c.weight, c.rows, c.n])).toEqual(classes.map((c) => [c.w, c.N, c.k]))
    for (const c of classes) {
      const own = population.filter(([, , w]) => w === String(c.w)).map(([id = '']) => id)
      const lowest = rank('objects/pps', own).slice(0, c.k)
      expect(lowest.map((x) => x.id)).toEqual(c.ids)
    }
  })

  it('everybody in six batches; the draft listed them in ticket order', () => {
    const order = rank('batch', ids)
    const lines = order.map((x, k) => [x.id, String(Math.floor((k * 6) / order.length))])
    expect(hashHex('sha256', linesBytes(lines))).toBe(draft.batches_hash)
  })
})
