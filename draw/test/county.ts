// 青石县 in small: whole bundles made in memory, deterministic, for tests and for the example of the specification.

import { fromHex, toHex, utf8 } from '../src/bytes.ts'
import { memoryFiles } from '../src/bundle/files.ts'
import { eventName, eventValuesName, isL2 } from '../src/bundle/names.ts'
import { buildClose, contributionOf } from '../src/build/close.ts'
import { type Built, buildCommitment, buildPlan, type CommitmentChoices } from '../src/build/commitment.ts'
import { Log } from '../src/build/log.ts'
import { buildCertificate, computeDraw } from '../src/build/result.ts'
import { type Alg, hashHex, type Tag, tag } from '../src/hash.ts'
import { canonical, canonicalBytes, type Json, type JsonObject } from '../src/jcs.ts'
import { listBytes } from '../src/lists/write.ts'
import { cosignatureLine } from '../src/log/checkpoint.ts'
import type { Policy } from '../src/log/policy.ts'
import type { Certificate } from '../src/manifest/certificate.ts'
import type { Close } from '../src/manifest/close.ts'
import type { Commitment, Demand, Matching } from '../src/manifest/commitment.ts'
import type { DrawEvent } from '../src/manifest/event.ts'
import type { Design } from '../src/manifest/plan.ts'
import type { LogLeaf, Signature } from '../src/manifest/proofs.ts'
import type { Source, SourceValue } from '../src/manifest/source.ts'
import { aliasOf } from '../src/people/alias.ts'
import { demandLookup } from '../src/people/demand.ts'
import { preflight } from '../src/people/preflight.ts'
import { readPeople } from '../src/people/register.ts'
import { publicKeyEd25519 } from '../src/sign/ed25519.ts'
import { publicKeyOf, signHash, type SigningKey } from '../src/sign/signature.ts'
import { sha256 } from '../src/sha256.ts'
import { recordHash } from '../src/sources/record.ts'

/** 64 hex made from a name: every key, salt and secret of the fixtures. */
export function made(name: string): string {
  return toHex(sha256(utf8(`qingshi ${name}`)))
}

/** A subject: its id, stratum and weight. */
export type SubjectRow = readonly [id: string, stratum: string, weight: number]

/** An inspector before he has an alias. */
export interface Staff {
  readonly staffNo: string
  readonly authority: string
  readonly classes?: readonly string[]
  readonly conflicts?: readonly string[]
}

/** What a fixture may choose; everything else is as in the example. */
export interface CountyOptions {
  readonly alg?: Alg
  readonly subjects: readonly SubjectRow[]
  readonly excluded?: readonly string[]
  readonly staff: readonly Staff[]
  readonly design: Design
  readonly demands: readonly Demand[]
  readonly demandOf?: (id: string) => string
  readonly matching: Matching
  readonly draw?: Readonly<Record<string, number>>
  readonly sources?: readonly Source[]
  readonly values?: readonly SourceValue[]
  readonly observers?: readonly string[]
  readonly closeBy?: number
  readonly sealed?: boolean
  readonly maxSkips?: number
  readonly signing?: 'ed25519' | 'sm2'
  readonly seq?: number
  readonly software?: ReadonlyMap<string, Uint8Array>
}

/** The example's times: 青石县, Monday 2026-11-23 09:00 in China. */
export const CLOSE_BY = 1_795_395_600

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
  addEvent(
    event: Omit<DrawEvent, 'v' | 'draw' | 'n' | 'prev'>,
    values?: readonly SourceValue[],
    by?: readonly SigningKey[],
  ): string
}

