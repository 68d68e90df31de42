// What the law says to a question: is it required, is it among what may be, is it enough, by which days.

import { type Day, dayNumber, dayOf } from './days.ts'
import { type Resolved, resolve } from './resolve.ts'
import type { Code, Law, Place } from './shapes.ts'

/** Whether something is required (or so) in a place; what no document says is not. */
export function isRequired(law: Law, key: string, place: Place): boolean {
  return resolve(law, key, place)?.value === true
}

/** Whether a code is the one, or among those, that the law of a place names; undefined where no document says. */
export function isNamed(law: Law, key: string, place: Place, code: string): boolean | undefined {
  const value = resolve(law, key, place)?.value
  return value === undefined ? undefined : namedIn(value).includes(code)
}

/** The codes that the law of a place names, in its order; none where no document says. */
export function codesNamed(law: Law, key: string, place: Place): readonly string[] {
  const value = resolve(law, key, place)?.value
  return value === undefined ? [] : namedIn(value)
}

/** Why an amount (in the parameter's unit) is not enough or too much: the rule that it breaks; undefined when it is well. */
export function whyNotAmount(law: Law, key: string, place: Place, amount: number): Resolved | undefined {
  const rule = resolve(law, key, place)
  if (typeof rule?.value !== 'number') return undefined
  switch (rule.kind) {
    case 'floor':
      return amount < rule.value ? rule : undefined
    case 'cap':
      return amount > rule.value ? rule : undefined
    case 'default':
      return undefined
    case 'binding':
      return amount === rule.value ? undefined : rule
  }
}

/** The least number of `total` subjects that a share in basis points asks for, rounded up. */
export function leastOf(law: Law, key: string, place: Place, total: number): number {
  const share = resolve(law, key, place)?.value
  return typeof share === 'number' ? Math.ceil((total * share) / 10_000) : 0
}

/**
 * Why an inspection that is not in the programme may not be made: the rule that forbids it. `ground` is what is claimed
 * for it (a code of `plan-exemption-grounds` or of `lead-sources`). Undefined when it may, also where no document forbids.
 */
export function whyNotUnplanned(law: Law, place: Place, ground?: string): Resolved | undefined {
  const rule = resolve(law, 'plans.unplanned_forbidden', place)
  if (rule?.value !== true) return undefined
  const excused = ['plans.exemption_grounds', 'plans.case_lead_sources'].some(
    (key) => ground !== undefined && isNamed(law, key, place, ground) === true,
  )
  return excused ? undefined : rule
}

/** The days from `from` through `through` by which something is due each year, by the law in force on the day itself. */
export function dueDays(law: Law, key: string, division: string, from: Day, through: Day): readonly Day[] {
  const first = dayNumber(from)
  const days = Array.from({ length: Math.max(0, dayNumber(through) - first + 1) }, (_, k) => dayOf(first + k))
  const candidates = new Set((law.entries.get(key) ?? []).flatMap(({ value }) => namedIn(value)))
  return days.filter(
    (on) => candidates.has(on.slice(5)) && isNamed(law, key, { division, on }, on.slice(5)) === true,
  )
}

/** The codes of a list that are in force on a day. Throws a RangeError for an unknown list. */
export function codesOn(law: Law, list: string, on: Day): readonly Code[] {
  const known = law.codeLists.get(list)
  if (!known) throw new RangeError(`no code list ${list}`)
  return known.codes.filter(({ from, until }) => from <= on && (until === undefined || on <= until))
}

function namedIn(value: Resolved['value']): readonly string[] {
  return typeof value === 'object' ? value : [String(value)]
}
