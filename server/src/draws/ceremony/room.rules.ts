// 抽取现场: who may come in, what he may add, and how far the screens are.

import type { Refusal } from '../../platform/refusal.ts'
import type { DrawState } from '../shapes.ts'

/** How many bring a device of their own into one room. */
export const MOST_OBSERVERS = 200
/** What a mark of three digits can count, those that were put out too. */
const MOST_NUMBERS = 999
/** How long a phone that was not answered may ask for the same place again. */
const RETRY_MS = 120_000
/** How long a room stays open after its draw has ended. */
export const STAYS_OPEN_MS = 24 * 3_600_000
/** What is not read as another: no 0 and O, no 1, I and L. */
const CODE_LETTERS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 6

/** A room's code from random numbers of 0…30. */
export function roomCodeOf(random: (below: number) => number): string {
  return Array.from({ length: CODE_LENGTH }, () => CODE_LETTERS[random(CODE_LETTERS.length)]).join('')
}

/** A typed code as it is kept. */
export function asRoomCode(typed: string): string {
  return typed.trim().toUpperCase()
}

/** How an observer is called in hashed bytes. */
export function observerMark(number: number): string {
  return `w${String(number).padStart(3, '0')}`
}

/** How a contribution is called in hashed bytes. */
export function contributionId(number: number): string {
  return `o${String(number).padStart(3, '0')}`
}

/** A draw, as far as its room is concerned. */
export interface RoomFacts {
  readonly state: DrawState
  readonly certifiedAt: Date | null
  readonly endedAt: Date | null
}

/** A phone that was not answered asks for its place again. */
export function isAskedAgain(
  earlier: { readonly joinedAt: Date; readonly leftAt: Date | null } | undefined,
  now: Date,
): boolean {
  if (!earlier || earlier.leftAt) return false
  return now.getTime() - earlier.joinedAt.getTime() < RETRY_MS
}

/** Why nobody like him comes in, whoever is there. Whoever is signed in is of the office, and no outsider to it. */
export function whyNotJoin({
  isSignedIn,
  isFormerCode,
}: {
  readonly isSignedIn: boolean
  /** The code was taken back. */
  readonly isFormerCode: boolean
}): Refusal | undefined {
  if (isSignedIn) return { code: 'room.signed_in' }
  return isFormerCode ? { code: 'room.code_ended' } : undefined
}

/** Why nobody else comes in. `here`: in the room since it was last opened; `ever`: who has a number. */
export function whyFull({
  here,
  ever,
}: {
  readonly here: number
  readonly ever: number
}): Refusal | undefined {
  const isFull = here >= MOST_OBSERVERS || ever >= MOST_NUMBERS
  return isFull ? { code: 'room.full', params: { most: MOST_OBSERVERS } } : undefined
}

/** Why a room is not run: nobody has opened it, or it has ended. */
export function whyNotOpen(room: { readonly endedAt: Date | null } | undefined): Refusal | undefined {
  return room && !room.endedAt ? undefined : { code: 'room.not_open' }
}

/** Why a device is not put out: only before contributions stop, and only one that has added nothing. */
export function whyNotPutOut(
  state: DrawState,
  { number, contributed }: { readonly number: number; readonly contributed: number | null },
): Refusal | undefined {
  if (state !== 'committed') return { code: 'draw.not_in_this_state', params: { state } }
  return contributed === null ? undefined : { code: 'room.has_contributed', params: { observer: number } }
}

/** Why nothing can be added any more: after the close nothing may be chosen. */
export function whyNotContribute(state: DrawState): Refusal | undefined {
  return state === 'committed' ? undefined : { code: 'room.closed' }
}

/** What an observer may sign: his own receipt, a record that names him, the certificate; of a draw that is void nothing. */
export function whyNotSign(
  { tag, hash }: { readonly tag: 'contrib' | 'cert'; readonly hash: string },
  known: {
    readonly state: DrawState
    readonly receipt: string | undefined
    readonly records: readonly string[]
    readonly certificate: string | null
  },
): Refusal | undefined {
  if (known.state === 'void' || known.state === 'discarded') return { code: 'room.over' }
  const theirs = tag === 'cert' ? [known.certificate] : [known.receipt, ...known.records]
  return theirs.includes(hash) ? undefined : { code: 'room.not_yours' }
}

/** What decides which of the seven screens is shown. */
export interface StepFacts extends RoomFacts {
  /** Enough witnesses have seen the commitment. */
  readonly isWitnessed: boolean
  readonly observers: number
  readonly isSettled: boolean
  /** Whether inspectors are drawn and may be shown. */
  readonly hasInspectors: boolean
}

export type Step = 1 | 2 | 3 | 4 | 5 | 6 | 7

// How long each screen of the result stands before the next; whoever runs the stage may hold it.
const SCREEN_MS = 60_000

/**
 * ① the list is frozen ② the room adds its numbers ③ what nobody could know ④ the seed ⑤ who is drawn ⑥ who inspects
 * ⑦ look for yourself.
 */
export function stepOf(facts: StepFacts, now: Date): Step {
  switch (facts.state) {
    case 'freezing':
    case 'frozen':
    case 'discarded':
      return 1
    case 'committed':
      return facts.isWitnessed || facts.observers > 0 ? 2 : 1
    case 'closing':
    case 'void':
      return 2
    case 'closed':
      return facts.isSettled ? 4 : 3
    case 'drawing':
      return 4
    case 'certified':
      return resultStep(facts, now)
  }
}

function resultStep({ certifiedAt, hasInspectors }: StepFacts, now: Date): Step {
  const elapsed = now.getTime() - (certifiedAt ?? now).getTime()
  if (elapsed < SCREEN_MS) return 5
  return hasInspectors && elapsed < 2 * SCREEN_MS ? 6 : 7
}
