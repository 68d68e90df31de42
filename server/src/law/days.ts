// Legal days are 'YYYY-MM-DD' texts. Arithmetic runs on day numbers, never on Date: no time zone can move a deadline.

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string

const DAY = /^(\d{4})-(\d{2})-(\d{2})$/
const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const
const SATURDAY = 6

/** Whether a text is a day that exists. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text)
  if (!match) return false
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number]
  return year > 0 && day >= 1 && day <= lengthOfMonth(year, month)
}

/** Whether a text is a day of some year, `MM-DD`; 02-29 is not, because it does not come every year. */
export function isMonthDay(text: string): boolean {
  return isDay(`2001-${text}`)
}

/** Days since 1970-01-01. Throws a RangeError for what is not a day. */
export function dayNumber(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a day: ${day}`)
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  // The year is taken to begin in March, so that the leap day is its last.
  const y = month > 2 ? year : year - 1
  const m = month > 2 ? month - 3 : month + 9
  const dayOfYear = Math.floor((153 * m + 2) / 5) + date - 1
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719468
}

/** The day of a day number. */
export function dayOf(number: number): Day {
  let year = 1970 + Math.floor(number / (number < 0 ? 365 : 366))
  while (dayNumber(dayText(year + 1, 1, 1)) <= number) year += 1
  let left = number - dayNumber(dayText(year, 1, 1))
  let month = 1
  while (left >= lengthOfMonth(year, month)) {
    left -= lengthOfMonth(year, month)
    month += 1
  }
  return dayText(year, month, left + 1)
}

/** The day that many calendar days later; earlier when negative. */
export function addDays(day: Day, count: number): Day {
  return dayOf(dayNumber(day) + count)
}

/** The same day that many years later; 29 February becomes the 28th where the year has none. */
export function addYears(day: Day, count: number): Day {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  return dayText(year + count, month, Math.min(date, lengthOfMonth(year + count, month)))
}

/** The year of a day. */
export function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}

/** Saturday or Sunday, before any holiday or make-up workday is looked at. */
export function isWeekend(number: number): boolean {
  // 1970-01-01 was a Thursday.
  const weekday = (((number + 4) % 7) + 7) % 7
  return weekday === 0 || weekday === SATURDAY
}

function lengthOfMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  return month === 2 && leap ? 29 : (MONTH_LENGTHS[month - 1] ?? 0)
}

function dayText(year: number, month: number, date: number): Day {
  const two = (n: number) => String(n).padStart(2, '0')
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`
}
