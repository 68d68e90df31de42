// By when what the catalogue owes upward is due, and whether it came late.

import { dueDays, type Law, type Place } from '../../law/index.ts'

/**
 * The day (YYYY-MM-DD) of the year of `place.on` by which something is due under a parameter of days of the year: the next
 * one, or the last that has passed; undefined where no document names one.
 */
export function dueInYear(law: Law, key: string, { division, on }: Place): string | undefined {
  const year = on.slice(0, 4)
  const days = dueDays(law, key, division, `${year}-01-01`, `${year}-12-31`)
  return days.find((day) => day >= on) ?? days.at(-1)
}

/** Whether something was submitted after the day by which it was due. Without such a day nothing is late. */
export function isLate(submittedOn: string | null, dueOn: string | null): boolean {
  return submittedOn !== null && dueOn !== null && submittedOn > dueOn
}
