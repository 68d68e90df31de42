// What follows a random draw, or comes before its end: events, openings, voids, and bundles of earlier states.

import { fromHex } from '../src/bytes.ts'
import { eventName, isL2 } from '../src/bundle/names.ts'
import { Log } from '../src/build/log.ts'
import { tag } from '../src/hash.ts'
import { canonical, canonicalBytes, type JsonObject } from '../src/jcs.ts'
import { readCells } from '../src/lists/form.ts'
import { leafText } from '../src/log/leaf.ts'
import { cosignatureLine } from '../src/log/checkpoint.ts'
import type { Proofs, Signature } from '../src/manifest/proofs.ts'
import { signHash } from '../src/sign/signature.ts'
import { CLOSE_BY, type County, type CountyOptions, type EventBody, made, policyOf } from './county.ts'
import type { Chance } from './random-chance.ts'
import { randomFresh, valueOf } from './random-sources.ts'

type Files = ReadonlyMap<string, Uint8Array>

/** What happened, in words, and whether the lists are open and a substitute still waits for its value. */
export interface Happened {
  readonly title: string
  readonly opened: boolean
  readonly waiting: boolean
}

const TWO = { by: 'clerk-1', approved_by: 'chief-1', evidence: made('evidence') }

/** Adds up to four events to a certified draw. */
export function withEvents(chance: Chance, o: CountyOptions, county: County): Happened {
  const closeBy = o.closeBy ?? CLOSE_BY
  const did: string[] = []
  let at = closeBy + chance.between(901, 960)
  let opened = false
  let waiting = false
  const skipped = new Set<string | undefined>()
  const members = membersOf(o, county)
  const places = chance.oneIn(2) ? placesOf(o, county) : []
  for (let left = chance.below(5); left > 0 && !waiting; left--) {
    const kind = chance.pick(['skip', 'substitute', 'open'] as const)
    at += chance.below(5)
    if (kind === 'open' && o.sealed && !opened) {
      at = Math.max(at, closeBy + 3_600)
      open(county, at)
      opened = true
    } else if (kind === 'skip') {
      const member = members.pop()
      if (!member) continue
      skipped.add(member.id)
      county.addEvent(event({ type: 'skip', ...member, reason: 'ceased', ...TWO, at }))
    } else if (kind === 'substitute') {
      const place = places.pop()
      // Nobody holds a skipped subject any more.
      if (!place || skipped.has(place.subject)) continue
      waiting = chance.oneIn(8)
      substitute(chance, county, { place, at, waiting })
      at += 60
    } else continue
    did.push(kind)
    at += 1
  }
  return { title: did.join(' + '), opened, waiting }
}

function open(county: County, at: number): void {
  const [authority = '', oversight = ''] = county.secrets
  const secrets = [
    { id: 'authority', value: authority },
    { id: 'oversight', value: oversight },
  ]
  county.addEvent(event({ type: 'open', secrets, by: TWO.by, approved_by: TWO.approved_by, at }))
}

/** A substitute by a fresh source; its value, unless it still waits for it, read by two visitors. */
function substitute(
  chance: Chance,
  county: County,
  s: { readonly place: Place; readonly at: number; readonly waiting: boolean },
): void {
  const source = randomFresh(chance, s.at)
  const value = valueOf(chance, source, s.at + 60)
  const keys = (value.by ?? []).map((by) => ({ by, alg: 'ed25519' as const, secret: made(`key ${by}`) }))
  const what = event({ type: 'substitute', ...s.place, reason: 'recusal', ...TWO, at: s.at, source })
  county.addEvent(what, s.waiting ? undefined : [value], keys)
}

/** County.addEvent adds v, draw, n and prev. */
function event(given: object): EventBody {
  return given as EventBody
}

/** Drawn subjects that may be skipped, as many of each stratum as the commitment allows. */
function membersOf(o: CountyOptions, county: County): { id: string; stratum: string }[] {
  const list = county.files.get('selection.tsv')
  const used = new Map<string, number>()
  return readCells(list ?? new Uint8Array()).flatMap(([id = '', stratum = '']) => {
    const skips = (used.get(stratum) ?? 0) + 1
    used.set(stratum, skips)
    return skips <= (o.maxSkips ?? 2) ? [{ id, stratum }] : []
  })
}

/** An inspector who may leave, and in mode subjects which subject he leaves. */
interface Place {
  readonly id: string
  readonly subject?: string
}

