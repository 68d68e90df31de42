// The sections of a scheme that say how the inspection is carried out: what the law of the place decides is cited.

import { citationText, isRequired, type Law, type Place, resolve } from '../../law/index.ts'
import { dayText, labelOf, listed } from './said.rules.ts'
import { lawOf, type TermCode, type Terms } from './terms.rules.ts'
import type { SchemeInput } from './text.rules.ts'

/** 抽查程序, 工作进度, 后续监管衔接, 抽查具体要求. */
export function conductText(input: SchemeInput): Readonly<Record<string, string>> {
  return {
    PROCEDURE: procedureText(input),
    PROGRESS: progressText(input),
    FOLLOW_UP: followUpText(input),
    REQUIREMENTS: requirementsText(input),
  }
}

/** `（依据：…）` where the law of the place decides a term. */
export function cited(law: Law, place: Place, code: TermCode): string {
  const lawful = lawOf(law, place, code)
  return lawful ? byRule(lawful.rule.source) : ''
}

/** 检查日程安排. */
export function itineraryText({ task, leadName }: SchemeInput): string {
  return join(
    `${dayText(task.startsOn)}前：冻结名录库，随机抽取检查对象和执法检查人员并匹配。`,
    `检查前：${leadName}召集参加检查的执法检查人员会议，明确任务分工、检查重点和注意事项。`,
    `${dayText(task.startsOn)}至${dayText(task.endsOn)}：实施检查。`,
  )
}

/** 检查结果的处理. */
export function handlingText({ law, place }: SchemeInput): string {
  return join(
    `检查发现的问题属于本部门职责的依法处理${byKey(law, place, 'followups.own_handling')}；属于其他部门管辖的移送有管辖权的部门${byKey(law, place, 'followups.referral')}。`,
    `涉嫌犯罪的移送司法机关${byKey(law, place, 'followups.judicial_referral')}。`,
  )
}

/** 检查结果公开: who, until when, and what can be done against it. */
export function publicationText({ terms, law, place }: SchemeInput): string {
  const publisher = terms.publisher === null ? '' : labelOf(law, 'publishers', String(terms.publisher))
  const start =
    terms.publicationStartsAt === null
      ? '检查结束之日'
      : labelOf(law, 'start-events', String(terms.publicationStartsAt))
  return join(
    `检查结果自${start}起${daysText(law, terms.publicationDays)}公示${cited(law, place, 'publicationDays')}。`,
    publisher === '' ? '' : `录入和公示由${publisher}负责${cited(law, place, 'publisher')}。`,
    terms.drawnListPublished === true
      ? `抽取的检查对象名单予以公示${cited(law, place, 'drawnListPublished')}。`
      : '',
    objectionText(terms, law, place),
  )
}

function objectionText(terms: Terms, law: Law, place: Place): string {
  const { objectionDays, reExaminationDays, replyDays } = terms
  if (objectionDays === null) return ''
  return (
    `被检查对象对结果有异议的，可在公示之日起${daysText(law, objectionDays)}提出` +
    (reExaminationDays === null ? '' : `；自收到申请之日起${daysText(law, reExaminationDays)}组织复查`) +
    (replyDays === null ? '' : `；自作出复查结果之日起${daysText(law, replyDays)}反馈`) +
    `${cited(law, place, 'objectionDays')}。`
  )
}

function procedureText({ task, terms, parts, law, place }: SchemeInput): string {
  const groups =
    task.matching === 'teams'
      ? `抽取的执法检查人员编为${task.teamCount ?? 1}个检查小组，与检查对象随机匹配。`
      : '按检查对象随机匹配执法检查人员。'
  const each = parts.reduce((sum, { members }) => sum + members, 0)
  const least = leastPeople(terms)
  return join(
    '参与部门的检查事项、备选人员和已申报的利害关系在抽取前一并确定，抽取后不再变更；抽取过程公开、可复核。',
    `${groups}每户到场执法检查人员共${each}名${least === undefined ? '' : `，不少于${least.people}名${cited(law, place, least.code)}`}。`,
    replacementText(terms, law, place),
    terms.swapPermitted === false ? `抽取的执法检查人员不得互换${cited(law, place, 'swapPermitted')}。` : '',
    isRequired(law, 'inspections.notice_required', place)
      ? `实施检查须印发检查通知书${byKey(law, place, 'inspections.notice_required')}。`
      : '',
  )
}

