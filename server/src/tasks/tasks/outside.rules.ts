// 未列入计划的，不得擅自检查: outside the plan only for a ground of the closed list, and with its evidence (REQ-PLAN-11, -12).

import { codesNamed, codesOn, isRequired, type Law, type Place, resolve } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** What is claimed for a task outside the plan. */
export interface OutsideFacts {
  readonly outsideGround: string | null
  readonly outsideNote: string | null
  readonly outsideEvidence: string | null
}

/** A ground that is open to a task outside the plan, and the list that has it. */
export interface Ground {
  readonly code: string
  readonly list: 'plan-exemption-grounds' | 'lead-sources'
}

/** The closed list of a place: what its documents name; where none names any, all that any document knows. */
export function groundsIn(law: Law, place: Place): readonly Ground[] {
  const named = LISTS.some(({ key }) => resolve(law, key, place) !== undefined)
  return LISTS.flatMap(({ key, list }) => {
    const here = codesNamed(law, key, place)
    return codesOn(law, list, place.on)
      .filter(({ code }) => !named || here.includes(code))
      .map(({ code }) => ({ code, list }))
  })
}

/** Why a task may not be made outside the plan: no ground, one that is not open here, or nothing that shows it (D-17). */
export function whyNotOutside(law: Law, place: Place, facts: OutsideFacts): Refusal | undefined {
  const { outsideGround, outsideNote, outsideEvidence } = facts
  if (outsideGround === null) {
    const isForbidden = isRequired(law, FORBIDDEN, place)
    return { code: 'task.ground_needed', ...(isForbidden ? { law: FORBIDDEN } : {}) }
  }
  if (groundsIn(law, place).every(({ code }) => code !== outsideGround)) {
    const key = LISTS.find((list) => resolve(law, list.key, place) !== undefined)?.key
    const params = { ground: outsideGround }
    return { code: 'task.ground_not_here', params, ...(key === undefined ? {} : { law: key }) }
  }
  return outsideNote === null || outsideEvidence === null ? { code: 'task.evidence_needed' } : undefined
}

const FORBIDDEN = 'plans.unplanned_forbidden'
const LISTS = [
  { key: 'plans.exemption_grounds', list: 'plan-exemption-grounds' },
  { key: 'plans.case_lead_sources', list: 'lead-sources' },
] as const
