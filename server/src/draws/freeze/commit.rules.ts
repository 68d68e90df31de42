// Whether a draw can be committed: by whom, over which lists, and by which times.

import { ENOUGH, outcomesOfAll, type Source } from '@sunlot/draw'
import type { Refusal } from '../../platform/refusal.ts'
import { WITNESSING } from '../draws/freshness.rules.ts'
import { whyNotStep } from '../draws/steps.rules.ts'
import type { DrawFacts } from '../shapes.ts'
import { firstSource } from './sources.rules.ts'

/** How old a snapshot may be that is committed: a figure of the house. What is older is frozen anew. */
export const SNAPSHOT_HOURS = 24
// Whoever wants to be there must get there; training need not wait.
const LEAST_NOTICE = 600
const LEAST_NOTICE_SIMULATED = 5
/** Between the close and the first value, in seconds: as the witnesses' times are told apart (draw-v1, section 8). */
const APART = 10

type Draw = Pick<DrawFacts, 'state' | 'frozenById' | 'findings' | 'snapshotAt' | 'isSealed'>

/** Why somebody cannot commit a draw, whatever he chooses. `pooled`: who of those that run it stands in a pool. */
export function whyNotCommit(
  draw: Draw,
  by: { readonly personId: string; readonly pooled: string | undefined; readonly now: Date },
): Refusal | undefined {
  const { findings, snapshotAt, frozenById } = draw
  const refusal = whyNotStep(draw.state, 'commit')
  if (refusal) return refusal
  if (by.personId === frozenById) return { code: 'draw.own_freeze' }
  const error = findings?.find(({ severity }) => severity === 'error')
  if (error) return { code: 'draw.finding', params: { finding: error.code } }
  if (!snapshotAt || by.now.getTime() - snapshotAt.getTime() > SNAPSHOT_HOURS * 3_600_000)
    return { code: 'draw.stale_snapshot', params: { hours: SNAPSHOT_HOURS } }
  return by.pooled === undefined ? undefined : { code: 'draw.own_pool', params: { person: by.pooled } }
}

/** Where and before whom a draw is committed. `quorum` 0: there are no witnesses. */
export interface Noticed {
  readonly isSimulated: boolean
  readonly quorum: number
}

/** The least time between commitment and close, in seconds: witnesses need theirs on top of what people need. */
export function leastNotice({ isSimulated, quorum }: Noticed): number {
  if (!isSimulated) return LEAST_NOTICE
  return LEAST_NOTICE_SIMULATED + (quorum > 0 ? WITNESSING : 0)
}

/** Times in unix seconds. */
export interface ChosenTimes {
  readonly at: number
  readonly closeBy: number
  readonly openAt: number | undefined
  readonly sources: readonly Source[]
}

/** Why a draw cannot be committed by these times. */
export function whyNotTimes(
  { at, closeBy, openAt, sources }: ChosenTimes,
  { isSealed, ...noticed }: { readonly isSealed: boolean } & Noticed,
): Refusal | undefined {
  if (closeBy < at + leastNotice(noticed))
    return { code: 'draw.close_too_soon', params: { minutes: LEAST_NOTICE / 60 } }
  if (isSealed !== (openAt !== undefined))
    return { code: isSealed ? 'draw.open_needed' : 'draw.open_not_here' }
  if (openAt !== undefined && openAt < closeBy) return { code: 'draw.open_before_close' }
  // Of a lottery's issue nobody here can tell when it was drawn: it comes on top of what is born in the room or by a beacon.
  if (outcomesOfAll(sources.filter(({ kind }) => kind !== 'lottery')) < ENOUGH)
    return { code: 'draw.source_too_few_outcomes' }
  const first = firstSource(sources)
  return first.at <= closeBy + APART
    ? { code: 'draw.value_too_early', params: { source: first.id } }
    : undefined
}
