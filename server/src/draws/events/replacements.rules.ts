// 回避和替换: who may ask, who decides in which order, and what is never asked: who should come instead. Pure.

import { type FreshSource, roundAfterClose } from '@sunlot/draw'
import { codesNamed, isRequired, type Law, type Place, resolve } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { type Steps, whyNotStep } from '../../platform/steps.ts'

export const REPLACEMENT_STATES = [
  'requested',
  'applied',
  'reviewed',
  'announced',
  'substituted',
  'unfilled',
  'rejected',
  'withdrawn',
] as const
export type ReplacementState = (typeof REPLACEMENT_STATES)[number]
export type ReplacementCommand = 'accede' | 'review' | 'approve' | 'settle' | 'reject' | 'withdraw'

/** From whom it came: the inspector himself, a subject, the system's own check. */
export type Origin = 'inspector' | 'subject' | 'check'

/** state → command → state; whether nobody could enter (`unfilled`) is known when the source has spoken. */
export const REPLACEMENT_MOVES: Steps<ReplacementState, ReplacementCommand> = {
  requested: { accede: 'applied', review: 'reviewed', approve: 'announced', reject: 'rejected' },
  applied: { review: 'reviewed', approve: 'announced', reject: 'rejected', withdraw: 'withdrawn' },
  reviewed: { approve: 'announced', reject: 'rejected', withdraw: 'withdrawn' },
  announced: { settle: 'substituted' },
  substituted: {},
  unfilled: {},
  rejected: {},
  withdrawn: {},
}

const STEPS = 'draws.replacement_steps'
const REASONS = 'draws.replacement_reasons'
const REVIEWED = 'UNIT_HEAD_REVIEWS'
const APPROVED = 'LEADER_APPROVES'

/** Where the law of the place says nothing: the whole chain. That nothing is said must not mean “at will” (D-4). */
const HOUSE_STEPS = ['INSPECTOR_APPLIES', REVIEWED, APPROVED, 'SUBSTITUTE_DRAWN'] as const

/** How the closed list of the law stands in the protocol's words. */
export const REASON_IN_PROTOCOL: Readonly<Record<string, 'recusal' | 'specialist_item' | 'special'>> = {
  RECUSAL: 'recusal',
  SPECIALIST_ITEM: 'specialist_item',
  SPECIAL_CIRCUMSTANCES: 'special',
}

/** The steps of the place, and whether its law names them. */
export function stepsOf(law: Law, place: Place): readonly string[] {
  return resolve(law, STEPS, place) === undefined ? HOUSE_STEPS : codesNamed(law, STEPS, place)
}

/** For which reasons somebody may be replaced in a place; where its law says nothing, for each of the closed list. */
export function reasonsOf(law: Law, place: Place): readonly string[] {
  return resolve(law, REASONS, place) === undefined
    ? Object.keys(REASON_IN_PROTOCOL)
    : codesNamed(law, REASONS, place)
}

/** Whether the law of a place demands recusal of whoever has an interest, whether he asks for it or not. */
export function isRecusalRequired(law: Law, place: Place): boolean {
  return isRequired(law, 'draws.recusal_required', place)
}

/** A replacement as the rules know it. */
export interface ReplacementFacts {
  readonly state: ReplacementState
  readonly origin: Origin
  readonly reasonCode: string
  /** Who leaves. */
  readonly personId: string
  readonly steps: readonly string[]
  readonly requestedById: string | null
  readonly appliedAt: Date | null
  readonly reviewedById: string | null
}

/** What somebody holds in a draw now: a team, or the subjects that are his. */
export interface Held {
  readonly alias: string
  readonly places: readonly string[]
}

/** Why nobody can ask for the replacement of a holder, for a reason, at a place. */
export function whyNotAsk(
  { mode, held }: { readonly mode: 'teams' | 'subjects'; readonly held: Held | undefined },
  asked: { readonly reasonCode: string; readonly subject: string | undefined },
  admitted: readonly string[],
): Refusal | undefined {
  if (!held || held.places.length === 0) return { code: 'replacement.not_drawn' }
  if (!admitted.includes(asked.reasonCode) || REASON_IN_PROTOCOL[asked.reasonCode] === undefined)
    return { code: 'replacement.reason_not_here', params: { reason: asked.reasonCode }, law: REASONS }
  // Where each subject has people of its own, it is said whose visit it is; a team is left as a whole.
  if (mode === 'subjects' && (asked.subject === undefined || !held.places.includes(asked.subject)))
    return { code: 'replacement.which_subject' }
  return undefined
}

