// A forger who holds every key: changes what he likes in a good bundle, then counts, hashes, signs and logs everything
// after it again, so that only the rule in question is left to catch him.

import { memoryFiles } from '../../src/bundle/files.ts'
import { eventName, eventValuesName } from '../../src/bundle/names.ts'
import type { Built } from '../../src/build/commitment.ts'
import { buildCertificate, computeDraw, type DrawResult } from '../../src/build/result.ts'
import { type Alg, hashHex, type Tag, tag } from '../../src/hash.ts'
import { canonical } from '../../src/jcs.ts'
import type { Certificate } from '../../src/manifest/certificate.ts'
import type { Close } from '../../src/manifest/close.ts'
import type { Commitment } from '../../src/manifest/commitment.ts'
import type { Plan } from '../../src/manifest/plan.ts'
import type { Signature } from '../../src/manifest/proofs.ts'
import type { SourceValue } from '../../src/manifest/source.ts'
import { signHash } from '../../src/sign/signature.ts'
import { recordHash } from '../../src/sources/record.ts'
import { type County, made } from '../county.ts'
import type { ForgedEvent, Forgery, Hashes, Recorded, WrittenEvent } from './forgery.ts'
import { type Loose, read, write } from './loose.ts'
import { recount } from './recount.ts'
import { EarlyLog } from './forged-log.ts'

type Lists = Map<string, Uint8Array>

/** The forged bundle, L2 files included. */
export function forge(county: County, f: Forgery): Lists {
  const files = new Map(county.files)
  f.lists?.(files)
  const alg = county.commit.value.alg
  const plan = read<Plan>(files, 'plan.json')
  f.plan?.(plan)
  const planHash = hashHex(alg, write(files, 'plan.json', plan))
  const commit = recount(county, files, planHash)
  f.commit?.(commit)
  const c = built(files, 'commit', commit as Commitment, commit.alg)
  const close = read<Close>(files, 'close.json')
  Object.assign(close, { commit: c.hash, files: repeated(commit as Commitment) })
  f.close?.(close)
  const k = built(files, 'close', close as Close, commit.alg)
  const log = new EarlyLog(county, { plan: planHash, commit: c, close: k.hash }, f)
  const draft = draftOf(county, files, { c, k, log, f })
  f.certificate?.(draft.certificate)
  const certificate = built(files, 'cert', draft.certificate as Certificate, commit.alg)
  const hashes: Hashes = {
    plan: planHash,
    commit: c.hash,
    close: k.hash,
    certificate: certificate.hash,
    seed: draft.seed,
  }
  const events = writeEvents(files, commit, hashes, f.events ?? [])
  const records = draft.values
    .filter((v) => v.by)
    .map((v) => ({ of: { commit: c.hash }, value: v, after: '' }))
  const all = [...records, ...events.flatMap((e) => e.records)]
  log.continue(all, { certificate: certificate.hash, events }, hashes)
  for (const { hash, number, values } of events)
    if (values)
      write(files, eventValuesName(number), {
        v: 'vdp1',
        event: hash,
        values,
        log: log.shown.get(hash) ?? UNLOGGED,
      })
  write(files, 'proofs.json', log.proofs())
  const signatures = signaturesOf(county, hashes, all)
  f.signatures?.(signatures, hashes)
  write(files, 'signatures.json', { v: 'vdp1', signatures: signatures.toSorted(byPlace) })
  f.files?.(files, hashes)
  return files
}

/** An event whose leaf the forger left out has no place to show. */
const UNLOGGED = { checkpoint: '', index: 0, path: [] }

const FILES = { commit: 'commit.json', close: 'close.json', cert: 'certificate.json' } as const

function built<T>(files: Lists, t: Extract<Tag, keyof typeof FILES>, value: T, alg: Alg): Built<T> {
  const bytes = write(files, FILES[t], value)
  return { value, bytes, hash: tag(alg, t, new TextDecoder().decode(bytes)) }
}

