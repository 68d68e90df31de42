// By when lists, registers, rules and statements are due, as the law of a place says it (CAL-LISTS). Nothing is due where no
// document names a day: S1's days bind 2023 alone, and in 2024 its county owes nothing by them.

import { type Day, dueDays, type Law, type Place, resolve } from '../law/index.ts'

/** What is owed, with the parameter that names its days and the page where it is done. */
export interface Duty {
  readonly what:
    | 'catalogue'
    | 'subjects'
    | 'inspectors'
    | 'operatingRules'
    | 'workInstruction'
    | 'unsuitableStatement'
    | 'jointCatalogue'
  readonly law: string
  readonly link: string
}

/** What each authority that may inspect owes. */
export const AUTHORITY_DUTIES: readonly Duty[] = [
  { what: 'catalogue', law: 'registers.catalogue_dates', link: '/registers/items' },
  { what: 'subjects', law: 'registers.register_dates', link: '/registers/subjects' },
  { what: 'inspectors', law: 'registers.register_dates', link: '/registers/inspectors' },
  { what: 'operatingRules', law: 'registers.operating_rules_dates', link: '/registers/documents' },
  { what: 'workInstruction', law: 'registers.operating_rules_dates', link: '/registers/documents' },
  { what: 'unsuitableStatement', law: 'registers.unsuitable_items_dates', link: '/registers/statements' },
]

/** What the office of a joint conference owes. */
export const OFFICE_DUTIES: readonly Duty[] = [
  { what: 'jointCatalogue', law: 'registers.joint_catalogue_dates', link: '/registers/joint-items' },
]

/** One due day. What was done after `since`, the due day before it, is done for this one; undefined: ever. */
export interface DutyPeriod {
  readonly on: Day
  readonly since: Day | undefined
}

/**
 * The due days of the year of `place.on` whose period has begun, the earliest first. None where no document that is in force
 * on `place.on` names any, nor for a division that the law does not know.
 */
export function dutyPeriods(law: Law, key: string, place: Place): readonly DutyPeriod[] {
  if (!law.divisions.has(place.division) || !resolve(law, key, place)) return []
  const year = Number(place.on.slice(0, 4))
  const days = dueDays(law, key, place.division, `${year - 1}-01-01`, `${year}-12-31`)
  return days.flatMap((on, at) => {
    const since = days[at - 1]
    const hasBegun = since === undefined || since < place.on
    return Number(on.slice(0, 4)) === year && hasBegun ? [{ on, since }] : []
  })
}
