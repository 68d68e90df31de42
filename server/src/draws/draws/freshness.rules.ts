// Whether a close is older than its randomness: the witnesses' clocks say so, or nobody does (draw-v1, section 8).

import { type Commitment, firstValueTime, type FreshSource, latestCosigning } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'

/** How long before its time a draw must be closed, in seconds, so that witnesses can still see it; a figure of the house. */
export const WITNESSING = 15

type Timed = Pick<Commitment, 'close_by' | 'sources'>

/** Until when a witness must have cosigned the close (unix seconds): what the verifier asks for. */
export function seenUntil({ close_by: latest, sources }: Timed): number {
  return latestCosigning({ latest, firstValue: firstValueTime(sources) })
}

/**
 * Why a draw cannot go on after its close: no quorum had seen the close in time, and the verifier would never call it verified.
 * Nothing while witnesses may still do so.
 */
export function whyNotFresh(
  commit: Timed,
  { isSeen, now }: { readonly isSeen: boolean; readonly now: Date },
): Refusal | undefined {
  if (isSeen || now.getTime() <= seenUntil(commit) * 1000) return undefined
  return { code: 'draw.not_fresh', params: { closeBy: new Date(commit.close_by * 1000).toISOString() } }
}

/** Until when a witness must have cosigned the event of a substitute (unix seconds): what the verifier asks for. */
export function eventSeenUntil(source: FreshSource): number {
  return latestCosigning({ latest: Infinity, firstValue: firstValueTime([source]) })
}

/** Why nobody enters for a substitute whose source may have spoken: no quorum had seen its event before. */
export function whyNotEventFresh(
  source: FreshSource,
  { isSeen, now }: { readonly isSeen: boolean; readonly now: Date },
): Refusal | undefined {
  const until = eventSeenUntil(source) * 1000
  if (isSeen || now.getTime() <= until) return undefined
  return { code: 'replacement.not_fresh', params: { until: new Date(until).toISOString() } }
}

/** Why an event is not written with its source any more: its witnesses could be too late to see it. */
export function whyNotAnnounce(source: FreshSource, now: Date): Refusal | undefined {
  const isNear = now.getTime() > (eventSeenUntil(source) - WITNESSING) * 1000
  return isNear ? { code: 'replacement.source_near' } : undefined
}

/** Why it is too late to close: the time is over, or no witness could see it any more. `quorum` 0: there are none. */
export function whyTooLate(
  { closeBy }: { readonly closeBy: Date | null },
  { quorum, now }: { readonly quorum: number; readonly now: Date },
): Refusal | undefined {
  if (!closeBy) return undefined
  const params = { closeBy: closeBy.toISOString() }
  if (now > closeBy) return { code: 'draw.close_late', params }
  const isUnseen = quorum > 0 && now.getTime() > closeBy.getTime() - WITNESSING * 1000
  return isUnseen ? { code: 'draw.close_unseen', params: { ...params, seconds: WITNESSING } } : undefined
}
