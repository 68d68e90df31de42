// 青石县 in small: whole bundles made in memory, deterministic, for tests and for the example of the specification.

import { toHex, utf8 } from '../src/bytes.ts'
import { memoryFiles } from '../src/bundle/files.ts'
import { eventName, eventValuesName, isL2 } from '../src/bundle/names.ts'
import { buildClose, contributionOf } from '../src/build/close.ts'
import { type Built, buildCommitment, buildPlan, type CommitmentChoices } from '../src/build/commitment.ts'
import { buildCertificate, computeDraw } from '../src/build/result.ts'
import { type Alg, hashHex, tag } from '../src/hash.ts'
import { canonical, canonicalBytes, type JsonObject } from '../src/jcs.ts'
import { listBytes } from '../src/lists/write.ts'
import type { Policy } from '../src/log/policy.ts'
import type { Certificate } from '../src/manifest/certificate.ts'
import type { Close } from '../src/manifest/close.ts'
import type { Commitment } from '../src/manifest/commitment.ts'
import type { DrawEvent } from '../src/manifest/event.ts'
import type { Source, SourceValue } from '../src/manifest/source.ts'
import { aliasOf } from '../src/people/alias.ts'
import { demandLookup } from '../src/people/demand.ts'
import { preflight } from '../src/people/preflight.ts'
import { readPeople } from '../src/people/register.ts'
import { publicKeyOf, type SigningKey } from '../src/sign/signature.ts'
import { sha256 } from '../src/sha256.ts'
import { recordHash } from '../src/sources/record.ts'
import { CLOSE_BY, type CountyOptions, made, policyOf, Shelf } from './county-kit.ts'

export * from './county-example.ts'
export * from './county-kit.ts'

type Body<E> = E extends DrawEvent ? Omit<E, 'v' | 'draw' | 'n' | 'prev'> : never
/** What a fixture says of an event; its number and chain follow. */
export type EventBody = Body<DrawEvent>

/** A bundle being made. */
export interface County {
  /** Every file, L2 included. */
  readonly files: Map<string, Uint8Array>
  readonly commit: Built<Commitment>
  readonly close: Built<Close>
  readonly certificate: Built<Certificate>
  readonly policy: Policy
  readonly values: readonly SourceValue[]
  readonly seed: string
  readonly secrets: readonly string[]
  /** The public bundle: without what only the oversight authority sees. */
  l1(): Map<string, Uint8Array>
  /** Adds an event (and a substitute's values), logged; `prev` and `n` follow. */
  addEvent(event: EventBody, values?: readonly SourceValue[], by?: readonly SigningKey[]): string
}

