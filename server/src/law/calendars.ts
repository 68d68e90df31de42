// The State Council's calendars: holidays and make-up workdays, one a year. A year without one is not published.

import { type Day, addDays, dayNumber, isDay, isWeekend, yearOf } from './days.ts'

/** One year's notices: the days off and the weekend days that are worked; both may reach into the year before. */
export interface YearCalendar {
  readonly year: number
  readonly holidays: readonly Day[]
  readonly workdays: readonly Day[]
  /** Where the notices stand. */
  readonly notices: readonly string[]
}

/** All published years, read together. */
export interface Calendars {
  readonly years: ReadonlyMap<number, YearCalendar>
  /** Day number → worked or not, for each day that a notice names. */
  readonly named: ReadonlyMap<number, boolean>
}

/** Puts years together; a later one of the same year replaces the earlier. Throws a RangeError for what is no calendar. */
export function makeCalendars(years: readonly YearCalendar[]): Calendars {
  const byYear = new Map(years.map((year) => [year.year, checked(year)]))
  const named = new Map<number, boolean>()
  for (const { holidays, workdays } of byYear.values()) {
    for (const day of holidays) named.set(dayNumber(day), false)
    for (const day of workdays) named.set(dayNumber(day), true)
  }
  return { years: byYear, named }
}

/** Adds years that an administrator loaded, or replaces them. */
export function withYears(calendars: Calendars, years: readonly YearCalendar[]): Calendars {
  return makeCalendars([...calendars.years.values(), ...years])
}

/**
 * Whether a day is worked; undefined where that is not published yet: its year has no calendar, or it stands so late in
 * the year (from `reachesBackTo`, `MM-DD`) that the next year's notice may still move it.
 */
export function isWorkingDay(calendars: Calendars, day: Day, reachesBackTo: string): boolean | undefined {
  if (awaitedYear(calendars, day, reachesBackTo) !== undefined) return undefined
  const number = dayNumber(day)
  return calendars.named.get(number) ?? !isWeekend(number)
}

/** The year whose calendar must be published before a day is certain; undefined where it is certain. */
export function awaitedYear(calendars: Calendars, day: Day, reachesBackTo: string): number | undefined {
  const year = yearOf(day)
  if (!calendars.years.has(year)) return year
  const late = day.slice(5) >= reachesBackTo
  return late && !calendars.years.has(year + 1) ? year + 1 : undefined
}

/** Reads `first/last` or a single day as the days that it names. Throws a RangeError for anything else. */
export function parseDays(range: string): readonly Day[] {
  const [first = '', last = first, ...rest] = range.split('/')
  if (!isDay(first) || !isDay(last) || rest.length > 0 || last < first)
    throw new RangeError(`not a day or a range of days: ${range}`)
  const length = dayNumber(last) - dayNumber(first) + 1
  if (length > 31) throw new RangeError(`a holiday of ${length} days: ${range}`)
  return Array.from({ length }, (_, k) => addDays(first, k))
}

function checked(calendar: YearCalendar): YearCalendar {
  const { year, holidays, workdays } = calendar
  const days = [...holidays, ...workdays]
  const wrong =
    days.find((day) => !isDay(day) || yearOf(day) > year || yearOf(day) < year - 1) ??
    days.find((day, k) => days.indexOf(day) !== k)
  if (wrong !== undefined)
    throw new RangeError(`calendar of ${year}: ${wrong} is no day of it, or is named twice`)
  // A year without a single holiday is an empty form, not a calendar: taking it would make every date wrong.
  if (holidays.length === 0) throw new RangeError(`calendar of ${year}: it names no holiday`)
  return calendar
}
