import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { explain, explainer, type Fate, memoryFiles, type PooledFate, readCells } from '../src/index.ts'
import { saltedLeafHash, includes, leafHash } from '../src/merkle.ts'
import { fromHex, utf8 } from '../src/bytes.ts'
import type { Alg } from '../src/hash.ts'
import type { ListProof } from '../src/list-proof.ts'
import { type County, type CountyOptions, exampleOptions, made, makeCounty, subjectsIn } from './county.ts'

const STRATA = ['food/A', 'food/C']
const RESULTS = ['certificate.json', 'selection.tsv', 'teams.tsv', 'assignment.tsv', 'unassigned.tsv']

describe('a subject’s own fate', () => {
  const county = makeCounty(options(60))
  const ask = explainer(memoryFiles(county.l1()))

  it('is drawn exactly where the selection has it, with the same ticket', () => {
    const selected = new Map(cells(county, 'selection.tsv').map(([id = '', , ticket = '']) => [id, ticket]))
    for (const id of ids(county)) {
      const fate = pooled(ask(id))
      expect(fate.kind).toBe(selected.has(id) ? 'drawn' : 'not_drawn')
      if (selected.has(id)) expect(fate.ticket?.ticket).toBe(selected.get(id))
    }
  })

  it('ranks every ticket of a stratum once, and the line is the ticket of the last drawn', () => {
    const fates = ids(county).map((id) => pooled(ask(id)))
    for (const stratum of STRATA) {
      const of = fates.filter((f) => f.stratum === stratum)
      const ranks = of.map((f) => f.ticket?.rank ?? 0).toSorted((a, b) => a - b)
      expect(ranks).toEqual(of.map((_, i) => i + 1))
      const last = of.find((f) => f.ticket?.rank === f.ticket?.n)
      expect(last?.ticket?.ticket).toBe(last?.ticket?.cut)
    }
  })

  it('has the chance of its stratum', () => {
    const fate = pooled(ask(ids(county)[0] as string))
    expect(fate.chance).toEqual({ num: '8', den: '30' })
    expect(fate.stratumRows).toBe(30)
    expect(fate.population).toBe(60)
  })

  it('names the team and its members where it was drawn, and nobody else', () => {
    const teams = new Map(cells(county, 'teams.tsv').map(([team = '', all = '']) => [team, all.split(',')]))
    const assigned = new Map(cells(county, 'assignment.tsv').map(([id = '', team = '']) => [id, team]))
    for (const id of ids(county)) {
      const { visit } = pooled(ask(id))
      expect(visit?.team).toBe(assigned.get(id))
      if (visit?.team) expect(visit.aliases).toEqual(teams.get(visit.team))
    }
  })

  it('proves that its line is in the pool and its id in the register', () => {
    for (const id of ids(county)) {
      const { proofs } = pooled(ask(id))
      expect(proofs.map((p) => [p.of, p.holds])).toEqual([
        ['population.tsv', true],
        ['register', true],
      ])
      for (const proof of proofs) expect(proofHolds('sha256', proof)).toBe(true)
    }
  })

  it('is excluded with its reason, and the proof of it', () => {
    const fate = ask('91990000MAEXCLUDED')
    expect(fate).toMatchObject({ kind: 'excluded' })
    if (fate.kind !== 'excluded') return
    expect(fate.reason).toMatch(/^[a-z_]+$/)
    expect(fate.proofs.map((p) => [p.of, p.holds])).toEqual([
      ['exclusions.tsv', true],
      ['register', true],
    ])
  })

  it('is nowhere where no list has it', () => {
    expect(ask('91990000MANOWHERE1')).toEqual({ kind: 'not_listed', register: 61 })
  })

  it('says so where its line was put in afterwards', () => {
    const files = county.l1()
    const [id] = ids(county)
    const text = new TextDecoder()
      .decode(files.get('population.tsv'))
      .replace(`${id}\tfood/A`, `${id}\tfood/C`)
    files.set('population.tsv', utf8(text))
    const fate = pooled(explain(memoryFiles(files), id as string))
    expect(fate.proofs.map((p) => p.holds)).toEqual([false, true])
  })

  it.each(['sha256', 'sm3'] as const)('is computed again by one line of shell (%s)', (alg) => {
    if (alg === 'sm3' && !canSm3()) return
    const other = makeCounty({ ...options(8), alg })
    const { ticket } = pooled(explain(memoryFiles(other.l1()), ids(other)[3] as string))
    expect(execFileSync('sh', ['-c', ticket?.shell ?? ''], { encoding: 'utf8' }).trim()).toBe(ticket?.ticket)
  })
})