/** A few places of the match; each alias leaves at most once. */
function placesOf(o: CountyOptions, county: County): Place[] {
  const lists =
    o.matching.mode === 'teams' ? ['teams.tsv'] : Object.keys(o.draw ?? {}).map((d) => `assignment-${d}.tsv`)
  const places = new Map<string, Place>()
  for (const list of lists)
    for (const [place = '', aliases = ''] of readCells(county.files.get(list) ?? new Uint8Array()))
      for (const id of aliases.split(','))
        places.set(id, o.matching.mode === 'teams' ? { id } : { id, subject: place })
  return [...places.values()].slice(0, 3)
}

/** The bundle when only the commitment or the close was there, or voided from there. */
export function cutBack(
  chance: Chance,
  o: CountyOptions,
  county: County,
): { readonly files: Files; readonly title: string; readonly voided: boolean } {
  const closeBy = o.closeBy ?? CLOSE_BY
  const closed = chance.oneIn(2)
  const voided = chance.oneIn(2)
  const results = new Set(county.certificate.value.lists.map((l) => l.name))
  const files = new Map(
    [...county.files].filter(
      ([name]) => !results.has(name) && name !== 'certificate.json' && (closed || name !== 'close.json'),
    ),
  )
  const proofs = readJson(files, 'proofs.json') as Proofs
  const before = proofs.leaves.slice(0, (o.seq === 1 ? 2 : 3) + (closed ? 1 : 0)).map((l) => l.leaf)
  const log = new Log([ANOTHER, ...before])
  const reason = closed ? 'beacon_absent' : 'not_closed'
  if (voided) {
    const what = {
      v: 'vdp1',
      draw: county.commit.value.draw_id,
      n: 1,
      prev: county.commit.hash,
      type: 'void',
    }
    const value = { ...what, reason, ...TWO, at: closeBy + 7_200 }
    files.set(eventName(1), canonicalBytes(value))
    const hash = tag(o.alg ?? 'sha256', 'event', canonical(value))
    log.append({ v: 'vdp1', type: 'void', draw: value.draw, hash, at: value.at + 1 })
  }
  writeLog(files, log, voided ? closeBy + 7_300 : closeBy - 500)
  const kept = closed ? ['commit', 'close'] : ['commit']
  const { signatures } = readJson(files, 'signatures.json') as { signatures: Signature[] }
  writeSignatures(
    files,
    signatures.filter((s) => kept.includes(s.of)),
  )
  return { files, voided, title: voided ? `void: ${reason}` : closed ? 'closed' : 'committed' }
}

/** The leaf of another draw's plan with which a county's log begins. */
const ANOTHER = leafText({
  v: 'vdp1',
  draw: 'another-draw',
  at: CLOSE_BY - 9_000_000,
  type: 'plan',
  hash: made('another plan'),
})

function writeLog(files: Map<string, Uint8Array>, log: Log, at: number): void {
  const { origin } = policyOf().log
  const text = log.checkpoint(origin, fromHex(made('log key')))
  const cosigned = policyOf().witnesses.map(({ name }) =>
    cosignatureLine(text, name, fromHex(made(`key ${name}`)), at),
  )
  const indexes = Array.from({ length: log.size - 1 }, (_, i) => i + 1)
  const proofs = log.proofs(text + cosigned.join(''), indexes)
  files.set('proofs.json', canonicalBytes(proofs as unknown as JsonObject))
}

/** What a sealed draw shows before it is opened: no list at all. */
export function withoutLists(files: Files): Files {
  return new Map(
    [...files].filter(([name]) => !name.endsWith('.tsv') && !isL2(name) && name !== 'people.json'),
  )
}

/** The same with the oversight authority's signature on the commitment: it allows many conflicts. */
export function signedByOversight(files: Files, o: CountyOptions): Files {
  const signed = new Map(files)
  const alg = o.signing ?? 'ed25519'
  const hash = commitHashOf(files, o)
  const { signatures } = readJson(files, 'signatures.json') as { signatures: Signature[] }
  writeSignatures(signed, [
    ...signatures,
    signHash({ by: 'd90', alg, secret: made('key d90') }, 'commit', hash),
  ])
  return signed
}

function commitHashOf(files: Files, o: CountyOptions): string {
  return tag(o.alg ?? 'sha256', 'commit', new TextDecoder().decode(files.get('commit.json')))
}

function writeSignatures(files: Map<string, Uint8Array>, signatures: readonly Signature[]): void {
  const key = (s: Signature): string => `${s.of}\n${s.hash}\n${s.by}`
  const ordered = signatures.toSorted((a, b) => (key(a) < key(b) ? -1 : 1))
  files.set('signatures.json', canonicalBytes({ v: 'vdp1', signatures: ordered } as unknown as JsonObject))
}

function readJson(files: Files, name: string): unknown {
  return JSON.parse(new TextDecoder().decode(files.get(name)))
}
