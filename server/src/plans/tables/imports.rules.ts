// A table that was held against a plan: what it would do, and when it may be taken in.

import type { Refusal } from '../../platform/refusal.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import type { PlanState } from '../shapes.ts'
import type { RowOutcome } from './matching.rules.ts'

export const RESULTS = ['new', 'changed', 'same', 'error'] as const
export type Counts = Readonly<Record<(typeof RESULTS)[number], number>>

/** A field of a line that a row would change, in the words of the table. */
export interface ShownChange {
  readonly field: string
  readonly before: string
  readonly after: string
}

/** What is kept of a table: what each row would become. */
export interface PlanReport {
  /** Columns that nothing was read from. */
  readonly unused: readonly string[]
  readonly rows: readonly (RowOutcome & { readonly shown: readonly ShownChange[] })[]
}

/** How many rows would do what. */
export function countsOf(rows: readonly Pick<RowOutcome, 'result'>[]): Counts {
  const counts = { new: 0, changed: 0, same: 0, error: 0 }
  for (const { result } of rows) counts[result] += 1
  return counts
}

/** An import, as far as decisions about it go. */
export interface ImportFacts {
  readonly state: string
  readonly planState: PlanState
  readonly planVersion: number
  /** Of the plan now. */
  readonly currentVersion: number
  readonly counts: Counts
}

/** Why a table may not be given up: it was decided on. */
export function whyNotDiscard({ state }: Pick<ImportFacts, 'state'>): Refusal | undefined {
  return state === 'checked' ? undefined : { code: 'planImport.decided_already', params: { state } }
}

/** Why a table may not be taken in: decided on, the plan is no draft or has changed since, or a row is in error. */
export function whyNotApply(facts: ImportFacts): Refusal | undefined {
  const decided = whyNotDiscard(facts) ?? whyNotPlanStep({ state: facts.planState }, 'edit')
  if (decided) return decided
  if (facts.planVersion !== facts.currentVersion) return { code: 'planImport.plan_changed' }
  const { error, new: added, changed } = facts.counts
  if (error > 0) return { code: 'planImport.rows_refused', params: { rows: error } }
  return added + changed === 0 ? { code: 'planImport.nothing_to_do' } : undefined
}
