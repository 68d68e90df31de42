// The values that nobody could know: what was typed of them so far, what may be typed next, and when one is settled.

import {
  drandHolds,
  drandValue,
  type FreshSource,
  type SourceValue,
  timeOfRound,
  valueIsWellFormed,
} from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'

/** What one person read from the dice or the issue. `authorityId`: whose person he is. */
export interface Typing {
  readonly attempt: number
  readonly personId: string
  readonly personName: string
  readonly authorityId: string
  readonly text: string
  readonly at: Date
}

/** A value that two have typed alike, or that a beacon gave. */
export interface StoredValue {
  readonly value: string
  readonly round: number | null
  readonly signature: string | null
  readonly at: Date | null
  /** Marks of the two outsiders, ascending. */
  readonly by: readonly string[] | null
  readonly recordHash: string | null
  readonly settledAt: Date | null
}

/** A source with everything that is known of its value. `typings` in the order in which they were made. */
export interface ValueCase {
  readonly source: FreshSource
  readonly typings: readonly Typing[]
  readonly stored: StoredValue | undefined
  /** Marks of the outsiders who have signed its record. */
  readonly signed: readonly string[]
}

export const VALUE_STATES = [
  'waiting',
  'typing',
  'typedOnce',
  'differed',
  'typed',
  'signing',
  'settled',
] as const
export type ValueState = (typeof VALUE_STATES)[number]

/** The time (unix seconds) before which a source's value does not exist. */
export function bornAt(source: FreshSource): number {
  return source.kind === 'drand' ? timeOfRound(source.round) : source.not_before
}

/** How far a source is. `differed`: the last two read different things, and both type again. */
export function valueStateOf({ source, typings, stored }: ValueCase, now: Date): ValueState {
  if (stored) return stored.settledAt ? 'settled' : 'signing'
  if (now.getTime() < bornAt(source) * 1000) return 'waiting'
  const last = lastAttempt(typings)
  if (last.length === 0) return 'typing'
  if (last.length === 1) return 'typedOnce'
  return agreed(typings) === undefined ? 'differed' : 'typed'
}

/** The number of the attempt that is under way, or that is next after two who differed. */
export function attemptOf(typings: readonly Typing[]): number {
  const last = lastAttempt(typings)
  const number = last[0]?.attempt ?? 1
  return last.length === 2 && agreed(typings) === undefined ? number + 1 : number
}

/** What two people of the last attempt have typed alike; nothing while one is missing or they differ. */
export function agreed(typings: readonly Typing[]): string | undefined {
  const [first, second] = lastAttempt(typings)
  return first !== undefined && first.text === second?.text ? first.text : undefined
}

/** The attempts that came to nothing, with what each read: they stay to be seen. */
export function differences(typings: readonly Typing[]): readonly (readonly Typing[])[] {
  const attempts = [...new Set(typings.map(({ attempt }) => attempt))]
  return attempts
    .map((number) => typings.filter(({ attempt }) => attempt === number))
    .filter(([a, b]) => a !== undefined && b !== undefined && a.text !== b.text)
}

/** Why somebody cannot type what he reads. */
export function whyNotType(
  of: ValueCase,
  { personId, authorityId }: Pick<Typing, 'personId' | 'authorityId'>,
  now: Date,
): Refusal | undefined {
  const { source } = of
  if (source.kind === 'drand') return { code: 'value.is_beacon', params: { source: source.id } }
  const state = valueStateOf(of, now)
  if (state === 'waiting') return early(source)
  if (state !== 'typing' && state !== 'typedOnce' && state !== 'differed')
    return { code: 'value.settled', params: { source: source.id } }
  const [first] = state === 'typedOnce' ? lastAttempt(of.typings) : []
  if (first?.personId === personId) return { code: 'value.typed_before', params: { source: source.id } }
  if (first?.authorityId === authorityId)
    return { code: 'value.same_authority', params: { source: source.id } }
  if (attemptOf(of.typings) > MOST_ATTEMPTS) return { code: 'value.settled', params: { source: source.id } }
  return undefined
}

/** What was read, in the committed form: the numbers of a group whose order says nothing stand ascending. */
export function asCommitted(source: FreshSource, text: string): string {
  if (source.kind !== 'lottery' || !/^(?:(?:\d+\.)+\/)+$/.test(text)) return text
  const read = text.slice(0, -1).split('/')
  const groups = read.map((group, place) => {
    const numbers = group.slice(0, -1).split('.').map(Number)
    const isOrdered = source.groups[place]?.ordered ?? true
    return isOrdered ? numbers : numbers.toSorted((a, b) => a - b)
  })
  return groups.map((numbers) => `${numbers.map((n) => `${n}.`).join('')}/`).join('')
}

