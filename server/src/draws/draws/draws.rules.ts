// What the hour says of a draw.

import type { Refusal } from '../../platform/refusal.ts'
import type { DrawFacts } from '../shapes.ts'

type Timed = Pick<
  DrawFacts,
  'state' | 'isSealed' | 'openAt' | 'openedAt' | 'closeBy' | 'certifyBy' | 'certificateHash'
>

/** Whether the time for a certificate is over, and there is neither one nor a void: 未按期出证. */
export function isWithheld({ state, certifyBy }: Timed, now: Date): boolean {
  const isUnderWay = state === 'committed' || state === 'closing' || state === 'closed' || state === 'drawing'
  return isUnderWay && certifyBy !== null && now > certifyBy
}

/** Whether nobody closed it in time: it is void by itself. */
export function isNotClosed({ state, closeBy }: Timed, now: Date): boolean {
  return (state === 'committed' || state === 'closing') && closeBy !== null && now > closeBy
}

/** Why the hour does not allow an act: a sealed list is not opened early, and nothing of it moves before. */
export function whyNotByTime(draw: Timed, verb: string, now: Date): Refusal | undefined {
  if (verb === 'open') return whyNotOpen(draw, now)
  return verb === 'skip' ? whyNotWhileSealed(draw) : undefined
}

/** Why a list is not opened now. */
export function whyNotOpen({ isSealed, openAt, openedAt }: Timed, now: Date): Refusal | undefined {
  if (!isSealed || openAt === null) return { code: 'draw.not_sealed' }
  if (openedAt !== null) return { code: 'draw.opened_already' }
  return now < openAt
    ? { code: 'draw.sealed_before_open', params: { openAt: openAt.toISOString() } }
    : undefined
}

/** Why nothing may be said of who was drawn: the list is sealed, and has not opened. */
export function whyNotWhileSealed({ isSealed, openAt, openedAt }: Timed): Refusal | undefined {
  return isSealed && openedAt === null
    ? { code: 'draw.sealed_before_open', params: { openAt: openAt?.toISOString() ?? '' } }
    : undefined
}
