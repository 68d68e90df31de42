// The text of an implementation scheme, section by section, from the task as it stands (REQ-SCH-1). Every authority that
// takes part is named, with its items and their legal basis: none can be forgotten by hand (as S0 forgot one).

import { codesNamed, type Law, type Place, resolve } from '../../law/index.ts'
import type { ItemRef, ParticipationFacts } from '../consultation/shapes.ts'
import type { TaskFacts } from '../shapes.ts'
import { groundsIn } from '../tasks/outside.rules.ts'
import { dayText, designText, labelOf, listed, scopeText, stratumText } from './said.rules.ts'
import type { Terms } from './terms.rules.ts'
import {
  byKey,
  cited,
  conductText,
  handlingText,
  itineraryText,
  publicationText,
} from './text-conduct.rules.ts'

/** What was counted of a task. */
export interface SchemeFigures {
  readonly asOf: string
  readonly scopeCount: number
  readonly frame: number
  readonly total: number
  readonly exclusions: readonly { readonly code: string; readonly subjects: number }[]
  readonly strata: readonly { readonly code: string; readonly rows: number; readonly n: number }[]
}

/** Everything that the text is made from. */
export interface SchemeInput {
  readonly task: TaskFacts
  readonly leadName: string
  /** The name of the authority whose register the scope is of. */
  readonly registerName: string | null
  /** Of which plan the task is, as a document calls it. */
  readonly planTitle: string | null
  /** Those who take part; the lead first. */
  readonly parts: readonly ParticipationFacts[]
  readonly figures: SchemeFigures | null
  readonly terms: Terms
  readonly law: Law
  readonly place: Place
}

/** section code → text. Paragraphs are lines. */
export function sectionTexts(input: SchemeInput): Readonly<Record<string, string>> {
  return {
    ORGANISATION: organisationText(input),
    TASK: taskText(input),
    ITEMS: itemsText(input),
    CONTENT: contentText(input),
    SCOPE: rangeText(input),
    RATIO: ratioText(input),
    TIME: `${dayText(input.task.startsOn)}至${dayText(input.task.endsOn)}。`,
    METHOD: methodText(input),
    PARTICIPANTS: participantsText(input),
    LEVEL: levelText(input),
    ...conductText(input),
    ITINERARY: itineraryText(input),
    HANDLING: handlingText(input),
    PUBLICATION: publicationText(input),
  }
}

function organisationText({ leadName, parts, terms, law, place }: SchemeInput): string {
  const others = parts.filter(({ isLead }) => !isLead).map(({ authorityName }) => authorityName)
  const conference = resolve(law, 'supervision.conference_name', place)?.value
  const supervisors = codesNamed(law, 'supervision.supervising_bodies', place)
  return lines(
    typeof conference === 'string' ? `本次抽查在${conference}统筹协调下开展。` : '',
    others.length === 0
      ? `本次抽查由${leadName}组织实施。`
      : `本次联合抽查由${leadName}牵头，${listed(others)}参与。`,
    supervisors.length === 0
      ? ''
      : `监督指导：${listed(supervisors.map((code) => labelOf(law, 'bodies', code)))}。`,
    terms.organiser === null
      ? ''
      : `执法检查人员的抽取：${labelOf(law, 'draw-organisers', String(terms.organiser))}${cited(law, place, 'organiser')}。`,
    terms.platformName === null
      ? ''
      : `抽取、匹配、结果录入通过“${unquoted(String(terms.platformName))}”进行${cited(law, place, 'platformName')}。`,
  )
}

function taskText({ task, planTitle, law, place }: SchemeInput): string {
  const source =
    task.planLineId === null ? groundText(task, law, place) : `任务来源：${planTitle ?? '年度抽查工作计划'}。`
  return lines(
    `任务名称：${task.name}（${task.number}）。`,
    source,
    `抽查领域：${task.field === 'market' ? '市场监管领域' : '市场监管领域外'}；事项类别：${task.tier === 'PRIORITY' ? '重点检查事项' : '一般检查事项'}。`,
    `抽查类型：${task.drawType === 'TARGETED' ? '定向抽查' : '不定向抽查'}${task.mode === null ? '' : `；联查模式：${labelOf(law, 'joint-modes', task.mode)}`}${task.crossRegion ? '；跨区域抽查' : ''}。`,
  )
}

