// An event of a draw: tried against the rules of the protocol, which takes files and a thread; then its bytes, its leaf and its row
// in one transaction, where the draw still is as it was tried.

import { type Alg, type DrawEvent, eventName, eventValuesName, type FreshSource } from '@sunlot/draw'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { demand, found } from '../../platform/refusal.ts'
import { bumpRoom } from '../ceremony/rooms.store.ts'
import { type DrawRow, stepDraw } from '../draws/draws.store.ts'
import { markOf } from '../draws/keys.ts'
import { appendLeaf, commitmentIn, manifestsOf, writeManifest } from '../draws/manifests.store.ts'
import type { DrawTools } from '../parts.ts'
import { linkEvent, type Said, valuesFile } from './chain.rules.ts'
import { insertEvent } from './events.store.ts'
import { type AddedFile, demandTried, type Manifests, type Trial, triedWith } from './trial.ts'

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

/** An event that was tried as it is said: with its time, and of a substitute its source. */
export interface TriedEvent extends Trial {
  readonly given: SaidEvent
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
 * What the library says of a skip or a substitute before it is written; `said` reads what is said of it, and nothing is tried where
 * it says nothing. Holds no lock. Throws Refused (draw.event_refused, replacement.hopeless) where the protocol does not allow it.
 */
export async function tryEvent(
  parts: Pick<DrawTools, 'recording' | 'files' | 'secrets'>,
  said: (reader: Reader) => Promise<{ readonly draw: DrawRow; readonly given: SaidEvent } | undefined>,
): Promise<TriedEvent | undefined> {
  const trial = await triedWith(parts, async (reader) => {
    const asked = await said(reader)
    if (!asked) return undefined
    const { draw, given } = asked
    const manifests = await manifestsOf(reader, draw.id)
    const { n, added } = nextEvent(parts, draw, manifests, given)
    return added && { drawId: draw.id, manifests, added, n, given }
  })
  if (!trial) return undefined
  const { n, given } = trial.of
  const fault = trial.after.faults.find((each) => each.n === n)
  demand(fault && { code: 'draw.event_refused', params: { fault: fault.code } })
  const isHopeless = given.type === 'substitute' && new Map(trial.after.entered).get(n) === ''
  demand(isHopeless ? { code: 'replacement.hopeless' } : undefined)
  const { state, after } = trial
  return { state, after, given }
}

/**
 * Writes the next event of a draw, which the caller holds with `lockDraw` and moves himself. `trial`: of a skip or a substitute.
 * Throws Moved where the draw is not any more as it was tried.
 */
export async function addEvent(
  writer: Writer,
  parts: Pick<DrawTools, 'secrets'>,
  draw: DrawRow,
  given: SaidEvent,
  trial?: Trial,
): Promise<Added> {
  const { now, by, approvedBy, type } = given
  const manifests = await manifestsOf(writer, draw.id)
  const { n, said, built, added } = nextEvent(parts, draw, manifests, given)
  // Void and opening rest on times that the caller holds.
  const after = added && demandTried(trial, manifests, added)
  const at = Math.floor(now.getTime() / 1000)
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
  parts: Pick<DrawTools, 'secrets'>,
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

/** An event as it would be hashed after what there is. `added`: what is tried of it; nothing of a void or an opening. */
interface NextEvent {
  readonly n: number
  readonly said: Said
  readonly built: ReturnType<typeof linkEvent>
  readonly added: readonly AddedFile[] | undefined
}

function nextEvent(
  { secrets }: Pick<DrawTools, 'secrets'>,
  draw: DrawRow,
  manifests: Manifests,
  given: SaidEvent,
): NextEvent {
  const said = saidOf(given)
  const n = [...manifests.keys()].filter((name) => EVENT.test(name)).length + 1
  const { alg } = found(commitmentIn(manifests), 'commitment')
  const at = Math.floor(given.now.getTime() / 1000)
  const mark = (personId: string): string => markOf(secrets, draw.name, personId)
  const last = manifests.get(eventName(n - 1))?.hash
  const prev = last ?? draw.certificateHash ?? draw.commitHash ?? ''
  const [by, approvedBy] = [mark(given.by), mark(given.approvedBy)]
  const built = linkEvent(said, { alg: alg as Alg, draw: draw.name, n, prev, by, approvedBy, at })
  if (said.type === 'void' || said.type === 'open') return { n, said, built, added: undefined }
  const event: AddedFile = [eventName(n), built.bytes]
  // Whether anybody could enter does not depend on what the source will say: it is tried with a value made up.
  const madeUp = valuesFile(built.hash, { id: 'fresh', value: '0' }, NOWHERE)
  const added: readonly AddedFile[] = said.type === 'skip' ? [event] : [event, [eventValuesName(n), madeUp]]
  return { n, said, built, added }
}

const EVENT = /^events\/\d{4}\.json$/
const NOWHERE = { checkpoint: '', index: 0, path: [] }
