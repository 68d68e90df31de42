// The clocks of the law: when what must be done is due, and from what.

import { addDays, addYears, type Day } from './days.ts'
import { type Resolved, resolve } from './resolve.ts'
import type { Law, Place } from './shapes.ts'
import { addWorkingDays, countWorkingDays, type Counting, type WorkingDayEnd } from './working-days.ts'

/**
 * When an act is due. `legal`: after it the act is late. `soft`: the document has no number (及时); the day is a reminder
 * and makes nothing late. `rule` is what is cited, `startsAt` the event that the period begins with, `length` the period in
 * its unit.
 */
export type Deadline = WorkingDayEnd & {
  readonly force: 'legal' | 'soft'
  readonly length: number
  readonly startsAt?: string
  readonly rule: Resolved
}

/**
 * The deadline of a clock (`publication.result_deadline`, `publication.retention` …) by the law of `place`, for a period
 * that begins on `start`. Undefined where no document sets one, and for 及时 where nothing says what it aims at. Throws a
 * RangeError for a parameter that is no clock.
 */
export function deadlineOf(law: Law, key: string, place: Place, start: Day): Deadline | undefined {
  const unit = law.parameters.get(key)?.unit
  if (unit !== 'working_day' && unit !== 'year') throw new RangeError(`${key} is no clock`)
  const rule = resolve(law, key, place)
  if (!rule) return undefined
  const soft = typeof rule.value === 'string'
  const length = soft ? softTarget(law, rule, place) : rule.value
  if (typeof length !== 'number') return undefined
  const about = {
    force: soft ? ('soft' as const) : ('legal' as const),
    length,
    rule,
    ...(rule.startsAt === undefined ? {} : { startsAt: rule.startsAt }),
  }
  const counting = countingOf(law, place)
  if (unit === 'working_day') return { ...addWorkingDays(law.calendars, start, length, counting), ...about }
  const first = counting.startDayCounts ? addDays(start, -1) : start
  return { kind: 'certain', date: addYears(first, length), ...about }
}

/** How days are counted in a place. Throws a RangeError on a day before any counting rule. */
export function countingOf(law: Law, place: Place): Counting {
  const startDayCounts = resolve(law, 'clocks.start_day_counts', place)?.value
  const reachesBackTo = resolve(law, 'clocks.next_notice_reaches_back_to', place)?.value
  if (typeof startDayCounts !== 'boolean' || typeof reachesBackTo !== 'string')
    throw new RangeError(`no rule of counting days is in force on ${place.on}`)
  return { startDayCounts, reachesBackTo }
}

/**
 * How many working days come after `place.on` through `day`; below 0, how many have passed since. Undefined where a calendar
 * is missing between, or no rule of counting is in force.
 */
export function workingDaysUntil(law: Law, place: Place, day: Day): number | undefined {
  const reachesBackTo = resolve(law, 'clocks.next_notice_reaches_back_to', place)?.value
  if (typeof reachesBackTo !== 'string') return undefined
  const count = (after: Day, through: Day) => countWorkingDays(law.calendars, after, through, reachesBackTo)
  if (place.on <= day) return count(place.on, day)
  const passed = count(day, place.on)
  return passed === undefined ? undefined : -passed
}

/** What a word without a number aims at: the parameter that its code names. */
function softTarget(law: Law, rule: Resolved, place: Place): unknown {
  const code = law.codeLists.get('soft-deadlines')?.codes.find((one) => one.code === rule.value)
  const key = code?.attributes['aims_at']
  return typeof key === 'string' ? resolve(law, key, place)?.value : undefined
}
