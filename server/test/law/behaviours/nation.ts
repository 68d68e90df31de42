// The national baseline, seen from 青石县, which has no rules of its own.

import { addDays } from '../../../src/law/days.ts'
import { deadlineOf, type Law } from '../../../src/law/rules.ts'
import {
  atLeast,
  atLeastOfThousand,
  type Behaviour,
  due,
  inPlace,
  names,
  reads,
  required,
  ruledOut,
  yearly,
} from './kit.ts'

const COUNTY = '990101'
const joint = inPlace(COUNTY, '国发〔2019〕5号', '2019-01-27', COUNTY)
const drafted = inPlace(COUNTY, '国市监信〔2019〕38号', '2019-02-15', COUNTY)
const local = inPlace(COUNTY, '公示期限地方实例', '2019-02-15', COUNTY)
const strict = inPlace(COUNTY, '国办发〔2024〕54号', '2025-01-03', COUNTY)
const ours = inPlace(COUNTY, '平台归纳', '2019-01-27', COUNTY)
const two = inPlace(COUNTY, '中华人民共和国行政处罚法', '2021-07-15', COUNTY)
const counting = inPlace(COUNTY, '中华人民共和国民法典', '2021-01-01', COUNTY)

/** 2024-09-20 was a Friday and 2024-09-23 a Monday: where the first day is not counted, one day ends on Monday. */
const nextDay = (law: Law, _: string, place: { readonly division: string; readonly on: string }) => {
  const end = deadlineOf(law, 'clocks.immediately', place, '2024-09-20')
  return end?.kind === 'certain' && end.date === '2024-09-23'
}

export const NATION: readonly Behaviour[] = [
  drafted(
    'publication.result_deadline',
    'published within 20 working days',
    due('2024-10-23', 'inspectionEnd'),
  ),
  drafted('publication.deadline_covers', 'publication is what is due', names('PUBLICATION')),
  joint('publication.publisher', 'who inspects publishes', names('INSPECTING_AUTHORITY')),
  joint('publication.principle', 'the principle as printed', reads('谁检查、谁录入、谁公开')),
  joint('publication.channels', 'two national channels', names('NECIPS', 'CREDIT_SHARING')),
  local('publication.retention', 'public for five years', due('2029-09-20')),
  local('publication.retention_natural_person', 'a natural person for two', due('2026-09-20')),
  inPlace(COUNTY, '国家市场监督管理总局令第101号', '2025-03-18', COUNTY)(
    'plans.disclosure_ratio_floor',
    'three in a hundred',
    atLeastOfThousand(30),
    { kind: 'floor' },
  ),
  strict('plans.only_listed_items', 'nothing off the list', required, { kind: 'binding' }),
  strict('draws.certificate_required', 'no warrant, no draw', required, { kind: 'binding' }),
  strict('inspections.frequency_cap_dates', 'caps published by June 2025', yearly('06-30'), {
    kind: 'binding',
    last: '2025-12-31',
  }),
  inPlace(
    COUNTY,
    '涉企检查频次地方实例',
    '2025-06-30',
    COUNTY,
  )(
    'inspections.frequency_exemptions',
    'ten grounds that no cap counts',
    names(
      'COMPLAINT',
      'ASSIGNED_BY_SUPERIOR',
      'ASSISTING_SUPERIOR',
      'SUPERVISION_AUDIT',
      'REMOTE_LEAD',
      'MEDIA_EXPOSURE',
      'RECTIFICATION_CHECK',
      'AT_REQUEST',
      'LICENCE_CHECK',
      'EMERGENCY',
    ),
  ),
  two('inspections.officers_per_visit', 'two officers', atLeast(2), { kind: 'floor' }),
  two('inspections.officers_per_visit', 'two officers, before 2021 too', atLeast(2), {
    kind: 'floor',
    by: '中华人民共和国行政处罚法（1996）',
    from: '1996-10-01',
    last: '2021-07-14',
  }),
  ours('clocks.promptly', 'a week of working days', due('2024-09-30')),
  ours('clocks.immediately', 'the next working day', due('2024-09-23')),
  ours('clocks.at_any_time', 'two working days', due('2024-09-24')),
  counting('clocks.start_day_counts', 'the first day is not counted', nextDay),
  counting('clocks.start_day_counts', 'nor was it under the former general provisions', ruledOut, {
    by: '中华人民共和国民法通则',
    from: '1987-01-01',
    last: '2020-12-31',
  }),
  inPlace(
    COUNTY,
    '国办发明电〔2018〕15号',
    '2007-01-01',
    COUNTY,
  )('clocks.next_notice_reaches_back_to', 'the last week of a year waits for the next notice', (law) => {
    const place = { division: COUNTY, on: '2026-11-01' }
    const end = (start: string) => deadlineOf(law, 'clocks.immediately', place, start)
    const last = end('2026-12-23')
    const next = end('2026-12-24')
    return (
      last?.kind === 'certain' &&
      last.date === '2026-12-24' &&
      next?.kind === 'provisional' &&
      next.notBefore === addDays('2026-12-24', 1)
    )
  }),
]
