// The sources of a draw, or of a substitute, with what is known of their values.

import {
  type Alg,
  type Commitment,
  type DrawEvent,
  eventName,
  type FreshSource,
  type SourceValue,
} from '@sunlot/draw'
import type { Reader } from '../../platform/database/database.ts'
import { found } from '../../platform/refusal.ts'
import { commitmentOf, findManifest } from '../draws/manifests.store.ts'
import { signaturesOf } from './rooms.store.ts'
import {
  agreed,
  attemptOf,
  bornAt,
  shapeOf,
  sourceValueOf,
  type ValueCase,
  type ValueState,
  valueStateOf,
} from './values.rules.ts'
import { storedValuesOf, typingsOf } from './values.store.ts'

/** What values are of: what a record names, and who may not be an outsider to it. */
export interface ValuesOf {
  readonly alg: Alg
  readonly of: { readonly commit: string } | { readonly event: string }
  /** In committed order; neither the close nor the secrets of a sealed draw. */
  readonly sources: readonly FreshSource[]
  readonly insiders: readonly { readonly by: string; readonly key: string }[]
}

/** How far a source is, as the screens show it. */
export interface SourceState {
  readonly id: string
  /** Of the draw (0), or of a substitute. */
  readonly eventN: number
  readonly kind: FreshSource['kind']
  readonly notBefore: string
  /** See `shapeOf`. */
  readonly shape: string
  readonly state: ValueState
  /** The number of the reading that is under way. */
  readonly attempt: number
  /** From `typed` on: the dice lie on the table. */
  readonly value: string | null
  readonly at: string | null
  /** Marks of the two outsiders. */
  readonly by: readonly string[]
  /** Those of them who have signed. */
  readonly signed: readonly string[]
  readonly recordHash: string | null
  readonly round: number | null
}

/** The sources of a draw (event 0) or of a substitute; nothing where there is no such commitment or event. */
export async function valuesOf(
  reader: Reader,
  drawId: string,
  eventN: number,
): Promise<ValuesOf | undefined> {
  const commit = await commitmentOf(reader, drawId)
  if (!commit) return undefined
  const { alg, sources, signers } = commit.value
  if (eventN === 0)
    return { alg, of: { commit: commit.hash }, sources: sources.filter(isFresh), insiders: signers }
  const manifest = await findManifest(reader, drawId, eventName(eventN))
  const event = manifest && (JSON.parse(manifest.body) as DrawEvent)
  if (!manifest || event?.type !== 'substitute') return undefined
  const people = [event.by, event.approved_by].map((by) => ({ by, key: '' }))
  return { alg, of: { event: manifest.hash }, sources: [event.source], insiders: [...signers, ...people] }
}

/** Each source with what was typed, recorded and signed. */
export async function casesOf(
  reader: Reader,
  { drawId, eventN }: { readonly drawId: string; readonly eventN: number },
  sources: readonly FreshSource[],
): Promise<readonly ValueCase[]> {
  const typings = await typingsOf(reader, drawId, eventN)
  const stored = await storedValuesOf(reader, drawId, eventN)
  const signatures = stored.some(({ recordHash }) => recordHash !== null)
    ? await signaturesOf(reader, drawId, 'contrib')
    : []
  return sources.map((source) => {
    const value = stored.find((each) => each.source === source.id)
    const signed = signatures.filter(({ hash, by }) => hash === value?.recordHash && value.by?.includes(by))
    return {
      source,
      typings: typings.filter((each) => each.source === source.id),
      stored: value,
      signed: signed.map(({ by }) => by),
    }
  })
}

/** One source of a draw or a substitute. Throws NotFound. */
export async function caseOf(
  reader: Reader,
  { drawId, eventN, source }: { readonly drawId: string; readonly eventN: number; readonly source: string },
): Promise<{ readonly values: ValuesOf; readonly value: ValueCase }> {
  const values = found(await valuesOf(reader, drawId, eventN), 'source')
  const cases = await casesOf(reader, { drawId, eventN }, values.sources)
  const value = found(
    cases.find((each) => each.source.id === source),
    'source',
  )
  return { values, value }
}

/**
 * The values of a draw, or of a substitute, in committed order and without the secrets of a sealed draw; the first of a
 * draw is its close. Nothing while one of them is open.
 */
export async function settledValues(
  reader: Reader,
  drawId: string,
  eventN: number,
): Promise<readonly SourceValue[] | undefined> {
  const values = await valuesOf(reader, drawId, eventN)
  if (!values) return undefined
  const close = eventN === 0 ? await findManifest(reader, drawId, 'close.json') : undefined
  if (eventN === 0 && !close) return undefined
  const stored = await storedValuesOf(reader, drawId, eventN)
  const given = values.sources.flatMap(({ id }) => {
    const value = stored.find(({ source, settledAt }) => source === id && settledAt !== null)
    return value ? [sourceValueOf(id, value)] : []
  })
  if (given.length < values.sources.length) return undefined
  return close ? [{ id: 'close', value: close.hash }, ...given] : given
}

/** How far each source is. */
export async function sourceStates(
  reader: Reader,
  of: { readonly drawId: string; readonly eventN: number },
  sources: readonly FreshSource[],
  now: Date,
): Promise<readonly SourceState[]> {
  return (await casesOf(reader, of, sources)).map((each) => stateOf(each, of.eventN, now))
}

/** A source as the screens show it. */
export function stateOf(of: ValueCase, eventN: number, now: Date): SourceState {
  const { source, typings, stored, signed } = of
  return {
    id: source.id,
    eventN,
    kind: source.kind,
    notBefore: new Date(bornAt(source) * 1000).toISOString(),
    shape: shapeOf(source),
    state: valueStateOf(of, now),
    attempt: attemptOf(typings),
    value: stored?.value ?? agreed(typings) ?? null,
    at: stored?.at?.toISOString() ?? null,
    by: stored?.by ?? [],
    signed,
    recordHash: stored?.recordHash ?? null,
    round: source.kind === 'drand' ? source.round : null,
  }
}

/** Whether a source is born outside, after the close. */
export function isFresh(source: Commitment['sources'][number]): source is FreshSource {
  return source.kind !== 'close' && source.kind !== 'server'
}
