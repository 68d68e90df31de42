// 所属单位 and 科室: an authority has units, a unit has sections, and that is all (REQ-ACT-13).

import type { Refusal } from '../platform/refusal.ts'

/** A unit, as far as decisions about it go; sections and people are counts of what is still there. */
export interface UnitFacts {
  readonly id: string
  readonly authorityId: string
  readonly parentId: string | null
  readonly closedOn: string | null
  readonly sections: number
  readonly people: number
}

/** Why a unit may not be changed. */
export function whyNotChangeUnit({ closedOn }: Pick<UnitFacts, 'closedOn'>): Refusal | undefined {
  return closedOn === null ? undefined : { code: 'unit.closed', params: { on: closedOn } }
}

/** Why something of an authority may not stand under a unit: a section, or (`person`) somebody who works there. */
export function whyNotUnder(
  parent: UnitFacts | undefined,
  authorityId: string,
  what: 'section' | 'person',
): Refusal | undefined {
  if (!parent || parent.authorityId !== authorityId) return { code: 'unit.elsewhere' }
  if (parent.closedOn !== null) return { code: 'unit.closed', params: { on: parent.closedOn } }
  return what === 'section' && parent.parentId !== null ? { code: 'unit.too_deep' } : undefined
}

/** Why a unit may not become a section of another. */
export function whyNotBecomeSection(unit: UnitFacts, parent: UnitFacts | undefined): Refusal | undefined {
  if (unit.sections > 0 || parent?.id === unit.id) return { code: 'unit.too_deep' }
  return whyNotUnder(parent, unit.authorityId, 'section')
}

/** Why a unit may not be closed. */
export function whyNotCloseUnit(unit: UnitFacts): Refusal | undefined {
  const closed = whyNotChangeUnit(unit)
  if (closed) return closed
  if (unit.sections > 0) return { code: 'unit.has_sections', params: { count: unit.sections } }
  return unit.people > 0 ? { code: 'unit.has_people', params: { count: unit.people } } : undefined
}