describe('other designs', () => {
  it('a fixed total ranks within the stratum', () => {
    const mins = STRATA.map((stratum) => ({ stratum, min: 1 }))
    const county = makeCounty({ ...options(20), design: { kind: 'total', n: 5, mins } })
    const drawn = ids(county).filter((id) => pooled(explain(memoryFiles(county.l1()), id)).kind === 'drawn')
    expect(drawn.toSorted()).toEqual(selectedIds(county))
  })

  it('by weight it ranks within the weight class, with the exact chance n·x/X', () => {
    const county = makeCounty({ ...options(40), design: { kind: 'pps', n: 8 } })
    const ask = explainer(memoryFiles(county.l1()))
    const fates = ids(county).map((id) => [id, pooled(ask(id))] as const)
    expect(fates.filter(([, f]) => f.kind === 'drawn').map(([id]) => id)).toEqual(selectedIds(county))
    const total = 10 * (1 + 2 + 4 + 8)
    for (const [, fate] of fates) {
      expect(fate.chance).toEqual({ num: `${8 * fate.weight}`, den: `${total}` })
      expect(fate.ticket?.among).toBe('class')
    }
  })

  it('in full coverage everybody is drawn, each in its batch', () => {
    const county = makeCounty({ ...options(12), design: { kind: 'coverage', batches: 3 } })
    const ask = explainer(memoryFiles(county.l1()))
    for (const [id = '', batch = ''] of cells(county, 'batches.tsv')) {
      const fate = pooled(ask(id))
      expect(fate.kind).toBe('drawn')
      expect(fate.chance).toEqual({ num: '1', den: '1' })
      expect(fate.ticket?.batch).toEqual({ number: Number(batch), of: 3 })
    }
  })
})

describe('at another time', () => {
  it('before the draw it is frozen, with its chance and proof and without a ticket', () => {
    const county = makeCounty(options(8))
    const files = county.l1()
    for (const name of RESULTS) files.delete(name)
    const fate = pooled(explain(memoryFiles(files), ids(county)[0] as string))
    expect(fate).toMatchObject({ kind: 'frozen', chance: { num: '1', den: '4' } })
    expect(fate.ticket).toBeUndefined()
    expect(fate.proofs.every((p) => p.holds)).toBe(true)
  })

  it('while sealed nothing is said of anybody', () => {
    const county = makeCounty({ ...options(8), sealed: true })
    const files = county.files
    for (const name of [...files.keys()].filter((n) => n.endsWith('.tsv'))) files.delete(name)
    expect(explain(memoryFiles(files), '91990000MAEXCLUDED')).toMatchObject({ kind: 'sealed', population: 8 })
  })

  it('once opened it is proved by its salted leaf', () => {
    const county = makeCounty({ ...options(8), sealed: true })
    const secrets = county.commit.value.sources
      .filter((s) => s.kind === 'server')
      .map((s, i) => ({ id: s.id, value: county.secrets[i] as string }))
    const at = (county.commit.value.open_at ?? 0) + 1
    county.addEvent({ type: 'open', by: 'p1', approved_by: 'p2', at, secrets })
    const ask = explainer(memoryFiles(county.files))
    for (const id of ids(county)) {
      const fate = pooled(ask(id))
      expect(fate.proofs.map((p) => p.holds)).toEqual([true, true])
      for (const proof of fate.proofs) expect(proofHolds('sha256', proof)).toBe(true)
    }
  })

  it('a skip moves the skipped one out and the first reserve in', () => {
    const county = makeCounty({ ...options(60), maxSkips: 2 })
    const [id = '', stratum = ''] = cells(county, 'selection.tsv')[0] ?? []
    const at = county.certificate.value.at + 60
    const evidence = made('evidence')
    county.addEvent({
      type: 'skip',
      by: 'p1',
      approved_by: 'p2',
      at,
      id,
      stratum,
      reason: 'ceased',
      evidence,
    })
    const ask = explainer(memoryFiles(county.l1()))
    expect(pooled(ask(id))).toMatchObject({ kind: 'drawn', later: 'skipped' })
    const entered = ids(county).filter((other) => pooled(ask(other)).later === 'entered')
    expect(entered).toHaveLength(1)
    const { ticket, kind } = pooled(ask(entered[0] as string))
    expect([kind, ticket?.rank]).toEqual(['not_drawn', (ticket?.n ?? 0) + 1])
  })

  it('without a commitment or a list it says what is lacking', () => {
    const files = makeCounty(options(8)).l1()
    files.delete('population.tsv')
    expect(explain(memoryFiles(files), 'x')).toEqual({ kind: 'unreadable', file: 'population.tsv' })
    expect(explain(memoryFiles(new Map()), 'x')).toEqual({ kind: 'unreadable', file: 'commit.json' })
  })
})

function options(count: number): CountyOptions {
  return { ...exampleOptions(), subjects: subjectsIn(STRATA, count) }
}

function cells(county: County, name: string): string[][] {
  return readCells(county.files.get(name) ?? new Uint8Array())
}

function ids(county: County): string[] {
  return cells(county, 'population.tsv').map(([id = '']) => id)
}

function selectedIds(county: County): string[] {
  return cells(county, 'selection.tsv')
    .map(([id = '']) => id)
    .toSorted()
}

function pooled(fate: Fate): PooledFate {
  if (!('stratum' in fate)) throw new Error(`not in the pool: ${fate.kind}`)
  return fate
}

function proofHolds(alg: Alg, { line, salt, index, size, path, root }: ListProof): boolean {
  const leaf = salt === undefined ? leafHash(alg, utf8(line)) : saltedLeafHash(alg, fromHex(salt), utf8(line))
  return includes(alg, leaf, { index, size, path: path.map(fromHex) }, fromHex(root))
}

function canSm3(): boolean {
  try {
    return execFileSync('openssl', ['dgst', '-sm3', '-r'], { input: '', stdio: 'pipe' }).length > 0
  } catch {
    return false
  }
}