/** Makes a county's bundle from commitment to certificate. */
export function makeCounty(o: CountyOptions): County {
  const alg = o.alg ?? 'sha256'
  const closeBy = o.closeBy ?? CLOSE_BY
  const keys = signers(o.signing ?? 'ed25519')
  const secrets = o.sealed ? [made('secret d01'), made('secret d90')] : []
  const files = new Map<string, Uint8Array>()
  const strata = [...new Set(o.subjects.map((s) => s[1]))].toSorted()
  const drawId = 'qingshi-2026-food-1'
  writeLists(files, o, alg, drawId)
  const plan = buildPlan(
    {
      v: 'vdp1',
      plan_ref: 'qingshi-2026',
      authority: 'd01',
      draws: 4,
      strata,
      filter: hashHex(alg, utf8(FILTER)),
      design: o.design,
      note: FILTER,
    },
    alg,
  )
  const sources = o.sources ?? [
    { id: 'close', kind: 'close' },
    ...serverSources(alg, secrets),
    ...defaultSources(closeBy),
  ]
  const seq = o.seq ?? 1
  const choices: CommitmentChoices = {
    alg,
    draw_id: drawId,
    authority: 'd01',
    oversight: 'd90',
    plan: { ref: 'qingshi-2026', draw_no: 1 },
    seq,
    prev: seq === 1 ? '0'.repeat(64) : made('previous commitment'),
    at: closeBy - 86_400,
    close_by: closeBy,
    certify_by: closeBy + 86_400,
    sealed: o.sealed ?? false,
    ...(o.sealed ? { open_at: closeBy + 3_600 } : {}),
    design: o.design,
    max_skips: o.maxSkips ?? 2,
    demands: o.demands,
    pools: Object.entries(o.draw ?? {}).map(([authority, draw]) => ({ authority, draw })),
    matching: o.matching,
    sources,
    signers: [
      { by: 'd01', role: 'authority', alg: keys.d01.alg, key: publicKeyOf(keys.d01) },
      { by: 'd90', role: 'oversight', alg: keys.d90.alg, key: publicKeyOf(keys.d90) },
    ],
    software: {
      name: 'sunlot',
      version: '0.1.0',
      files: [...(o.software ?? [])].map(([name, bytes]) => ({ name, hash: toHex(sha256(bytes)) })),
    },
  }
  const people = o.matching.mode === 'none' ? undefined : made('people secret')
  const commit = buildCommitment(plan, choices, memoryFiles(files), {
    ...(people ? { people } : {}),
    sealed: secrets.join(''),
  })
  const shelf = new Shelf(drawId, commit.value.seq)
  for (const [name, bytes] of o.software ?? []) files.set(name, bytes)
  files.set('plan.json', plan.bytes)
  files.set('commit.json', commit.bytes)
  if (people) files.set('people.json', canonicalBytes({ v: 'vdp1', secret: people }))
  const planAt = shelf.log('plan', plan.hash, closeBy - 90_000, { draw: 'qingshi-2026' })
  const commitAt = shelf.log('commit', commit.hash, closeBy - 86_400, {
    authority: 'd01',
    seq,
    prev: commit.value.prev,
    plan_ref: 'qingshi-2026',
    draw_no: 1,
  })
  const observers = (o.observers ?? ['314159', '2718', '青石县人民代表']).map((typed, i) =>
    contributionOf(alg, i + 1, typed),
  )
  const close = buildClose(commit, {
    at: closeBy - 600,
    observers,
    ...(o.sealed
      ? {
          escrow: [
            { id: 'authority', holder: 'd91', at: closeBy - 900 },
            { id: 'oversight', holder: 'd92', at: closeBy - 900 },
          ],
        }
      : {}),
  })
  files.set('close.json', close.bytes)
  const closeAt = shelf.log('close', close.hash, closeBy - 590)
  shelf.sign(keys.d90, 'close', close.hash)
  const early = shelf.checkpoint(closeBy - 580)
  const size = shelf.tree.size
  const values: SourceValue[] = [{ id: 'close', value: close.hash }, ...(o.values ?? defaultValues(closeBy))]
  for (const v of values.filter((v) => v.by)) {
    const hash = recordHash(alg, { commit: commit.hash }, v)
    for (const by of v.by ?? [])
      shelf.sign({ by, alg: 'ed25519', secret: made(`key ${by}`) }, 'contrib', hash)
    shelf.log('record', hash, (v.at ?? 0) + 1)
  }
  const given = new Map([
    ...values.map((v) => [v.id, v.value] as const),
    ...secrets.map((s, i) => [HOLDERS[i] as string, s] as const),
  ])
  const all = commit.value.sources.map((s) => ({ id: s.id, value: given.get(s.id) as string }))
  const result = computeDraw(commit, all, memoryFiles(files))
  for (const [name, bytes] of result.lists) files.set(name, bytes)
  const certificate = buildCertificate(result, {
    commit,
    close,
    values,
    at: closeBy + 900,
    sealedSecret: secrets.join(''),
    log: {
      checkpoint: early,
      plan: shelf.tree.place(planAt, size),
      commit: shelf.tree.place(commitAt, size),
      close: shelf.tree.place(closeAt, size),
    },
  })
  files.set('certificate.json', certificate.bytes)
  shelf.log('cert', certificate.hash, closeBy + 901)
  shelf.sign(keys.d01, 'cert', certificate.hash)
  shelf.sign({ by: 'visitor-1', alg: 'ed25519', secret: made('key visitor-1') }, 'cert', certificate.hash)
  const write = (): void => shelf.write(files, size, closeBy + 910)
  write()
  let n = 0
  let prev = certificate.hash
  return {
    files,
    commit,
    close,
    certificate,
    values,
    seed: result.seed,
    secrets,
    policy: policyOf(),
    l1: () => new Map([...files].filter(([name]) => !isL2(name) && name !== 'people.json')),
    addEvent: (event, fresh, by = []) => {
      const value = { v: 'vdp1', draw: drawId, n: ++n, prev, ...event } as unknown as JsonObject
      const bytes = canonicalBytes(value)
      prev = tag(alg, 'event', canonical(value))
      files.set(eventName(n), bytes)
      const index = shelf.log(event.type === 'void' ? 'void' : 'event', prev, event.at + 1)
      const log = { checkpoint: shelf.checkpoint(event.at + 1), ...shelf.tree.place(index) }
      if (fresh) {
        files.set(
          eventValuesName(n),
          canonicalBytes({ v: 'vdp1', event: prev, values: fresh, log } as unknown as JsonObject),
        )
        for (const v of fresh.filter((f) => f.by)) {
          const hash = recordHash(alg, { event: prev }, v)
          for (const key of by) shelf.sign(key, 'contrib', hash)
          shelf.log('record', hash, (v.at ?? 0) + 1)
        }
      }
      write()
      return prev
    },
  }
}

