// A line of a plan as a viewer sees it.

import type { Access } from '../../platform/reach.ts'
import { canOf } from '../../platform/refusal.ts'
import { placeOfPlan } from '../plans/plans.representation.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import type { Line } from './lines.schema.ts'
import type { PlanLine } from './lines.store.ts'

/** What of a line anybody may read who may read its plan. */
export function representLineWords(line: PlanLine) {
  const { leadAuthorityId, leadAuthorityName, parts, items } = line
  return {
    ...line,
    lead: { id: leadAuthorityId, name: leadAuthorityName },
    parts: parts.map(({ authorityId, authorityName, itemIds }) => ({
      authorityId,
      authorityName,
      isLead: authorityId === leadAuthorityId,
      items: itemIds.flatMap((id) => items.get(id) ?? []),
    })),
  }
}

/** A line, with what the viewer may do with it. */
export function representLine(line: PlanLine, access: Access): Line {
  const place = placeOfPlan({ authorityId: line.planAuthorityId })
  const why = (action: string) =>
    canOf(access.whyNot(action, place) ?? whyNotPlanStep({ state: line.planState }, 'edit'))
  return {
    ...representLineWords(line),
    can: { edit: why('planLine.edit'), remove: why('planLine.remove') },
  } as unknown as Line
}
