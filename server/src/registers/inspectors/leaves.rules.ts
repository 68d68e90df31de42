// When a leave may be entered, and how one ends.

import { addDays } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { Period } from './inspectors.rules.ts'

/** A leave as it is kept. */
export interface LeaveFacts extends Period {
  readonly isWithdrawn: boolean
}

/** Why a leave may not be entered: it ends before it begins, or another takes in some of its days. */
export function whyNotAddLeave(leave: Period, others: readonly LeaveFacts[]): Refusal | undefined {
  if (leave.until < leave.from) return { code: 'leave.turned_round' }
  const other = others.find(
    ({ from, until, isWithdrawn }) => !isWithdrawn && from <= leave.until && leave.from <= until,
  )
  return other && { code: 'leave.overlaps', params: { from: other.from, until: other.until } }
}

/** Why a leave cannot be ended today: it is over. */
export function whyNotEndLeave({ until, isWithdrawn }: LeaveFacts, today: string): Refusal | undefined {
  return isWithdrawn || until < today ? { code: 'leave.over' } : undefined
}

/** What becomes of a leave that is ended on a day: its last day was the day before, or it never began. */
export function endedLeave({ from }: Period, today: string): { readonly until: string } | 'withdrawn' {
  return today <= from ? 'withdrawn' : { until: addDays(today, -1) }
}