/** Why a text is none that this source can give. */
export function whyNotText(source: FreshSource, text: string): Refusal | undefined {
  // Time and outsiders come later; here only what the dice or the issue can show.
  const value = { id: source.id, value: text, at: bornAt(source), by: ['w001', 'w002'] }
  return valueIsWellFormed(source, value)
    ? undefined
    : { code: 'value.form', params: { source: source.id, shape: shapeOf(source) } }
}

/** Why no outsiders can be named for a value now. They may be named anew until both have signed: a phone may fail. */
export function whyNotOutsiders(
  of: ValueCase,
  {
    outsiders,
    since,
    insiders,
    at,
    now,
  }: {
    readonly outsiders: readonly {
      readonly mark: string
      readonly publicKey: string
      readonly role: string
      readonly joinedAt: Date
    }[]
    /** When contributions stopped: whoever came later may have come for the value. Nothing of a substitute's. */
    readonly since: Date | undefined
    /** Signers of the commitment, and who proposed and approved the event. */
    readonly insiders: readonly { readonly by: string; readonly key: string }[]
    /** Unix seconds. */
    readonly at: number
    readonly now: Date
  },
): Refusal | undefined {
  const { source } = of
  const state = valueStateOf(of, now)
  if (state === 'settled') return { code: 'value.settled', params: { source: source.id } }
  if (state !== 'typed' && state !== 'signing')
    return { code: 'value.not_typed', params: { source: source.id } }
  const [first, second] = outsiders
  if (!first || !second || first.mark === second.mark || first.publicKey === second.publicKey)
    return { code: 'value.two_outsiders' }
  const inside = outsiders.find(({ mark, publicKey }) =>
    insiders.some((i) => i.by === mark || i.key === publicKey),
  )
  const named = ({ mark }: (typeof outsiders)[number]) => ({ observer: Number(mark.slice(1)) })
  if (inside) return { code: 'value.outsider_inside', params: named(inside) }
  const unsaid = outsiders.find(({ role }) => role === 'OTHER')
  if (unsaid) return { code: 'value.outsider_role', params: named(unsaid) }
  const late = outsiders.find(({ joinedAt }) => since && joinedAt > since)
  if (late) return { code: 'value.outsider_late', params: named(late) }
  if (at < bornAt(source)) return early(source)
  return at * 1000 > now.getTime() ? { code: 'value.in_future', params: { source: source.id } } : undefined
}

/** Why a beacon's signature is not taken; `value` is what it gives. */
export function whyNotBeacon(
  of: ValueCase,
  signature: string,
  now: Date,
): { readonly refusal: Refusal } | { readonly value: SourceValue } {
  const { source } = of
  const params = { source: source.id }
  if (source.kind !== 'drand') return { refusal: { code: 'value.no_beacon', params } }
  const state = valueStateOf(of, now)
  if (state === 'waiting') return { refusal: early(source) }
  if (state === 'settled') return { refusal: { code: 'value.settled', params } }
  if (!/^[0-9a-f]{96}$/.test(signature))
    return { refusal: { code: 'value.form', params: { ...params, shape: shapeOf(source) } } }
  const value = { id: source.id, value: drandValue(signature), round: source.round, signature }
  return drandHolds(source.round, value)
    ? { value }
    : { refusal: { code: 'value.other_round', params: { ...params, round: source.round } } }
}

/** A settled value as the certificate has it. */
export function sourceValueOf(id: string, { value, round, signature, at, by }: StoredValue): SourceValue {
  if (round !== null && signature !== null) return { id, value, round, signature }
  if (at === null || by === null) throw new Error(`the value of ${id} has neither beacon nor record`)
  return { id, value, at: Math.floor(at.getTime() / 1000), by }
}

/** The fields that a beacon's value always has. */
export function beaconOf({ value, round = 0, signature = '' }: SourceValue): {
  readonly value: string
  readonly round: number
  readonly signature: string
} {
  return { value, round, signature }
}

/** What a value looks like, for pages: `dice:10x25`, `lottery:ssq:2026133:6x1-33,1x1-16`, `drand:123`. */
export function shapeOf(source: FreshSource): string {
  switch (source.kind) {
    case 'dice':
      return `dice:${source.faces}x${source.count}`
    case 'lottery':
      return `lottery:${source.game}:${source.issue}:${source.groups.map((g) => `${g.count}x${g.low}-${g.high}`).join(',')}`
    case 'drand':
      return `drand:${source.round}`
  }
}

const MOST_ATTEMPTS = 99

function early(source: FreshSource): Refusal {
  const notBefore = new Date(bornAt(source) * 1000).toISOString()
  return { code: 'value.early', params: { source: source.id, notBefore } }
}

function lastAttempt(typings: readonly Typing[]): readonly Typing[] {
  const last = Math.max(0, ...typings.map(({ attempt }) => attempt))
  return typings.filter(({ attempt }) => attempt === last)
}