const FILTER = '青石县在业的食品经营主体'
const HOLDERS = ['authority', 'oversight']

function signers(alg: 'ed25519' | 'sm2'): { d01: SigningKey; d90: SigningKey } {
  return {
    d01: { by: 'd01', alg, secret: made('key d01') },
    d90: { by: 'd90', alg, secret: made('key d90') },
  }
}

function serverSources(alg: Alg, secrets: readonly string[]): Source[] {
  return secrets.map((s, i) => ({
    id: HOLDERS[i] as string,
    kind: 'server',
    holder: i === 0 ? 'd01' : 'd90',
    secret: tag(alg, 'secret', s),
  }))
}

/** Twenty-five ten-sided dice and a lottery issue. */
function defaultSources(closeBy: number): Source[] {
  const ball = { low: 1, ordered: false, repeat: false }
  return [
    {
      id: 'dice',
      kind: 'dice',
      faces: 10,
      count: 25,
      not_before: closeBy + 60,
      roller: 'visitor-1',
      note: '滚落桌外的重掷',
    },
    {
      id: 'lottery',
      kind: 'lottery',
      game: 'ssq',
      issue: '2026135',
      groups: [
        { ...ball, count: 6, high: 33 },
        { ...ball, count: 1, high: 16 },
      ],
      not_before: closeBy + 60,
    },
  ]
}

function defaultValues(closeBy: number): SourceValue[] {
  const by = ['visitor-1', 'visitor-2']
  return [
    { id: 'dice', value: '4155926535897932384626433', at: closeBy + 120, by },
    { id: 'lottery', value: '3.9.14.20.27.31./7./', at: closeBy + 180, by },
  ]
}

function writeLists(files: Map<string, Uint8Array>, o: CountyOptions, alg: Alg, drawId: string): void {
  files.set(
    'population.tsv',
    listBytes(o.subjects.map(([id, stratum, weight]) => [id, stratum, `${weight}`])),
  )
  files.set(
    'exclusions.tsv',
    listBytes((o.excluded ?? []).map((id) => [id, 'inspected_this_year', made(id)])),
  )
  files.set('rejected.tsv', listBytes([]))
  if (o.matching.mode === 'none') return
  const aliased = o.staff.map((s) => ({
    ...s,
    alias: aliasOf(alg, made(`salt ${s.staffNo}`).slice(0, 32), s.staffNo, drawId),
  }))
  files.set('inspectors.tsv', listBytes(aliased.map((s) => [s.alias, s.authority])))
  files.set(
    'attributes.tsv',
    listBytes(aliased.map((s) => [s.alias, (s.classes ?? []).toSorted().join(',')])),
  )
  const conflicting = aliased.filter((s) => (s.conflicts ?? []).length > 0)
  files.set(
    'conflicts.tsv',
    listBytes(conflicting.map((s) => [s.alias, (s.conflicts ?? []).toSorted().join(',')])),
  )
  if (o.demandOf) files.set('demands.tsv', listBytes(o.subjects.map(([id]) => [id, o.demandOf?.(id) ?? ''])))
  files.set('short.tsv', shortList(files, o))
}

/** Who is short, as preflight finds it. */
function shortList(files: Map<string, Uint8Array>, o: CountyOptions): Uint8Array {
  const file = (name: string): Uint8Array => files.get(name) as Uint8Array
  const people = readPeople({
    inspectors: file('inspectors.tsv'),
    attributes: file('attributes.tsv'),
    conflicts: file('conflicts.tsv'),
  })
  const c = { matching: o.matching, demands: o.demands } as unknown as Commitment
  const demandOf = demandLookup(c, o.demandOf ? file('demands.tsv') : undefined)
  const found = preflight(
    c,
    o.subjects.map(([id, stratum]) => ({ id, stratum })),
    people,
    demandOf,
  )
  return listBytes([...found.short].map(([id, authorities]) => [id, authorities.join(',')]))
}
