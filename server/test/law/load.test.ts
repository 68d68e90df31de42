// A law with a fault does not load, and says where, what, and how to mend it.

import { describe, expect, it } from 'vitest'
import { LawRefused, whyNotEntry, withEntries } from '../../src/law/rules.ts'
import { loadLawFromTexts } from '../../src/law/load.ts'
import { readLawTexts } from '../../src/law/read-folder.ts'
import { LAW, LAW_FOLDER } from './law.ts'

const TEXTS = readLawTexts(LAW_FOLDER)
const COUNTY = 'cn-410928/rules.yaml'
const PUBLICATION = 'cn/publication.yaml'

/** The faults of the law with one text of one file replaced. */
function faultsWith(file: string, old: string, text: string): readonly string[] {
  const whole = TEXTS.get(file) ?? ''
  expect(whole).toContain(old)
  try {
    loadLawFromTexts(new Map([...TEXTS, [file, whole.replace(old, text)]]))
    return []
  } catch (error) {
    if (!(error instanceof LawRefused)) throw error
    return error.message.split('\n')
  }
}

describe('the law of this repository', () => {
  it('loads, with the five overlays', () => {
    const divisions = new Set([...LAW.entries.values()].flat().map(({ division }) => division))
    expect([...divisions].sort()).toEqual(['150525', '150626', '231084', '410928', '652700', 'cn'])
    expect([...LAW.calendars.years.keys()]).toEqual(Array.from({ length: 20 }, (_, k) => 2007 + k))
  })

  it('has a version that any change of a value changes, and a calendar does not', () => {
    const changed = new Map([...TEXTS, [COUNTY, TEXTS.get(COUNTY)!.replace('value: 10', 'value: 11')]])
    expect(loadLawFromTexts(changed).version).not.toBe(LAW.version)
    expect(loadLawFromTexts(new Map(TEXTS)).version).toBe(LAW.version)
    const without = new Map([...TEXTS].filter(([file]) => file !== 'calendar/2026.yaml'))
    expect(loadLawFromTexts(without).version).toBe(LAW.version)
  })
})

