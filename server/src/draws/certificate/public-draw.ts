// A draw as everybody may know it: the exact manifests, and what stands beside them. What is sealed is not in here.

import type { Certificate, Close, Commitment, DrawEvent, Plan, Signature } from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import type { PublishedLog } from '../../platform/log/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { findDrawByName, type DrawRow } from '../draws/draws.store.ts'
import { type KeptManifest, manifestsOf } from '../draws/manifests.store.ts'
import { staleEvents } from '../draws/places.ts'
import { thosePutOut } from '../ceremony/observers.store.ts'
import { firstPartsOf } from './strata.ts'
import {
  authorityNamesOf,
  divisionNamesOf,
  eventsOf,
  observersOf,
  outsidersOf,
  pressesOf,
  signaturesOf,
  supersedingOf,
  unassignedOf,
} from './public.store.ts'

/** A manifest with its hash. */
export interface Said<T> {
  readonly hash: string
  readonly value: T
}

/** What a stage of the public list shows: a state, a list that is still sealed, a certificate that did not come. */
export type PublicState =
  | 'committed'
  | 'closing'
  | 'closed'
  | 'drawing'
  | 'certified'
  | 'sealed'
  | 'void'
  | 'withheld'

/** What happened afterwards, and who came in by it. */
export interface PublicEvent {
  readonly event: DrawEvent
  /** Who entered, by code or alias; null where nobody did, or not yet. */
  readonly entered: string | null
  readonly isSettled: boolean
  /** Why nobody enters although its source may have spoken. */
  readonly stale: Refusal | undefined
}

export interface PublicDraw {
  readonly row: Pick<
    DrawRow,
    | 'id'
    | 'name'
    | 'taskName'
    | 'taskNumber'
    | 'divisionCode'
    | 'divisionName'
    | 'leadAuthorityName'
    | 'oversightAuthorityName'
    | 'isSealed'
    | 'mode'
    | 'seq'
    | 'closeBy'
    | 'certifyBy'
    | 'openAt'
    | 'openedAt'
    | 'endedAt'
    | 'endReason'
    | 'figures'
    | 'supersedesName'
  >
  readonly state: PublicState
  readonly supersededBy: string | null
  readonly plan: Said<Plan> | undefined
  readonly commit: Said<Commitment>
  readonly close: Said<Close> | undefined
  readonly certificate: Said<Certificate> | undefined
  /** The files that A serves byte for byte. */
  readonly files: readonly string[]
  /** Names by the code that stands in hashed bytes. */
  readonly authorities: ReadonlyMap<string, string>
  /** What divisions are called in which strata are. */
  readonly divisions: ReadonlyMap<string, string>
  readonly observers: readonly {
    readonly role: string
    readonly count: number
    readonly contributed: number
  }[]
  /** Devices that an official put out before the close, by number. */
  readonly putOut: readonly { readonly number: number; readonly at: string }[]
  /** Roles of those who signed records of values, by mark. */
  readonly outsiders: ReadonlyMap<string, string>
  readonly presses: readonly {
    readonly stage: 'objects' | 'inspectors'
    readonly authority: string
    readonly instead: boolean
    readonly at: Date
  }[]
  readonly signatures: readonly Signature[]
  readonly events: readonly PublicEvent[]
  /** Drawn subjects that nobody visits yet; null while the list is sealed. */
  readonly unassigned: number | null
}

/** The committed draw of a name; nothing where there is none. */
export async function publicDraw(
  reader: Reader,
  name: string,
  asked: { readonly log: PublishedLog; readonly now: Date },
): Promise<PublicDraw | undefined> {
  const row = await findDrawByName(reader, name)
  return row && publicDrawOf(reader, row, asked)
}

/** The public side of a draw that was committed. */
async function publicDrawOf(
  reader: Reader,
  row: DrawRow,
  { log, now }: { readonly log: PublishedLog; readonly now: Date },
): Promise<PublicDraw> {
  const manifests = await manifestsOf(reader, row.id)
  const commit = saidIn<Commitment>(manifests, 'commit.json')
  if (!commit) throw new Error(`the draw ${row.name} is committed and has no commit.json`)
  const state = publicStateOf(row, now)
  const rows = await eventsOf(reader, row.id)
  const stale = await staleEvents(reader, log, { manifests, rows, now })
  return {
    row,
    state,
    supersededBy: (await supersedingOf(reader, row.id)) ?? null,
    plan: saidIn(manifests, 'plan.json'),
    commit,
    close: saidIn(manifests, 'close.json'),
    certificate: saidIn(manifests, 'certificate.json'),
    files: [...manifests.keys()],
    authorities: await authorityNamesOf(reader, codesIn(commit.value)),
    divisions: await divisionNamesOf(reader, firstPartsOf(commit.value.strata.map(({ code }) => code))),
    observers: await observersOf(reader, row.id),
    putOut: await thosePutOut(reader, row.id),
    outsiders: await outsidersOf(reader, row.id),
    presses: await pressesOf(reader, row.id),
    signatures: await signaturesOf(reader, row.id),
    events: rows.flatMap(({ n, entered, isSettled }) => {
      const said = saidIn<DrawEvent>(manifests, `events/${String(n).padStart(4, '0')}.json`)
      return said ? [{ event: said.value, entered, isSettled, stale: stale.get(n) }] : []
    }),
    unassigned: state === 'certified' ? await unassignedOf(reader, row.id) : null,
  }
}

/** What the public list says of a draw. */
export function publicStateOf(
  row: Pick<DrawRow, 'state' | 'isSealed' | 'openedAt' | 'certifyBy'>,
  now: Date,
): PublicState {
  if (row.state === 'certified') return row.isSealed && !row.openedAt ? 'sealed' : 'certified'
  if (row.state === 'void') return 'void'
  // Neither a certificate nor a void: whoever could know the values let the draw lie (I1).
  if (row.certifyBy && row.certifyBy < now) return 'withheld'
  return row.state as PublicState
}

/** How many subjects are drawn: stated by the commitment, or by the certificate where the design leaves it to chance. */
export function drawnOf({ commit, certificate }: Pick<PublicDraw, 'commit' | 'certificate'>): number {
  const { design, strata } = commit.value
  const sum = (lines: readonly { readonly n?: number; readonly rows: number }[]): number =>
    lines.reduce((total, { n }) => total + (n ?? 0), 0)
  if (certificate) return sum(certificate.value.strata)
  if (design.kind === 'coverage') return populationOf(commit.value)
  return design.kind === 'pps' ? design.n : sum(strata)
}

/** How many took part. */
export function populationOf({ strata }: Pick<Commitment, 'strata'>): number {
  return strata.reduce((total, { rows }) => total + rows, 0)
}

function saidIn<T>(manifests: ReadonlyMap<string, KeptManifest>, name: string): Said<T> | undefined {
  const kept = manifests.get(name)
  // Written by this server, from the library's own values.
  return kept && { hash: kept.hash, value: JSON.parse(kept.body) as T }
}

function codesIn(c: Commitment): readonly string[] {
  return [...new Set([c.authority, c.oversight, ...c.pools.map(({ authority }) => authority)])]
}