/** Who is at it. */
export interface Deciding {
  readonly personId: string
  readonly isLeader: boolean
  /** Whether the law demands recusal: then a subject's request needs no application. */
  readonly recusalRequired: boolean
}

/** Why the inspector cannot make a subject's request, or the system's, his own. */
export function whyNotAccede(row: ReplacementFacts, personId: string): Refusal | undefined {
  if (row.personId !== personId) return { code: 'not_allowed' }
  return whyNotMove(row, 'accede')
}

/** Why somebody cannot review. */
export function whyNotReview(row: ReplacementFacts, by: Deciding): Refusal | undefined {
  const { steps } = row
  if (!steps.includes(REVIEWED)) return { code: 'replacement.no_review', law: STEPS }
  return whyNotMove(row, 'review') ?? whyNotOwn(row, by) ?? whyNotWithoutHim(row, by)
}

/** Why somebody cannot approve: the last act of persons; what comes after is drawn. */
export function whyNotApprove(row: ReplacementFacts, by: Deciding): Refusal | undefined {
  const { steps, state, reviewedById } = row
  const refused = whyNotMove(row, 'approve') ?? whyNotOwn(row, by) ?? whyNotWithoutHim(row, by)
  if (refused) return refused
  if (steps.includes(REVIEWED) && state !== 'reviewed')
    return { code: 'replacement.review_first', law: STEPS }
  if (steps.includes(APPROVED) && !by.isLeader) return { code: 'replacement.leader_approves', law: STEPS }
  return reviewedById === by.personId ? { code: 'replacement.own_review' } : undefined
}

/** Why somebody cannot refuse it: whoever could take the next step may. */
export function whyNotReject(row: ReplacementFacts, by: Deciding): Refusal | undefined {
  return whyNotMove(row, 'reject') ?? whyNotOwn(row, by)
}

/** Why the inspector cannot take it back. */
export function whyNotWithdraw(row: ReplacementFacts, personId: string): Refusal | undefined {
  if (row.personId !== personId) return { code: 'not_allowed' }
  return whyNotMove(row, 'withdraw')
}

/** The two persons of the event: who asked, and who approves. */
export function askerOf({ appliedAt, personId, requestedById, reviewedById }: ReplacementFacts): string {
  return appliedAt ? personId : (requestedById ?? reviewedById ?? personId)
}

/**
 * Seconds from the event to its source: the log's witnesses must have seen the event before, and to try it may take longer than was
 * thought. Each attempt names a later one; the protocol wants a beacon within ten minutes.
 */
export const FRESH_AFTER = [60, 120, 240, 480] as const
/** The system's dice where no beacon is asked for: 10^10 outcomes. */
const DICE = { faces: 10, count: 10 } as const

/** The fresh source of a substitute. `at`: the event's time (unix seconds); `after`: so much later it speaks, or a few seconds more. */
export function freshSourceOf(
  kind: 'drand' | 'dice',
  { at, after = FRESH_AFTER[0] }: { readonly at: number; readonly after?: number },
): FreshSource {
  return kind === 'drand'
    ? { id: 'fresh', kind, round: roundAfterClose(at + after - FRESH_AFTER[0]) }
    : { id: 'fresh', kind, ...DICE, not_before: at + after, roller: 'outsider' }
}

function whyNotMove({ state }: ReplacementFacts, command: ReplacementCommand): Refusal | undefined {
  return whyNotStep(REPLACEMENT_MOVES, state, command, 'replacement.not_in_this_state')
}

function whyNotOwn({ personId, requestedById }: ReplacementFacts, by: Deciding): Refusal | undefined {
  return by.personId === personId || by.personId === requestedById
    ? { code: 'replacement.own_review' }
    : undefined
}

/** What he did not ask for himself goes on without him only where the law demands recusal. */
function whyNotWithoutHim(
  { state, reasonCode }: ReplacementFacts,
  { recusalRequired }: Deciding,
): Refusal | undefined {
  if (state !== 'requested') return undefined
  return reasonCode === 'RECUSAL' && recusalRequired ? undefined : { code: 'replacement.he_applies' }
}
