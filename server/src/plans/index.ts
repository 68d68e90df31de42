// 年度抽查工作计划: plans and their lines, checks, amendments, filings, the tables of offices, consolidation.

import type { LawBook } from '../law/index.ts'
import type { Route } from '../platform/http/route.ts'
import type { Contribution, ReachOf } from '../platform/waiting.ts'
import { amendmentRoutes } from './amendments/amendments.routes.ts'
import { consolidationRoutes } from './consolidation/consolidation.routes.ts'
import { joiningRoutes } from './consolidation/joining.routes.ts'
import { checkRoutes } from './checks/checks.routes.ts'
import { overlapRoutes } from './checks/overlaps.routes.ts'
import { dutyRoutes } from './filings/duties.routes.ts'
import { planDueContribution } from './filings/due.ts'
import { filingRoutes } from './filings/filings.routes.ts'
import { lineRoutes } from './lines/lines.routes.ts'
import type { PlansParts } from './parts.ts'
import { planExportRoutes } from './tables/export.routes.ts'
import { planImportRoutes } from './tables/imports.routes.ts'
import { planRoutes } from './plans/plans.routes.ts'
import { plansContribution } from './plans/waiting.ts'
import { publicPlanRoutes } from './public/public.routes.ts'

export { findLine, holdLine, lineItself, lockLine, type PlanLine } from './lines/lines.store.ts'
export type { PlansParts } from './parts.ts'
export { type ClassRatios, type LineFacts, type PartOfLine, ScopeShape } from './shapes.ts'

/** Every operation of this feature. */
export function plansRoutes(parts: PlansParts): readonly Route[] {
  return [
    ...planRoutes(parts),
    ...checkRoutes(parts),
    ...overlapRoutes(parts),
    ...joiningRoutes(parts),
    ...consolidationRoutes(parts),
    ...planImportRoutes(parts),
    ...planExportRoutes(parts),
    ...lineRoutes(parts),
    ...amendmentRoutes(parts),
    ...filingRoutes(parts),
    ...dutyRoutes(parts),
    ...publicPlanRoutes(),
  ]
}

/** What waits for somebody in plans, and which legal dates come near. */
export function planContribution(reachOf: ReachOf, book: LawBook): Contribution {
  const plans = plansContribution(reachOf)
  const due = planDueContribution(reachOf, book)
  return {
    ...plans,
    waitingFor: async (reader, person, now) => [
      ...((await plans.waitingFor?.(reader, person, now)) ?? []),
      ...((await due.waitingFor?.(reader, person, now)) ?? []),
    ],
  }
}

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const PLANS_CONSTRAINTS = {
  plan_once: 'plan.there_already',
  plan_line_number: 'plan.changed_meanwhile',
  amendment_open: 'amendment.open_already',
  filing_open: 'filing.open_already',
  progress_open: 'filing.open_already',
  filing_receipt: 'filing.numbered_meanwhile',
  filing_summary_check: 'text_length',
  filing_return_reason_check: 'text_length',
  plan_title_check: 'text_length',
  plan_line_task_name_check: 'text_length',
} as const
