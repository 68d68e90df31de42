// Counting working days. The starting day is not counted unless the law says so; the last day counted is the deadline.

import { type Calendars, awaitedYear, isWorkingDay } from './calendars.ts'
import { type Day, addDays } from './days.ts'

/** How days are counted; resolved from the law (`clocks.*`), never written here. */
export interface Counting {
  readonly startDayCounts: boolean
  /** `MM-DD` from which the next year's notice may still change a year's last days. */
  readonly reachesBackTo: string
}

/**
 * The end of a count of working days. `provisional`: the count runs into days that no calendar settles yet; nothing is
 * guessed. `lastCertain` is the last day counted through, `remaining` what is left to count after it, and the end comes
 * no earlier than `notBefore`. It becomes certain when the calendar of `awaits` is loaded.
 */
export type WorkingDayEnd =
  | { readonly kind: 'certain'; readonly date: Day }
  | {
      readonly kind: 'provisional'
      readonly start: Day
      readonly length: number
      readonly lastCertain: Day
      readonly remaining: number
      readonly notBefore: Day
      readonly awaits: number
    }

/** The last day of a period of `length` working days that begins at `start`. Throws a RangeError for a length below 0. */
export function addWorkingDays(
  calendars: Calendars,
  start: Day,
  length: number,
  counting: Counting,
): WorkingDayEnd {
  if (!Number.isInteger(length) || length < 0) throw new RangeError(`not a number of days: ${length}`)
  let day = counting.startDayCounts ? addDays(start, -1) : start
  let remaining = length
  while (remaining > 0) {
    const next = addDays(day, 1)
    const working = isWorkingDay(calendars, next, counting.reachesBackTo)
    if (working === undefined) {
      const awaits = awaitedYear(calendars, next, counting.reachesBackTo)!
      const notBefore = addDays(day, remaining)
      return { kind: 'provisional', start, length, lastCertain: day, remaining, notBefore, awaits }
    }
    day = next
    if (working) remaining -= 1
  }
  return { kind: 'certain', date: day < start ? start : day }
}

/** How many working days come after `after`, through `through`; undefined where a calendar is missing between. */
export function countWorkingDays(
  calendars: Calendars,
  after: Day,
  through: Day,
  reachesBackTo: string,
): number | undefined {
  let count = 0
  for (let day = addDays(after, 1); day <= through; day = addDays(day, 1)) {
    const working = isWorkingDay(calendars, day, reachesBackTo)
    if (working === undefined) return undefined
    if (working) count += 1
  }
  return count
}
