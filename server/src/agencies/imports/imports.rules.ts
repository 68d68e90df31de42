// When a checked organisation chart may be applied.

import type { Refusal } from '../../platform/refusal.ts'
import type { Outcome } from './chart.rules.ts'

/** How many rows would do what. */
export interface Counts {
  readonly rows: number
  readonly new: number
  readonly changed: number
  readonly same: number
  readonly conflict: number
}

/** Counts outcomes by their result. */
export function countsOf(outcomes: readonly Pick<Outcome, 'result'>[]): Counts {
  const counts = { rows: outcomes.length, new: 0, changed: 0, same: 0, conflict: 0 }
  for (const { result } of outcomes) counts[result] += 1
  return counts
}

/** Why a chart may not be discarded: it was decided on. */
export function whyNotDiscard({ state }: { readonly state: string }): Refusal | undefined {
  return state === 'checked' ? undefined : { code: `organisation.already_${state}` }
}

/** Why a chart may not be applied: it was before, a row is in conflict, or it would change nothing. */
export function whyNotApply(upload: {
  readonly state: string
  readonly counts: Counts
}): Refusal | undefined {
  const decided = whyNotDiscard(upload)
  if (decided) return decided
  const { counts } = upload
  if (counts.conflict > 0) return { code: 'organisation.has_conflicts', params: { count: counts.conflict } }
  return counts.new + counts.changed === 0 ? { code: 'organisation.nothing_to_do' } : undefined
}

/** Why a chart may not be applied as it was checked: the register changed since, so that a row would do something else. */
export function whyNotAsChecked(checked: readonly Outcome[], now: readonly Outcome[]): Refusal | undefined {
  const at = checked.findIndex((outcome, k) => !isSame(outcome, now[k]))
  return at < 0
    ? undefined
    : { code: 'organisation.register_changed', params: { row: checked[at]?.row ?? 0 } }
}

function isSame(one: Outcome, other: Outcome | undefined): boolean {
  return textOf(one) === (other && textOf(other))
}

function textOf({ row, result, changes, personId, conflict }: Outcome): string {
  const each = changes.map(({ what, before, after }) => [what, before, after])
  return JSON.stringify([row, result, each, personId ?? null, conflict?.code ?? null])
}