/** The higher of the two least numbers, and the term that has it. */
function leastPeople(terms: Terms): { readonly people: number; readonly code: TermCode } | undefined {
  return (['teamSize', 'officersPerVisit'] as const)
    .flatMap((code) => {
      const people = terms[code]
      return typeof people === 'number' ? [{ people, code }] : []
    })
    .toSorted((a, b) => b.people - a.people)[0]
}

function replacementText(terms: Terms, law: Law, place: Place): string {
  const steps = codesOf(terms.replacementSteps).map((code) => labelOf(law, 'replacement-steps', code))
  const reasons = codesOf(terms.replacementReasons).map((code) => labelOf(law, 'replacement-reasons', code))
  if (steps.length === 0 && reasons.length === 0)
    return '执法检查人员不得随意替换；应当回避的，随机抽取替补人员。'
  const why = reasons.length === 0 ? '确需替换的' : `有下列情形之一需要替换的：${reasons.join('；')}`
  const how = steps.length === 0 ? '' : `，程序为：${steps.join('→')}`
  return `${why}${how}${cited(law, place, 'replacementSteps')}。`
}

function progressText({ task, law, place, terms }: SchemeInput): string {
  const reports = resolve(law, 'supervision.progress_dates', place)
  const days = typeof reports?.value === 'object' ? reports.value : []
  return join(
    `${dayText(task.endsOn)}前完成全部检查；检查结束后${daysText(law, terms.publicationDays)}完成录入和公示。`,
    days.length === 0 || !reports
      ? ''
      : `工作推进情况总结于${listed(days.map(monthDayText))}前报送${byRule(reports.source)}。`,
  )
}

function followUpText({ terms, law, place }: SchemeInput): string {
  const archive =
    terms.archiveKeptBy === null
      ? ''
      : `检查文书由${labelOf(law, 'archive-keepers', String(terms.archiveKeptBy))}归档保存${cited(law, place, 'archiveKeptBy')}。`
  return join(
    '检查结果归集至检查对象名下，与信用风险分类、日常监管和行政处罚衔接；需要责令改正的，跟踪至改正完毕。',
    archive,
  )
}

function requirementsText({ law, place }: SchemeInput): string {
  return join(
    '执法检查人员应当持有效执法证件，遵守回避规定，不得妨碍被检查对象正常的生产经营活动。',
    isRequired(law, 'inspections.own_items_signed', place)
      ? `各参与部门的执法检查人员在本部门检查项目上签字确认${byKey(law, place, 'inspections.own_items_signed')}。`
      : '',
    isRequired(law, 'plans.single_visit', place)
      ? `同一检查对象的多个检查事项一次完成${byKey(law, place, 'plans.single_visit')}。`
      : '',
    isRequired(law, 'inspections.ledger_required', place)
      ? `各部门建立执法检查台账${byKey(law, place, 'inspections.ledger_required')}。`
      : '',
  )
}

/** `20个工作日内`; 及时 and the like as they stand. */
function daysText(law: Law, value: Terms[TermCode]): string {
  if (typeof value === 'number') return `${value}个工作日内`
  return value === null ? '及时' : labelOf(law, 'soft-deadlines', String(value))
}

function monthDayText(day: string): string {
  const [month, date] = day.split('-')
  return `${Number(month)}月${Number(date)}日`
}

/** `（依据：…）` where the place has a rule for a legal parameter. */
export function byKey(law: Law, place: Place, key: string): string {
  const rule = resolve(law, key, place)
  return rule ? byRule(rule.source) : ''
}

function byRule(source: Parameters<typeof citationText>[0]): string {
  return `（依据：${citationText(source)}）`
}

function codesOf(value: Terms[TermCode]): readonly string[] {
  return typeof value === 'object' && value !== null ? value : []
}

function join(...paragraphs: readonly string[]): string {
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n')
}
