// 意见记录: who was asked, what each answered, what was said and what became of it; for the file and for paper.

import { csvLine, csvStart } from '@sunlot/sheets'
import type { Law } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reply } from '../../platform/http/route.ts'
import { paper, paragraphs, table } from '../schemes/paper.ts'
import { dayText, labelOf, listed } from '../schemes/said.rules.ts'
import type { TaskRow } from '../tasks/tasks.store.ts'
import type { OpinionRow } from './opinions.store.ts'
import type { ParticipationRow } from './participations.store.ts'
import type { ParticipationState } from './shapes.ts'

/** Everything that a record is made from. */
export interface ConsultationRecord {
  readonly task: TaskRow
  readonly parts: readonly ParticipationRow[]
  readonly opinions: readonly OpinionRow[]
  readonly law: Law
  readonly today: string
}

/** The record as a table, formula-safe, with its mark. */
export function recordCsv(record: ConsultationRecord): string {
  const { task } = record
  const rows = [
    [`${task.name}（${task.number}）征求意见记录`],
    ANSWERS,
    ...answers(record),
    [],
    OPINIONS,
    ...opinions(record),
  ]
  return csvStart() + rows.map((row) => csvLine(row)).join('')
}

/** The record as a paper to print. */
export function recordPaper(record: ConsultationRecord): Reply {
  const { task, today } = record
  const said = opinions(record)
  const body = [
    paragraphs(
      `${task.leadAuthorityName}就“${task.name}”（${task.number}）征求参与部门意见，共${task.round}轮。答复和意见如下。`,
    ),
    table(ANSWERS, answers(record)),
    said.length === 0 ? paragraphs('各部门没有提出意见。') : table(OPINIONS, said),
    paragraphs(task.leadAuthorityName, 'sign'),
    paragraphs(dayText(today), 'day'),
  ]
  return paper('征求意见记录', body.join(''))
}

const ANSWERS = [
  '部门',
  '答复',
  '答复日期',
  '答复期限',
  '答复人',
  '抽查事项',
  '备选人员（名）',
  '不参加的理由',
]
const OPINIONS = ['部门', '轮次', '针对', '意见', '提出人', '提出日期', '采纳情况', '说明']

const STATES: Readonly<Record<ParticipationState, string>> = {
  prepared: '未发出邀请',
  invited: '未答复',
  accepted: '同意参加',
  declined: '不参加',
  released: '不再参加',
}

function answers({ parts }: ConsultationRecord): string[][] {
  return parts
    .filter(({ isLead }) => !isLead)
    .map((part) => [
      part.authorityName,
      STATES[part.state],
      part.answeredAt === null ? '' : dayOf(part.answeredAt),
      part.replyBy ?? '',
      part.answeredByName ?? '',
      listed(part.items.map(({ name, subItem }) => (subItem === null ? name : `${name}——${subItem}`))),
      String(part.pool.length),
      part.refusalReason ?? '',
    ])
}

function opinions({ opinions: all, law }: ConsultationRecord): string[][] {
  return all.map((one) => [
    one.authorityName,
    `第${one.round}轮`,
    one.section === null ? '全部' : labelOf(law, 'scheme-sections', one.section),
    one.text,
    one.givenByName,
    dayOf(one.givenAt),
    one.adopted === null ? '未答复' : one.adopted ? '采纳' : '不采纳',
    one.reply ?? '',
  ])
}
