// Whether a close is older than its randomness: the witnesses' clocks say so, or nobody does (draw-v1, section 8).

import { type Commitment, firstValueTime, latestCosigning } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'

/** How long before its time a draw must be closed, in seconds, so that witnesses can still see it; a figure of the house. */
const WITNESSING = 15

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
