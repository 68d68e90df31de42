// An event of a draw: tried against the rules of the protocol, then its bytes, its leaf and its row in one transaction.

import {
  type Alg,
  type Commitment,
  type DrawEvent,
  eventName,
  eventValuesName,
  type FreshSource,
} from '@sunlot/draw'
import type { Writer } from '../../platform/database/database.ts'
import { demand, found } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { type DrawRow, stepDraw } from '../draws/draws.store.ts'
import { markOf } from '../draws/keys.ts'
import { appendLeaf, manifestsOf, writeManifest } from '../draws/manifests.store.ts'
import type { DrawTools } from '../parts.ts'
import type { Work } from '../work/work.ts'
import { linkEvent, type Said, valuesFile } from './chain.rules.ts'
import { countEvents, insertEvent } from './events.store.ts'
import { triedWith } from './trial.ts'

/** What is said of an event, and the two persons who say it. */
export interface SaidEvent {
  readonly type: DrawEvent['type']
  readonly reason?: string
  /** SHA-256 of what shows the reason. */
  readonly evidence?: string
  /** The subject that is skipped, and its stratum. */
  readonly code?: string
  readonly stratum?: string
  /** The alias that leaves, and the one subject whose place it is (mode subjects). */
  readonly alias?: string
  readonly subject?: string
  readonly source?: FreshSource
  readonly secrets?: readonly { readonly id: string; readonly value: string }[]
  readonly by: string
  readonly approvedBy: string
  readonly now: Date
}

/** An event that was written. */
export interface Added {
  readonly n: number
  readonly hash: string
  /** Of a skip: the subject that enters; empty: none is left. */
  readonly entered: string | undefined
  /** Its ticket. */
  readonly ticket: string | undefined
  /** Which team visits a subject now. */
  readonly team: ReadonlyMap<string, string>
}

/**
 * Writes the next event of a draw, which the caller holds with `lockDraw` and moves himself. Throws Refused
 * (draw.event_refused, replacement.hopeless) where the protocol does not allow it.
 */
export async function addEvent(
  writer: Writer,
  parts: Pick<DrawTools, 'files' | 'secrets'>,
  draw: DrawRow,
  given: SaidEvent,
): Promise<Added> {
  const { now, by, approvedBy, type } = given
  const said = saidOf(given)
  const n = (await countEvents(writer, draw.id)) + 1
  const manifests = await manifestsOf(writer, draw.id)
  const { alg } = JSON.parse(found(manifests.get('commit.json'), 'commitment').body) as Commitment
  const at = Math.floor(now.getTime() / 1000)
  const mark = (personId: string): string => markOf(parts.secrets, draw.name, personId)
  const last = manifests.get(eventName(n - 1))?.hash
  const prev = last ?? draw.certificateHash ?? draw.commitHash ?? ''
  const link = { alg: alg as Alg, draw: draw.name, n, prev, by: mark(by), approvedBy: mark(approvedBy), at }
  const built = linkEvent(said, link)
  const after = await tried(writer, parts, draw.id, { n, said, built })
  const entered = new Map(after?.entered).get(n)
  const leaf = {
    v: 'vdp1',
    type: type === 'void' ? 'void' : 'event',
    draw: draw.name,
    hash: built.hash,
    at,
  } as const
  const leafId = await appendLeaf(writer, draw.id, leaf)
  await writeManifest(writer, { drawId: draw.id, name: eventName(n), built, leafId, at: now })
  await insertEvent(writer, {
    drawId: draw.id,
    n,
    type,
    reason: 'reason' in said ? said.reason : null,
    evidence: 'evidence' in said ? said.evidence : null,
    code: said.type === 'skip' ? said.id : (given.subject ?? null),
    alias: said.type === 'substitute' ? said.id : null,
    entered: said.type === 'skip' ? (entered ?? '') : null,
    source: said.type === 'substitute' ? said.source : null,
    by,
    approvedBy,
    at: now,
  })
  await bumpRoom(writer, draw.id)
  const ticket = new Map(after?.tickets).get(n)
  return { n, hash: built.hash, entered, ticket, team: new Map(after?.team) }
}

/**
 * Ends a draw in the open: the event `void` and the state. The caller holds the draw and has asked whether it may. What shows that
 * nobody closed it is the commitment itself, in a log without a close.
 */
export async function voidDraw(
  writer: Writer,
  parts: Pick<DrawTools, 'files' | 'secrets'>,
  draw: DrawRow,
  given: {
    readonly reason: 'cancelled' | 'not_closed' | 'beacon_absent'
    readonly evidence?: string
    readonly by: string
    readonly approvedBy: string
    readonly now: Date
  },
): Promise<Added> {
  const evidence = given.evidence ?? draw.commitHash ?? ''
  await stepDraw(writer, draw.id, {
    state: 'void',
    endReason: given.reason,
    endedAt: given.now,
    failure: null,
  })
  return addEvent(writer, parts, draw, { ...given, type: 'void', evidence })
}

function saidOf(given: SaidEvent): Said {
  const { type, reason = '', evidence = '', code = '', stratum = '', alias = '', subject, source } = given
  if (type === 'skip') return { type, id: code, stratum, reason, evidence }
  if (type === 'void') return { type, reason, evidence }
  if (type === 'open') return { type, secrets: given.secrets ?? [] }
  return {
    type,
    id: alias,
    reason,
    evidence,
    source: found(source, 'source'),
    ...(subject === undefined ? {} : { subject }),
  }
}

/** What the library says of a skip or a substitute. Void and opening rest on times that the caller holds. */
async function tried(
  writer: Writer,
  parts: Pick<DrawTools, 'files'>,
  drawId: string,
  {
    n,
    said,
    built,
  }: {
    readonly n: number
    readonly said: Said
    readonly built: { readonly bytes: Uint8Array; readonly hash: string }
  },
): Promise<Work['replay']['output'] | undefined> {
  if (said.type === 'void' || said.type === 'open') return undefined
  const added: (readonly [string, Uint8Array])[] = [[eventName(n), built.bytes]]
  // Whether anybody could enter does not depend on what the source will say: it is tried with a value made up.
  if (said.type === 'substitute')
    added.push([eventValuesName(n), valuesFile(built.hash, { id: 'fresh', value: '0' }, NOWHERE)])
  const after = await triedWith(writer, parts, drawId, added)
  const fault = after.faults.find((each) => each.n === n)
  demand(fault && { code: 'draw.event_refused', params: { fault: fault.code } })
  const isHopeless = said.type === 'substitute' && new Map(after.entered).get(n) === ''
  demand(isHopeless ? { code: 'replacement.hopeless' } : undefined)
  return after
}

const NOWHERE = { checkpoint: '', index: 0, path: [] }