function repeated(c: Commitment): { name: string; hash: string }[] {
  return c.lists.map((l) => ({ name: l.name, hash: l.hash ?? l.root }))
}

interface Draft {
  readonly certificate: Loose<Certificate>
  readonly values: readonly SourceValue[]
  readonly seed: string
}

/** Draws again; where the commitment is too broken for that, the old result stands with the new hashes. */
function draftOf(
  county: County,
  files: Lists,
  with_: { c: Built<Commitment>; k: Built<Close>; log: EarlyLog; f: Forgery },
): Draft {
  const { c, k, log, f } = with_
  const values = structuredClone(county.values) as Loose<SourceValue>[]
  const [first] = values
  if (first) first.value = k.hash
  f.values?.(values)
  const places = { checkpoint: log.early, ...log.places }
  const old = read<Certificate>(county.files, 'certificate.json')
  const kept = { ...old, commit: c.hash, close: k.hash, values, log: places } as Loose<Certificate>
  const result = drawn(county, c, values, files)
  if (!result) return { certificate: kept, values, seed: county.seed }
  for (const [name, bytes] of result.lists) files.set(name, bytes)
  f.results?.(files)
  const lists = new Map([...result.lists].map(([name]) => [name, files.get(name) as Uint8Array]))
  const certificate = buildCertificate(
    { ...result, lists },
    { commit: c, close: k, values, at: old.at, sealedSecret: county.secrets.join(''), log: places },
  )
  return { certificate: structuredClone(certificate.value) as Loose<Certificate>, values, seed: result.seed }
}

function drawn(
  county: County,
  c: Built<Commitment>,
  values: readonly SourceValue[],
  files: Lists,
): DrawResult | undefined {
  const given = new Map(values.map((v) => [v.id as string, v.value]))
  const servers = county.commit.value.sources.filter((s) => s.kind === 'server')
  servers.forEach((s, i) => given.set(s.id, county.secrets[i] as string))
  try {
    const all = c.value.sources.map((s) => ({ id: s.id, value: given.get(s.id) ?? made(s.id) }))
    return computeDraw(c, all, memoryFiles(files))
  } catch {
    return undefined
  }
}

function writeEvents(
  files: Lists,
  c: Loose<Commitment>,
  hashes: Hashes,
  events: readonly ForgedEvent[],
): WrittenEvent[] {
  let prev = hashes.certificate
  return events.map(({ event, values, file }, i) => {
    const value = { v: 'vdp1', draw: c.draw_id, n: i + 1, prev, ...event }
    const number = file ?? i + 1
    const bytes = write(files, eventName(number), value)
    prev = tag(c.alg, 'event', new TextDecoder().decode(bytes))
    const records = (values ?? [])
      .filter((v) => v.by)
      .map((v) => ({ of: { event: prev }, value: v, after: prev }))
    return {
      hash: prev,
      at: event.at,
      records,
      type: event.type === 'void' ? 'void' : 'event',
      number,
      values,
    }
  })
}

function signaturesOf(county: County, h: Hashes, records: readonly Recorded[]): Signature[] {
  const { alg, signers } = county.commit.value
  const key = (by: string) => ({
    by,
    alg: signers.find((s) => s.by === by)?.alg ?? ('ed25519' as const),
    secret: made(`key ${by}`),
  })
  return [
    signHash(key('d90'), 'close', h.close),
    signHash(key('d01'), 'cert', h.certificate),
    signHash(key('visitor-1'), 'cert', h.certificate),
    ...records.flatMap((r) => {
      const hash = recordHash(alg, r.of, r.value)
      return (r.value.by ?? []).map((by) => signHash(key(by), 'contrib', hash))
    }),
  ]
}

function byPlace(a: Signature, b: Signature): number {
  return canonical([a.of, a.hash, a.by]) < canonical([b.of, b.hash, b.by]) ? -1 : 1
}
