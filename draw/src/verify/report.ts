// What a verification says: every check with what it claims and whether that holds, and one verdict.

import { CHECKS, type CheckId, type Part } from './checks.ts'

/** Whether a claim holds. `unknown`: it could not be checked, and is never shown as green. */
export type Holds = 'yes' | 'no' | 'unknown'

/** What stood in the way or was found: a code with parameters, for `words/` to put into a sentence. */
export interface Detail {
  readonly code: string
  readonly params: Readonly<Record<string, string | number>>
}

/** One check of spec section 10. `claim` is the normative English sentence. */
export interface Check {
  readonly id: CheckId
  readonly claim: string
  readonly part: Part
  readonly holds: Holds
  readonly detail: Detail
}

export type Verdict = 'verified' | 'contradicted' | 'indeterminate'
export type BundleState = 'committed' | 'closed' | 'drawn' | 'void'
export type Level = 'L1' | 'L2'

/** The whole answer. `code` is the id of the first check that is `no`. */
export interface Report {
  readonly verdict: Verdict
  readonly weak: boolean
  readonly state: BundleState
  readonly level: Level
  readonly sealed: boolean
  readonly code?: CheckId
  readonly parts: Readonly<Partial<Record<Part, Holds>>>
  readonly checks: readonly Check[]
  readonly facts: Readonly<Record<string, string | number>>
}

/** The worst of several answers: no, then unknown, then yes. */
export function worst(answers: readonly Holds[]): Holds {
  if (answers.includes('no')) return 'no'
  return answers.includes('unknown') ? 'unknown' : 'yes'
}

/** The verdict over a list of checks. */
export function verdictOf(checks: readonly Check[]): Verdict {
  const all = worst(checks.map((c) => c.holds))
  return all === 'no' ? 'contradicted' : all === 'unknown' ? 'indeterminate' : 'verified'
}

/** The worst answer of each part that has a check. */
export function partsOf(checks: readonly Check[]): Report['parts'] {
  const parts: Partial<Record<Part, Holds>> = {}
  for (const check of checks) parts[check.part] = worst([parts[check.part] ?? 'yes', check.holds])
  return parts
}

/** A check by its id, with the claim and part that the table gives it. */
export function check(id: CheckId, holds: Holds, code: string, params: Detail['params'] = {}): Check {
  const { claim, part } = CHECKS[id]
  return { id, claim, part, holds, detail: { code, params } }
}