describe('the loader refuses', () => {
  it.each([
    [
      'a value without a source',
      COUNTY,
      `        source: {article: 三（一）5, phrase: 抽查结束后10个工作日将抽查检查结果通过国家企业信用信息公示系统进行公示}\n`,
      '',
      /^cn-410928\/rules\.yaml: publication\.result_deadline 2023-03-15: has no source; write “source:”/,
    ],
    [
      'a confirmed source without its words',
      COUNTY,
      'article: 三（二）1, phrase: 确定参与部门（1个以上）',
      'article: 三',
      /tasks\.participants 2023-03-15: has a confirmed source without its phrase; quote the words/,
    ],
    [
      'an unconfirmed source without a note',
      PUBLICATION,
      'confirmed: false, note: 未见原文；五份文件中三份同为20个工作日',
      'confirmed: false',
      /result_deadline 2019-02-15: has an unconfirmed source without a note/,
    ],
    [
      'a document that is not in the register',
      PUBLICATION,
      'document: 国市监信〔2019〕38号',
      'document: 国市监信〔2019〕83号',
      /cites 国市监信〔2019〕83号, which no documents\.yaml has; enter the document there/,
    ],
    [
      'an unknown unit',
      PUBLICATION,
      'unit: working_day',
      'unit: workday',
      /publication\.result_deadline: unknown unit workday; the units are working_day,/,
    ],
    [
      'an unknown kind',
      COUNTY,
      'kind: floor',
      'kind: minimum',
      /plans\.ratio_floor 2023-01-01: unknown kind minimum; the kinds are default, floor, cap, binding/,
    ],
    [
      'a floor under what has no size',
      COUNTY,
      'draws:\n  organiser:\n    kind: default',
      'draws:\n  organiser:\n    kind: floor',
      /draws\.organiser 2023-03-15: a code cannot be a floor/,
    ],
    [
      'an unknown key in an overlay',
      COUNTY,
      '  result_deadline:',
      '  results_deadline:',
      /publication\.results_deadline: is no parameter; declare it in law\/cn, or mend its name/,
    ],
    [
      'an unknown section in an overlay',
      COUNTY,
      'followups:',
      'follow_ups:',
      /follow_ups\.judicial_referral: is no parameter/,
    ],
    [
      'an unknown field of a value',
      COUNTY,
      'starts_at: taskEnd',
      'start: taskEnd',
      /2023-03-15: has an unknown field “start”; the fields are value, kind, until, starts_at, source/,
    ],
    [
      'an unknown start event',
      COUNTY,
      'starts_at: taskEnd',
      'starts_at: taskEnded',
      /"taskEnded" is no code of start-events; see cn\/codes\/start-events\.yaml/,
    ],
    [
      'a start event of what is no clock',
      COUNTY,
      'value: [NECIPS]\n',
      'value: [NECIPS]\n        starts_at: taskEnd\n',
      /a codes has no start event; leave starts_at out/,
    ],
    [
      'a code that its list has not',
      COUNTY,
      'value: EACH_PARTICIPANT',
      'value: EVERYONE',
      /draws\.organiser 2023-03-15: "EVERYONE" is no code of draw-organisers/,
    ],
    [
      'the same code twice',
      COUNTY,
      '[COMPLAINT, ASSIGNED, MONITORING]',
      '[COMPLAINT, COMPLAINT]',
      /is no value of unit codes; write a list of codes of its list, each once/,
    ],
    [
      'a ratio that is no percentage',
      COUNTY,
      'value: 5 %',
      'value: 5',
      /plans\.ratio_floor 2023-01-01: "5" is no value of unit ratio; write a percentage such as “5 %”/,
    ],
    ['a ratio above the whole', COUNTY, 'value: 5 %', 'value: 101 %', /is no value of unit ratio/],
    ['a fraction of a day', COUNTY, 'value: 10', 'value: 10.5', /10\.5 is no value of unit working_day/],
    [
      'a word where there is yes or no',
      COUNTY,
      'value: true',
      'value: yes',
      /"yes" is no value of unit boolean; write true or false/,
    ],
    [
      'a day that does not come every year',
      COUNTY,
      '[07-01, 11-15]',
      '[02-29]',
      /is no value of unit month_days/,
    ],
    [
      'a day of effect that does not exist',
      COUNTY,
      '2023-03-15:',
      '2023-02-30:',
      /2023-02-30 is no day; write YYYY-MM-DD/,
    ],
    [
      'an end before the beginning',
      COUNTY,
      'until: 2023-12-31',
      'until: 2022-12-31',
      /until 2022-12-31 is no day, or before 2023-01-01/,
    ],
    [
      'an overlap of two values',
      'cn-231084/rules.yaml',
      'value: [06-20]\n        until: 2019-12-31',
      'value: [06-20]\n        until: 2020-01-01',
      /plans\.filing_dates: the value of 2019-05-23 runs until 2020-01-01 and overlaps that of 2020-01-01; end it before/,
    ],
    [
      'two values of one day',
      'cn-231084/rules.yaml',
      '      2020-01-01:',
      '      2019-05-23:',
      /line \d+: Map keys must be unique/,
    ],
    [
      'a parameter without a name in both languages',
      PUBLICATION,
      ', en: Deadline for publishing a result',
      '',
      /publication\.result_deadline: has no en; write “en:” with a text/,
    ],
    [
      'a parameter whose code list does not exist',
      PUBLICATION,
      'list: publishers',
      'list: publisher',
      /publication\.publisher: there is no code list publisher/,
    ],
    [
      'an overlay that names no document',
      COUNTY,
      'document: 濮县',
      'paper: 濮县',
      /cn-410928\/rules\.yaml: document: names no document/,
    ],
    [
      'a calendar without its notices',
      'calendar/2024.yaml',
      'notices:',
      'notes:',
      /calendar\/2024\.yaml: calendar: has no source; name the notices/,
    ],
    [
      'a calendar of another year',
      'calendar/2024.yaml',
      'year: 2024',
      'year: 2023',
      /is not the calendar of 2023; name the file by its year/,
    ],
    [
      'a calendar with a range that runs backwards',
      'calendar/2024.yaml',
      '2024-02-10/2024-02-17',
      '2024-02-17/2024-02-10',
      /not a day or a range of days/,
    ],
    [
      'broken YAML, with its line',
      COUNTY,
      'publication:\n',
      'publication: [\n',
      /cn-410928\/rules\.yaml: line \d+: .*; mend the YAML there/,
    ],
  ])('%s', (_, file, old, text, expected) => {
    expect(faultsWith(file, old, text)).toEqual(expect.arrayContaining([expect.stringMatching(expected)]))
  })

  it('files that have no place', () => {
    const stray = new Map([...TEXTS, ['cn-41/rules.yaml', 'publication: {}']])
    expect(() => loadLawFromTexts(stray)).toThrow(/cn-41\/rules\.yaml: file: has no place here/)
  })

  it('several faults at once, each on its line', () => {
    const text = TEXTS.get(COUNTY)!.replace('value: 10', 'value: ten').replace('value: 5 %', 'value: five')
    expect(() => loadLawFromTexts(new Map([...TEXTS, [COUNTY, text]]))).toThrow(/ten[^]*five/)
  })

  it('a division tree with a parent that does not exist', () => {
    const tree = `${TEXTS.get('divisions/divisions.tsv')!.trimEnd()}\n990201\t某县\t990200\tfictional`
    expect(() => loadLawFromTexts(new Map([...TEXTS, ['divisions/divisions.tsv', tree]]))).toThrow(
      /990201 stands under 990200/,
    )
  })
})

describe('an entry of a legal officer', () => {
  const entry = {
    division: '990101',
    key: 'publication.result_deadline',
    value: 15,
    kind: 'default',
    from: '2026-01-01',
    source: { document: '青石县办〔2026〕1号', phrase: '十五个工作日内', confirmed: true },
  } as const

  it('stands when it is well formed, whatever document it cites', () => {
    expect(whyNotEntry(LAW, entry)).toBeUndefined()
    expect(withEntries(LAW, [entry]).version).not.toBe(LAW.version)
  })

  it.each([
    [{ key: 'publication.deadline' }, /is no parameter/],
    [{ division: '990999' }, /990999 is no division/],
    [{ value: -1 }, /-1 is no value of unit working_day/],
    [{ value: 'SOON' }, /"SOON" is no code of soft-deadlines/],
    [{ from: '2026-1-1' }, /is no day/],
    [{ source: { document: ' ', phrase: 'x', confirmed: true } }, /has no source/],
  ])('is refused with %j', (change, what) => {
    const wrong = { ...entry, ...change }
    expect(whyNotEntry(LAW, wrong)?.what).toMatch(what)
    expect(() => withEntries(LAW, [wrong])).toThrow(LawRefused)
  })
})
