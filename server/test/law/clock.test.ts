// When what must be done is due, place by place.

import { describe, expect, it } from 'vitest'
import {
  codesOn,
  deadlineOf,
  dueDays,
  isNamed,
  type LawEntry,
  leastOf,
  whyNotAmount,
  whyNotUnplanned,
  withCalendars,
  withEntries,
} from '../../src/law/rules.ts'
import { LAW } from './law.ts'

const NAIMAN = '150525'
const PUYANG = '410928'
const NINGAN = '231084'
const COUNTY = '990101'

const due = (key: string, division: string, start: string) =>
  deadlineOf(LAW, key, { division, on: start }, start)

describe('a result', () => {
  it.each([
    ['in 濮阳县 within ten working days of the end of the task', PUYANG, 'taskEnd', '2024-10-10'],
    ['in 奈曼旗 within twenty of the end of the inspection', NAIMAN, 'inspectionEnd', '2024-10-23'],
    ['in 乌审旗 within twenty of the end of the activity', '150626', 'activityCompleted', '2024-10-23'],
    ['in 温泉县 by the rule of its prefecture', '652723', 'inspectionEnd', '2024-10-23'],
    ['in 青石县 by the national rule', COUNTY, 'inspectionEnd', '2024-10-23'],
  ])('is published %s', (_, division, startsAt, date) => {
    const end = due('publication.result_deadline', division, '2024-09-20')
    expect(end).toMatchObject({ kind: 'certain', force: 'legal', date, startsAt })
  })

  it('is published in 宁安市 promptly, which reminds and makes nothing late', () => {
    const end = due('publication.result_deadline', NINGAN, '2024-09-20')
    expect(end).toMatchObject({ kind: 'certain', force: 'soft', date: '2024-09-30', length: 7 })
    expect(end?.rule.source.phrase).toContain('及时录入')
  })

  it('stays public to the same day five years later', () => {
    expect(due('publication.retention', COUNTY, '2024-02-29')).toMatchObject({ date: '2029-02-28' })
  })
})

describe('a deadline', () => {
  it('that no document sets is none', () => {
    expect(due('objections.filing_window', PUYANG, '2024-09-20')).toBeUndefined()
    expect(due('objections.filing_window', NAIMAN, '2024-04-07')).toBeUndefined()
  })

  it('keeps the law of the day that it is asked for', () => {
    const before = deadlineOf(
      LAW,
      'publication.result_deadline',
      { division: PUYANG, on: '2023-03-14' },
      '2024-09-20',
    )
    expect(before).toMatchObject({ date: '2024-10-23', startsAt: 'inspectionEnd' })
  })

  it('that runs into a year without a calendar is provisional until the calendar is loaded', () => {
    const asked = (law: typeof LAW) =>
      deadlineOf(law, 'publication.result_deadline', { division: NAIMAN, on: '2026-12-10' }, '2026-12-10')
    expect(asked(LAW)).toMatchObject({
      kind: 'provisional',
      awaits: 2027,
      length: 20,
      remaining: 10,
      force: 'legal',
    })
    const year = {
      year: 2027,
      holidays: ['2027-01-01', '2027-01-02', '2027-01-03'],
      workdays: [],
      notices: ['某通知'],
    }
    expect(asked(withCalendars(LAW, [year]))).toMatchObject({ kind: 'certain', date: '2027-01-08' })
  })

  it('counts its first day where a place says so', () => {
    const source = { document: '青石县办〔2026〕1号', phrase: '当日计入', confirmed: true }
    const rule: LawEntry = {
      division: COUNTY,
      key: 'clocks.start_day_counts',
      value: true,
      kind: 'default',
      from: '2024-01-01',
      source,
    }
    const law = withEntries(LAW, [rule])
    const place = { division: COUNTY, on: '2024-09-20' }
    expect(deadlineOf(law, 'publication.result_deadline', place, '2024-09-20')).toMatchObject({
      date: '2024-10-22',
    })
    expect(deadlineOf(law, 'publication.retention', place, '2024-09-20')).toMatchObject({
      date: '2029-09-19',
    })
  })

  it('is asked of a clock alone', () => {
    expect(() => due('draws.team_size', NAIMAN, '2024-09-20')).toThrow(/draws\.team_size is no clock/)
    expect(() => due('tasks.platform_name', NAIMAN, '2024-09-20')).toThrow(RangeError)
  })
})

describe('the year of 宁安市', () => {
  it('has its days, and its first year others', () => {
    const days = (from: string, through: string) => dueDays(LAW, 'plans.filing_dates', NINGAN, from, through)
    expect(days('2019-01-01', '2021-12-31')).toEqual(['2019-06-20', '2020-01-15', '2021-01-15'])
    expect(days('2021-01-16', '2021-12-31')).toEqual([])
  })
})

describe('a question to the law', () => {
  const on = '2023-06-01'

  it('of a share is answered in subjects, rounded up, and only in the year that the rule binds', () => {
    const place = { division: PUYANG, on }
    expect(leastOf(LAW, 'plans.ratio_floor', place, 4321)).toBe(217)
    expect(leastOf(LAW, 'plans.ratio_floor', { ...place, on: '2024-01-01' }, 4321)).toBe(0)
    expect(whyNotAmount(LAW, 'plans.ratio_floor', place, 499)?.source.document).toBe(
      '濮县双随机办〔2023〕13号',
    )
    expect(whyNotAmount(LAW, 'plans.ratio_floor', { ...place, on: '2024-01-01' }, 0)).toBeUndefined()
  })

  it('of the officers on a visit is answered everywhere with two', () => {
    for (const division of [NAIMAN, PUYANG, NINGAN, COUNTY]) {
      expect(whyNotAmount(LAW, 'inspections.officers_per_visit', { division, on }, 1)?.value).toBe(2)
      expect(whyNotAmount(LAW, 'inspections.officers_per_visit', { division, on }, 2)).toBeUndefined()
    }
  })

  it('of a code is yes, no, or not said', () => {
    const method = (division: string) =>
      isNamed(LAW, 'inspections.methods', { division, on }, 'COMMISSIONED_BODY')
    expect([NINGAN, PUYANG, COUNTY].map(method)).toEqual([true, false, undefined])
  })

  it('of an inspection outside the programme is no in 宁安市, save on a ground; elsewhere no document forbids it', () => {
    expect(whyNotUnplanned(LAW, { division: NINGAN, on })?.source.phrase).toBe('未列入计划的，不得擅自检查')
    expect(whyNotUnplanned(LAW, { division: NINGAN, on }, 'COMPLAINT')).toBeUndefined()
    expect(whyNotUnplanned(LAW, { division: PUYANG, on })).toBeUndefined()
  })

  it('of outcomes is answered with the codes of the day', () => {
    const numbers = (day: string) =>
      codesOn(LAW, 'outcomes', day).map(({ attributes }) => attributes['number'])
    expect(numbers('2016-06-01')).toHaveLength(9)
    expect(numbers('2018-06-01')).toContain('G')
    expect(numbers('2026-06-01')).toHaveLength(14)
    expect(() => codesOn(LAW, 'outcome', '2026-06-01')).toThrow(RangeError)
  })
})
