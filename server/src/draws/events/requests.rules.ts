// 跳过和作废: one proposes with what shows it, another decides. Pure.

import type { Refusal } from '../../platform/refusal.ts'
import type { DrawFacts } from '../shapes.ts'

export const REQUEST_STATES = ['proposed', 'approved', 'rejected', 'withdrawn'] as const
export type RequestState = (typeof REQUEST_STATES)[number]
export type RequestKind = 'skip' | 'void'

/** Why a subject is skipped: each can be checked by anybody (draw-v1, section 7). */
export const SKIP_REASONS = ['deregistered', 'not_found_twice', 'ceased', 'force_majeure'] as const
/** Of these nobody can inspect the subject any more: it need not come again. */
const GONE: readonly string[] = ['deregistered', 'ceased']
/** Why people end a draw; that nobody closed it, the system says by itself. */
export const VOID_REASONS = ['cancelled', 'beacon_absent'] as const

/** A value that is missing is waited for so long before the draw may be ended for it, in hours; a figure of the house. */
export const BEACON_WAIT_HOURS = 24

/** A request as the rules know it. */
export interface RequestFacts {
  readonly kind: RequestKind
  readonly state: RequestState
  readonly proposedById: string
}

/** A subject as it stands in the draw, with how many of its stratum were skipped before. */
export interface Skipped {
  readonly isCurrent: boolean
  readonly hasOpenSubstitute: boolean
  readonly skips: number
  readonly maxSkips: number
  /** Whether the whole stratum comes, batch by batch: then nobody stands behind it. */
  readonly isCoverage: boolean
  /** Whether its plan entry has a draw to come, which it is carried into. */
  readonly hasDrawToCome: boolean
}

/** Why a subject cannot be skipped. */
export function whyNotSkip(reason: string, skipped: Skipped | undefined): Refusal | undefined {
  if (!(SKIP_REASONS as readonly string[]).includes(reason))
    return { code: 'drawRequest.reason_not_here', params: { reason } }
  if (!skipped?.isCurrent) return { code: 'drawRequest.not_drawn' }
  if (skipped.isCoverage) return { code: 'drawRequest.all_come' }
  if (!skipped.hasDrawToCome && !GONE.includes(reason)) return { code: 'drawRequest.no_next_draw' }
  if (skipped.hasOpenSubstitute) return { code: 'drawRequest.substitute_open' }
  return skipped.skips >= skipped.maxSkips
    ? { code: 'drawRequest.too_many', params: { most: skipped.maxSkips } }
    : undefined
}

type Ending = Pick<DrawFacts, 'state' | 'closeBy'>

/**
 * Why a draw cannot be ended. `lastValueAt`: from when on the latest of the values that are still missing may exist; where no quorum
 * had seen the close in time and none is taken, the latest of all of them. Then too it is waited: a witness that signed in time may be
 * late with what he signed, and nobody ends a draw because of what a value says.
 */
export function whyNotVoid(
  reason: string,
  { state, closeBy }: Ending,
  { lastValueAt, now }: { readonly lastValueAt: Date | undefined; readonly now: Date },
): Refusal | undefined {
  if (reason === 'cancelled') {
    const isBefore = (state === 'committed' || state === 'closing') && closeBy !== null && now < closeBy
    return isBefore ? undefined : { code: 'drawRequest.closed_is_drawn' }
  }
  if (reason !== 'beacon_absent') return { code: 'drawRequest.reason_not_here', params: { reason } }
  if (state !== 'closed' || lastValueAt === undefined) return { code: 'drawRequest.no_value_missing' }
  const from = lastValueAt.getTime() + BEACON_WAIT_HOURS * 3_600_000
  return now.getTime() < from
    ? { code: 'drawRequest.wait', params: { until: new Date(from).toISOString() } }
    : undefined
}

/** Who is at it: for the lead, or for the oversight of the draw. */
export interface Asking {
  readonly personId: string
  readonly isHead: boolean
  readonly isOversight: boolean
}

/** Why somebody cannot propose: a whole draw is ended on a head's word alone. */
export function whyNotPropose(kind: RequestKind, { isHead }: Asking): Refusal | undefined {
  return kind === 'void' && !isHead ? { code: 'drawRequest.head_proposes' } : undefined
}

/** Why somebody cannot decide: never who proposed, and over a whole draw only its oversight. */
export function whyNotDecide(row: RequestFacts, by: Asking): Refusal | undefined {
  if (row.state !== 'proposed') return { code: 'drawRequest.not_in_this_state', params: { state: row.state } }
  if (row.proposedById === by.personId) return { code: 'drawRequest.own_proposal' }
  if (row.kind === 'void' && !by.isOversight) return { code: 'drawRequest.oversight_decides' }
  return by.isHead || by.isOversight ? undefined : { code: 'not_allowed' }
}

/** Why somebody cannot take it back. */
export function whyNotTakeBack(row: RequestFacts, personId: string): Refusal | undefined {
  if (row.state !== 'proposed') return { code: 'drawRequest.not_in_this_state', params: { state: row.state } }
  return row.proposedById === personId ? undefined : { code: 'not_allowed' }
}
