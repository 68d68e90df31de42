// A line of a plan: what would make no sense even in a draft. What the law wants of it is said by the checks.

import { codesOn, type Law } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { divisionPrefix } from '../../platform/reach.ts'
import type { LineFacts, PlanField, PlanKind } from '../shapes.ts'

/** What is said of a line. */
export type LineWords = Pick<
  LineFacts,
  | 'field'
  | 'mode'
  | 'crossRegion'
  | 'leadAuthorityId'
  | 'scope'
  | 'fullCoverage'
  | 'ratio'
  | 'quantity'
  | 'frequencyLeast'
  | 'frequencyMost'
  | 'methods'
  | 'startsOn'
  | 'endsOn'
> & { readonly parts: readonly { readonly authorityId: string; readonly itemIds: readonly string[] }[] }

/** Of which plan it is a line. */
export interface PlanOfLine {
  readonly kind: PlanKind
  readonly field: PlanField
  readonly authorityId: string
  readonly divisionCode: string
}

/** Why a line cannot be written down as it is. */
export function whyNotLine(line: LineWords, plan: PlanOfLine): Refusal | undefined {
  return whyNotAmounts(line) ?? whyNotTakingPart(line, plan) ?? whyNotPlaced(line, plan)
}

function whyNotAmounts(line: LineWords): Refusal | undefined {
  const { ratio, quantity, fullCoverage, frequencyLeast, frequencyMost, startsOn, endsOn } = line
  const amounts = [ratio, quantity].filter((amount) => amount !== null).length
  if (amounts > 1 || (amounts === 0 && !fullCoverage)) return { code: 'planLine.ratio_or_quantity' }
  if (frequencyLeast !== null && frequencyMost !== null && frequencyMost < frequencyLeast)
    return { code: 'planLine.frequency_reversed' }
  return endsOn < startsOn ? { code: 'planLine.ends_before_it_begins' } : undefined
}

/** The plan of one authority plans what that authority leads; several take part only in a mode of doing so. */
function whyNotTakingPart(
  { leadAuthorityId, mode, parts }: LineWords,
  plan: PlanOfLine,
): Refusal | undefined {
  if (plan.kind !== 'consolidated' && leadAuthorityId !== plan.authorityId)
    return { code: 'planLine.lead_not_own' }
  const ids = parts.map(({ authorityId }) => authorityId)
  if (new Set(ids).size < ids.length) return { code: 'planLine.authority_twice' }
  if (!ids.includes(leadAuthorityId)) return { code: 'planLine.lead_missing' }
  return ids.length > 1 && mode === null ? { code: 'planLine.mode_needed' } : undefined
}

function whyNotPlaced({ field, crossRegion, scope }: LineWords, plan: PlanOfLine): Refusal | undefined {
  if (plan.field !== 'all' && field !== plan.field) return { code: 'planLine.field_not_of_plan' }
  const home = divisionPrefix(plan.divisionCode)
  const outside = scope.divisions.find((code) => !divisionPrefix(code).startsWith(home))
  return outside !== undefined && !crossRegion
    ? { code: 'planLine.scope_outside', params: { division: outside } }
    : undefined
}

/** Why the codes of a line cannot be: the mode or a method is not one that the law of the day has. */
export function whyNotCoded(
  { mode, methods }: Pick<LineWords, 'mode' | 'methods'>,
  law: Law,
  on: string,
): Refusal | undefined {
  const codes = (list: string) => codesOn(law, list, on).map(({ code }) => code)
  const unknown =
    mode === null || codes('joint-modes').includes(mode)
      ? methods.find((method) => !codes('inspection-methods').includes(method))
      : mode
  return unknown === undefined ? undefined : { code: 'planLine.code_unknown', params: { code: unknown } }
}

/** Why an authority cannot take part: it is closed, or it does not inspect. */
export function whyNotPart(authority: {
  readonly name: string
  readonly closedOn: string | null
  readonly inspects: boolean
}): Refusal | undefined {
  return authority.closedOn !== null || !authority.inspects
    ? { code: 'planLine.authority_cannot_inspect', params: { authority: authority.name } }
    : undefined
}

/** Why items cannot stand with their authorities: one of them belongs to another. */
export function whyNotItems(
  parts: LineWords['parts'],
  items: ReadonlyMap<string, { readonly authorityId: string; readonly code: string }>,
): Refusal | undefined {
  for (const { authorityId, itemIds } of parts)
    for (const id of itemIds) {
      const item = items.get(id)
      if (!item) return { code: 'planLine.item_unknown' }
      if (item.authorityId !== authorityId)
        return { code: 'planLine.item_of_another', params: { item: item.code } }
    }
  return undefined
}
