import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWorkingDay } from '../../src/law/calendars.ts'
import { addDays, addYears, dayNumber, dayOf, isDay } from '../../src/law/days.ts'
import { withCalendars } from '../../src/law/rules.ts'
import { addWorkingDays, countWorkingDays } from '../../src/law/working-days.ts'
import { LAW, LAW_FOLDER, ROOT } from './law.ts'

const TABLE = join(import.meta.dirname, 'deadlines.tsv')
const SCRIPT = join(import.meta.dirname, 'make-deadlines.py')
const NOTICES = join(ROOT, '../shared/data/08-holidays')
const COUNTING = { startDayCounts: false, reachesBackTo: '12-25' }
const { calendars } = LAW
const YEARS = [...calendars.years.keys()]
const python = spawnSync('python3', ['--version']).status === 0

const dayBetween = (first: string, last: string) =>
  fc.integer({ min: dayNumber(first), max: dayNumber(last) }).map(dayOf)

describe('the table made without this code', () => {
  const rows = readFileSync(TABLE, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'))

  it('has at least 2,000 cases, some of them provisional', () => {
    expect(rows.length).toBeGreaterThanOrEqual(2000)
    expect(rows.filter(([, , end]) => end === 'provisional').length).toBeGreaterThan(5)
  })

  it('is what this code computes', () => {
    const computed = rows.map(([start = '', length]) => {
      const end = addWorkingDays(calendars, start, Number(length), COUNTING)
      return end.kind === 'certain'
        ? [start, length, end.date, '', '']
        : [start, length, 'provisional', end.lastCertain, String(end.remaining)]
    })
    expect(computed).toEqual(rows)
  })

  it.skipIf(!python)('is what its script makes today', () => {
    const made = spawnSync('python3', [SCRIPT, join(LAW_FOLDER, 'calendar')], { encoding: 'utf8' })
    expect(made.stderr).toBe('')
    expect(made.stdout).toBe(readFileSync(TABLE, 'utf8'))
  })
})

describe.skipIf(!existsSync(NOTICES))('the calendars', () => {
  it.each(YEARS)('of %i are the transcription of the notices, day for day', (year) => {
    const { days, papers } = JSON.parse(readFileSync(join(NOTICES, `${year}.json`), 'utf8')) as {
      readonly days: readonly { readonly date: string; readonly isOffDay: boolean }[]
      readonly papers: readonly string[]
    }
    const own = calendars.years.get(year)!
    const dates = (off: boolean) => days.filter(({ isOffDay }) => isOffDay === off).map(({ date }) => date)
    expect([...own.holidays].sort()).toEqual(dates(true).sort())
    expect([...own.workdays].sort()).toEqual(dates(false).sort())
    expect(own.notices).toEqual(papers)
  })
})

describe('a working day', () => {
  const on = (day: string) => isWorkingDay(calendars, day, COUNTING.reachesBackTo)

  it.each<readonly [day: string, expected: boolean | undefined, why: string]>([
    ['2024-02-12', false, 'a Monday in 春节'],
    ['2024-02-18', true, 'a Sunday that is worked'],
    ['2018-12-31', false, 'a Monday given off by the notice of the next year'],
    ['2018-12-29', true, 'a Saturday worked by the notice of the next year'],
    ['2024-03-04', true, 'an ordinary Monday'],
    ['2024-03-03', false, 'an ordinary Sunday'],
    ['2026-12-24', true, 'the last day that no later notice reaches'],
    ['2026-12-28', undefined, 'a day that the notice for 2027 may still move'],
    ['2027-03-03', undefined, 'a day of a year without a notice'],
    ['2006-06-06', undefined, 'a day before the first calendar'],
  ])('%s is %s: %s', (day, expected, _why) => expect(on(day)).toBe(expected))
})

describe('a count of working days', () => {
  const certain = fc.record({
    start: dayBetween('2007-01-02', '2026-06-30'),
    length: fc.integer({ min: 1, max: 60 }),
  })

  it('ends on a working day after its start, and counting back gives its length', () => {
    fc.assert(
      fc.property(certain, ({ start, length }) => {
        const end = addWorkingDays(calendars, start, length, COUNTING)
        if (end.kind !== 'certain') return false
        return (
          end.date > start &&
          isWorkingDay(calendars, end.date, COUNTING.reachesBackTo) === true &&
          countWorkingDays(calendars, start, end.date, COUNTING.reachesBackTo) === length
        )
      }),
    )
  })

  it('never ends earlier when it is longer or starts later', () => {
    const last = (start: string, length: number) => {
      const end = addWorkingDays(calendars, start, length, COUNTING)
      return end.kind === 'certain' ? end.date : end.notBefore
    }
    fc.assert(
      fc.property(certain, ({ start, length }) => {
        return (
          last(start, length) < last(start, length + 1) &&
          last(start, length) <= last(addDays(start, 1), length)
        )
      }),
    )
  })

  it('begins with its first day where the law counts it', () => {
    const counted = { ...COUNTING, startDayCounts: true }
    expect(addWorkingDays(calendars, '2024-03-04', 1, counted)).toEqual({
      kind: 'certain',
      date: '2024-03-04',
    })
    expect(addWorkingDays(calendars, '2024-03-04', 1, COUNTING)).toEqual({
      kind: 'certain',
      date: '2024-03-05',
    })
  })

  it('refuses a length that is no number of days', () => {
    expect(() => addWorkingDays(calendars, '2024-03-04', -1, COUNTING)).toThrow(RangeError)
    expect(() => addWorkingDays(calendars, '2024-02-30', 1, COUNTING)).toThrow(RangeError)
  })
})

describe('a deadline that runs past the published calendars', () => {
  const end = addWorkingDays(calendars, '2026-12-14', 20, COUNTING)

  it('is provisional, says what it awaits, and is not before the day that it names', () => {
    expect(end).toEqual({
      kind: 'provisional',
      start: '2026-12-14',
      length: 20,
      lastCertain: '2026-12-24',
      remaining: 12,
      notBefore: '2027-01-05',
      awaits: 2027,
    })
  })

  it('becomes certain when the calendar is loaded, and never before the day that was named', () => {
    const anyCalendar = fc.record({
      holidays: fc.uniqueArray(dayBetween('2026-12-26', '2027-02-28'), { minLength: 1, maxLength: 20 }),
    })
    fc.assert(
      fc.property(anyCalendar, ({ holidays }) => {
        const year = { year: 2027, holidays, workdays: [], notices: ['a made-up notice'] }
        const loaded = withCalendars(LAW, [year]).calendars
        const now = addWorkingDays(loaded, '2026-12-14', 20, COUNTING)
        return now.kind === 'certain' && end.kind === 'provisional' && now.date >= end.notBefore
      }),
    )
  })

  it('is never made certain by an empty form or a day of another year', () => {
    const empty = { year: 2027, holidays: [], workdays: [], notices: ['x'] }
    expect(() => withCalendars(LAW, [empty])).toThrow(/names no holiday/)
    expect(() => withCalendars(LAW, [{ ...empty, holidays: ['2028-01-01'] }])).toThrow(/2028-01-01/)
    expect(() =>
      withCalendars(LAW, [{ ...empty, holidays: ['2027-01-01'], workdays: ['2027-01-01'] }]),
    ).toThrow(/named twice/)
  })
})

describe('days', () => {
  it('count as the calendar of the machine does', () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), (number) => {
        const day = dayOf(number)
        return day === new Date(number * 86_400_000).toISOString().slice(0, 10) && dayNumber(day) === number
      }),
    )
  })

  it('that do not exist are none', () => {
    expect(['2023-02-29', '2024-13-01', '2024-00-10', '2024-1-1', '', '2024-04-31'].filter(isDay)).toEqual([])
    expect(isDay('2024-02-29')).toBe(true)
  })

  it('come again in later years, the 29th of February as the 28th', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28')
    expect(addYears('2024-04-01', 5)).toBe('2029-04-01')
  })
})