function itemsText({ parts }: SchemeInput): string {
  return lines(
    ...parts.flatMap(({ authorityName, isLead, items }) => [
      `${authorityName}${isLead && parts.length > 1 ? '（牵头）' : ''}：`,
      ...items.map((item, at) => `${at + 1}. ${itemName(item)}${basisText(item)}`),
    ]),
  )
}

function contentText({ parts }: SchemeInput): string {
  return lines(
    ...parts.flatMap(({ items }) =>
      items.map((item) => `${itemName(item)}：${(item.scope ?? item.object).replaceAll('\n', ' ')}`),
    ),
  )
}

function rangeText({ task, registerName, figures, law }: SchemeInput): string {
  const left = (figures?.exclusions ?? []).filter(({ subjects }) => subjects > 0)
  return lines(
    `${scopeText(task.scope, law, registerName)}。`,
    figures === null
      ? ''
      : `截至${dayText(figures.asOf.slice(0, 10))}共${figures.scopeCount}户，排除后进入抽取的${figures.frame}户。`,
    left.length === 0
      ? ''
      : `排除：${listed(left.map(({ code, subjects }) => `${labelOf(law, 'exclusion-reasons', code)}${subjects}户`))}。`,
  )
}

function ratioText({ task, figures, law }: SchemeInput): string {
  const strata = figures?.strata ?? []
  return lines(
    `${designText(task.design)}${figures === null ? '' : `，共抽取${figures.total}户`}。`,
    ...(strata.length < 2
      ? []
      : strata.map(({ code, rows, n }) => `${stratumText(code, law)}：${rows}户中抽取${n}户。`)),
    '同一层内每户被抽中的概率相等。',
  )
}

function methodText({ task, parts, law }: SchemeInput): string {
  const demands = [
    ...new Set(parts.flatMap(({ items }) => items.flatMap((item) => item.methodRequirement ?? []))),
  ]
  return lines(
    `${listed(task.methods.map((code) => labelOf(law, 'inspection-methods', code)))}。`,
    demands.length === 0 ? '' : `方式要求：${demands.join('；')}。`,
  )
}

function participantsText({ parts, leadName }: SchemeInput): string {
  const others = parts.filter(({ isLead }) => !isLead)
  if (others.length === 0) return `本次抽查由${leadName}单独实施。`
  return lines(
    `参与部门共${others.length}个：${listed(others.map(({ authorityName }) => authorityName))}。`,
    ...parts.map(
      ({ authorityName, members, drawn, pool }) =>
        `${authorityName}：备选执法检查人员${pool.length}名，抽取${drawn ?? members}名，每户到场${members}名。`,
    ),
  )
}

function levelText({ task }: SchemeInput): string {
  return `${LEVELS[task.drawLevel]}抽取，${LEVELS[task.inspectLevel]}检查。`
}

const LEVELS = { province: '省级', prefecture: '市级', county: '县级', station: '基层站所' } as const

function itemName({ name, subItem, code }: ItemRef): string {
  return `${subItem === null ? name : `${name}——${subItem}`}（${code}）`
}

function basisText({ bases }: ItemRef): string {
  if (bases.length === 0) return '。'
  return `，依据${listed(bases.map(({ title, article }) => `《${title.replaceAll(/[《》]/g, '')}》${article ?? ''}`))}。`
}

/**
 * The ground as the closed list calls it, and the document that has it. What was noted about it stays with the task: it may
 * name who complained, and a scheme is public.
 */
function groundText({ outsideGround }: TaskFacts, law: Law, place: Place): string {
  const code = outsideGround ?? ''
  const list = groundsIn(law, place).find((each) => each.code === code)?.list
  const named = list === undefined ? code : labelOf(law, list, code)
  return `计划外任务，事由：${named}${list === undefined ? '' : byKey(law, place, GROUNDS_BY[list])}。`
}

const GROUNDS_BY = {
  'plan-exemption-grounds': 'plans.exemption_grounds',
  'lead-sources': 'plans.case_lead_sources',
} as const

function unquoted(text: string): string {
  return text.replaceAll('“', '‘').replaceAll('”', '’')
}

/** Paragraphs, without the empty ones. */
function lines(...paragraphs: readonly string[]): string {
  return paragraphs.filter((paragraph) => paragraph !== '').join('\n')
}