const LOG_ORIGIN = 'log.qingshi.example'

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
      shelf.log('event', prev, event.at + 1)
      if (fresh) {
        files.set(
          eventValuesName(n),
          canonicalBytes({ v: 'vdp1', event: prev, values: fresh as unknown as Json[] }),
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

/** Log and signatures beside the manifests. */
class Shelf {
  readonly tree: Log
  readonly #signatures: Signature[] = []
  readonly #indexes: number[] = []
  readonly #draw: string

  constructor(draw: string, seq: number) {
    this.#draw = draw
    const other = { v: 'vdp1', draw: 'another-draw', at: CLOSE_BY - 9_000_000 } as const
    this.tree = new Log()
    this.tree.append({ ...other, type: 'plan', hash: made('another plan') })
    if (seq === 1) return
    const previous = {
      authority: 'd01',
      seq: seq - 1,
      prev: made('before'),
      plan_ref: 'qingshi-2025',
      draw_no: 1,
    }
    this.#indexes.push(
      this.tree.append({ ...other, ...previous, type: 'commit', hash: made('previous commitment') }),
    )
  }

  log(type: LogLeaf['type'], hash: string, at: number, more: Partial<LogLeaf> = {}): number {
    const index = this.tree.append({ v: 'vdp1', type, draw: this.#draw, hash, at, ...more })
    this.#indexes.push(index)
    return index
  }

  sign(key: SigningKey, of: Extract<Tag, Signature['of']>, hash: string): void {
    this.#signatures.push(signHash(key, of, hash))
  }

  /** A checkpoint, cosigned by all three witnesses. */
  checkpoint(at: number): string {
    const text = this.tree.checkpoint(LOG_ORIGIN, fromHex(made('log key')))
    return WITNESSES.reduce((all, w) => all + cosignatureLine(text, w, fromHex(made(`key ${w}`)), at), text)
  }

  write(files: Map<string, Uint8Array>, from: number, at: number): void {
    const proofs = this.tree.proofs(this.checkpoint(at), this.#indexes, from)
    files.set('proofs.json', canonicalBytes(proofs as unknown as JsonObject))
    const key = (s: Signature): string => `${s.of}\n${s.hash}\n${s.by}`
    const ordered = this.#signatures.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
    files.set('signatures.json', canonicalBytes({ v: 'vdp1', signatures: ordered as unknown as Json[] }))
  }
}

const WITNESSES = ['witness-1', 'witness-2', 'witness-3']

/** The policy under which the fixtures' log and witnesses count. */
export function policyOf(): Policy {
  const key = (name: string): string => toHex(publicKeyEd25519(fromHex(made(name))))
  return {
    v: 'vdp1',
    log: { origin: LOG_ORIGIN, key: key('log key') },
    witnesses: WITNESSES.map((name) => ({ name, key: key(`key ${name}`) })),
    quorum: 2,
    faults: 0,
  }
}

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

/** `count` subjects in the given strata by turns, with ids like credit codes. */
export function subjectsIn(strata: readonly string[], count: number): SubjectRow[] {
  return Array.from({ length: count }, (_, i) => [
    `9199${String(i).padStart(4, '0')}MA${toHex(sha256(utf8(`${i}`)))
      .slice(0, 8)
      .toUpperCase()}`,
    strata[i % strata.length] as string,
    1 << (i % 4),
  ])
}

/** `count` people of an authority. */
export function staffOf(authority: string, count: number, more: Partial<Staff> = {}): Staff[] {
  return Array.from({ length: count }, (_, i) => ({ staffNo: `${authority}-${i + 1}`, authority, ...more }))
}

/** Two authorities, teams of two. */
export const TWO_IN_TEAMS: Matching = {
  mode: 'teams',
  cap: 1000,
  mix: 20,
  tau: { num: 1, den: 4 },
  min_members: 2,
  min_per_authority: 1,
  max_conflicts: { num: 1, den: 4 },
  teams: {
    count: 3,
    members: [
      { authority: 'd01', members: 1, classes: [] },
      { authority: 'd02', members: 1, classes: [] },
    ],
  },
}

/** The county of the specification's example: eight shops, two strata, two authorities. */
export function exampleOptions(): CountyOptions {
  const strata = ['food/A', 'food/C']
  return {
    subjects: subjectsIn(strata, 8),
    excluded: ['91990000MAEXCLUDED'],
    staff: [...staffOf('d01', 5), ...staffOf('d02', 4)],
    design: { kind: 'ratio', ratios: strata.map((stratum) => ({ stratum, num: 1, den: 4, min: 1 })) },
    demands: [
      {
        code: 'food',
        strata,
        authorities: [
          { authority: 'd01', members: 1, classes: [] },
          { authority: 'd02', members: 1, classes: [] },
        ],
      },
    ],
    matching: TWO_IN_TEAMS,
    draw: { d01: 3, d02: 3 },
  }
}
