// 年度抽查工作计划: what a plan must be, who may decide on it, and what keeps it from being proposed, published or closed.

import { type Day, dueDays, isRequired, type Law, type Place } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { LineFacts, PlanField, PlanKind, PlanState } from '../shapes.ts'
import { whyNotPlanStep } from './steps.rules.ts'

/** A plan, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface PlanFacts {
  readonly state: PlanState
  readonly kind: PlanKind
  readonly year: number
  readonly divisionCode: string
  readonly proposedById: string | null
  /** Who wrote it or any line of it. */
  readonly drafterIds: readonly string[]
}

/** What is said of a new plan. */
export interface NewPlanFacts {
  readonly kind: PlanKind
  readonly half: number | null
  readonly field: PlanField
}

/** Why a plan cannot be of this kind: half a year belongs to plans of the other fields alone (REQ-PLAN-13). */
export function whyNotPlan({ kind, half, field }: NewPlanFacts): Refusal | undefined {
  if ((kind === 'halfYear') !== (half !== null)) return { code: 'plan.half_of_half_year' }
  return kind === 'halfYear' && field !== 'nonMarket'
    ? { code: 'plan.half_year_field', law: 'plans.half_year_filing_dates' }
    : undefined
}

/**
 * Why an authority makes no plan of a kind: it is closed, it does not inspect, or the plan of all is the business of the
 * office of the joint conference. `officeId`: of the conference of the division, where there is one.
 */
export function whyNotPlanning(
  authority: { readonly id: string; readonly closedOn: string | null; readonly inspects: boolean },
  kind: PlanKind,
  officeId: string | undefined,
): Refusal | undefined {
  if (authority.closedOn !== null) return { code: 'authority.closed', params: { on: authority.closedOn } }
  if (kind === 'consolidated')
    return authority.id === officeId ? undefined : { code: 'plan.consolidated_by_office' }
  return authority.inspects ? undefined : { code: 'plan.authority_does_not_inspect' }
}

/** A result of the checks, as far as it decides whether a plan may go on. */
export interface FindingFacts {
  readonly code: string
  readonly severity: 'error' | 'warning'
  readonly lineIds: readonly string[]
  readonly law: { readonly key: string } | null
  /** Where it is mended: the line, the item, the plan … */
  readonly mend: string
}

/** A warning that somebody read and answered; without a line, for the whole plan. */
export interface Acknowledged {
  readonly code: string
  readonly lineId?: string | undefined
  readonly reason: string
}

/** Why a plan may not be proposed: it says nothing. */
export function whyNotProposed(plan: PlanFacts, lines: number): Refusal | undefined {
  return whyNotPlanStep(plan, 'propose') ?? (lines === 0 ? { code: 'plan.lines_needed' } : undefined)
}

/** Why the checks keep a plan or an amendment back: what must be mended. `numberOf` gives the number of a line. */
export function whyNotSound(
  findings: readonly FindingFacts[],
  numberOf: (lineId: string) => number | undefined,
): Refusal | undefined {
  const errors = findings.filter(({ severity }) => severity === 'error')
  const [first] = errors
  if (!first) return undefined
  const line = first.lineIds.flatMap((id) => numberOf(id) ?? [])[0]
  const said = { check: first.code, count: errors.length, mend: first.mend }
  const law = first.law ? { law: first.law.key } : {}
  return line === undefined
    ? { code: 'plan.check_failed_whole', params: said, ...law }
    : { code: 'plan.check_failed', params: { ...said, line }, ...law }
}

/** Why the warnings keep a plan back: one was not answered, neither for its line nor for the whole plan. */
export function whyNotAnswered(
  findings: readonly FindingFacts[],
  acknowledged: readonly Acknowledged[],
): Refusal | undefined {
  const isAnswered = ({ code, lineIds }: FindingFacts): boolean =>
    acknowledged.some(
      (answer) => answer.code === code && (answer.lineId === undefined || lineIds.includes(answer.lineId)),
    )
  const open = findings.find((finding) => finding.severity === 'warning' && !isAnswered(finding))
  if (!open) return undefined
  return {
    code: 'plan.warning_unanswered',
    params: { check: open.code },
    ...(open.law ? { law: open.law.key } : {}),
  }
}

/** Why somebody may not approve or return: nobody proposed it, or he did himself, or he wrote some of it. */
export function whyNotDecide(
  plan: Pick<PlanFacts, 'state' | 'proposedById' | 'drafterIds'>,
  command: 'approve' | 'return',
  deciderId: string,
): Refusal | undefined {
  const step = whyNotPlanStep(plan, command)
  if (step || plan.state !== 'inReview') return step
  if (plan.proposedById === deciderId) return { code: 'plan.own_proposal' }
  return plan.drafterIds.includes(deciderId) ? { code: 'plan.own_draft' } : undefined
}

/** Why a plan may not be published as said: the law of the place wants to know where (D-14). */
export function whyNotPublish(
  plan: PlanFacts,
  where: string | null,
  law: Law,
  place: Place,
): Refusal | undefined {
  const step = whyNotPlanStep(plan, 'publish')
  if (step) return step
  return where === null && isRequired(law, 'publication.plan_published', place)
    ? { code: 'plan.place_needed', law: 'publication.plan_published' }
    : undefined
}

/** Why a plan may not be closed: a line is not over. */
export function whyNotClose(
  plan: PlanFacts,
  lines: readonly Pick<LineFacts, 'number' | 'endsOn' | 'state'>[],
  today: Day,
): Refusal | undefined {
  const step = whyNotPlanStep(plan, 'close')
  if (step) return step
  const open = lines.find(({ state, endsOn }) => state === 'planned' && endsOn >= today)
  return open ? { code: 'plan.not_over', params: { line: open.number, until: open.endsOn } } : undefined
}

/** Why a plan may not be discarded: somebody has received it. */
export function whyNotDiscard(plan: PlanFacts, isFiled: boolean): Refusal | undefined {
  return whyNotPlanStep(plan, 'discard') ?? (isFiled ? { code: 'plan.filed_already' } : undefined)
}

/** By when a plan is in the library of the platform (CAL-PLAN, CAL-PLAN-MERGE), and which rule says so. */
export function libraryDue(
  law: Law,
  { kind, year, divisionCode }: Pick<PlanFacts, 'kind' | 'year' | 'divisionCode'>,
): { readonly on: Day; readonly law: string } | undefined {
  if (!law.divisions.has(divisionCode)) return undefined
  const keys = kind === 'consolidated' ? ['plans.consolidation_dates'] : []
  for (const key of [...keys, 'plans.library_dates']) {
    const [on] = dueDays(law, key, divisionCode, `${year}-01-01`, `${year}-12-31`)
    if (on !== undefined) return { on, law: key }
  }
  return undefined
}
