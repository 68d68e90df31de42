// 约定事项: what a scheme settles that the law of the place decides, and why a value is refused (D-1…D-5, D-9, D-10, D-13,
// D-16, D-18).

import { codesOn, type Label, type Law, type Place, resolve, type Resolved } from '../../law/index.ts'
import type { Params, Refusal } from '../../platform/refusal.ts'
import { labelOf } from './said.rules.ts'

export const TERM_CODES = [
  'platformName',
  'organiser',
  'teamSize',
  'officersPerVisit',
  'replacementSteps',
  'replacementReasons',
  'swapPermitted',
  'drawnListPublished',
  'archiveKeptBy',
  'publicationDays',
  'publicationStartsAt',
  'publisher',
  'objectionDays',
  'reExaminationDays',
  'replyDays',
] as const
export type TermCode = (typeof TERM_CODES)[number]

/** A number in the unit of its legal parameter, a code or codes of its list, a text; null: nothing is settled. */
export type TermValue = number | boolean | string | readonly string[] | null
export type Terms = Readonly<Record<TermCode, TermValue>>

/** How a term is held against the law. within: all of it is among what the law names. */
export type Comparison = 'atMost' | 'atLeast' | 'equal' | 'includesAll' | 'within'

interface Term {
  readonly law: string
  readonly compare: Comparison
  readonly form: 'number' | 'boolean' | 'code' | 'codes' | 'text'
  /** The code list that its value is of. */
  readonly list?: string
  /** What of the rule decides: the value, unless it is the event that starts the clock. */
  readonly of?: 'startsAt'
}

/** term → which legal parameter decides it, and how. */
export const TERMS: Readonly<Record<TermCode, Term>> = {
  platformName: { law: 'tasks.platform_name', compare: 'equal', form: 'text' },
  organiser: { law: 'draws.organiser', compare: 'equal', form: 'code', list: 'draw-organisers' },
  teamSize: { law: 'draws.team_size', compare: 'atLeast', form: 'number' },
  officersPerVisit: { law: 'inspections.officers_per_visit', compare: 'atLeast', form: 'number' },
  replacementSteps: {
    law: 'draws.replacement_steps',
    compare: 'includesAll',
    form: 'codes',
    list: 'replacement-steps',
  },
  replacementReasons: {
    law: 'draws.replacement_reasons',
    compare: 'within',
    form: 'codes',
    list: 'replacement-reasons',
  },
  swapPermitted: { law: 'draws.swap_permitted', compare: 'equal', form: 'boolean' },
  drawnListPublished: { law: 'publication.drawn_list_published', compare: 'equal', form: 'boolean' },
  archiveKeptBy: {
    law: 'inspections.archive_kept_by',
    compare: 'equal',
    form: 'code',
    list: 'archive-keepers',
  },
  publicationDays: { law: 'publication.result_deadline', compare: 'atMost', form: 'number' },
  publicationStartsAt: {
    law: 'publication.result_deadline',
    compare: 'equal',
    form: 'code',
    list: 'start-events',
    of: 'startsAt',
  },
  publisher: { law: 'publication.publisher', compare: 'equal', form: 'code', list: 'publishers' },
  objectionDays: { law: 'objections.filing_window', compare: 'atLeast', form: 'number' },
  reExaminationDays: { law: 'objections.re_examination', compare: 'atMost', form: 'number' },
  replyDays: { law: 'objections.feedback', compare: 'atMost', form: 'number' },
}

/** What the law of a place says of a term; undefined where no document does. */
export function lawOf(
  law: Law,
  place: Place,
  code: TermCode,
): { readonly rule: Resolved; readonly value: Exclude<TermValue, null> } | undefined {
  const { law: key, of } = TERMS[code]
  const rule = resolve(law, key, place)
  const value = of === 'startsAt' ? rule?.startsAt : rule?.value
  return rule === undefined || value === undefined ? undefined : { rule, value }
}

/** The terms as the law of a place has them; null where no document says. */
export function defaultTerms(law: Law, place: Place): Terms {
  const terms = TERM_CODES.map((code) => [code, lawOf(law, place, code)?.value ?? null] as const)
  return Object.fromEntries(terms) as Terms
}

/**
 * Why a term cannot stand in a scheme: it is no such value, or it is not what the law of the place demands. Where no
 * document says, any value stands.
 */
export function whyNotTerm(law: Law, place: Place, code: TermCode, value: TermValue): Refusal | undefined {
  const lawful = lawOf(law, place, code)
  if (!isFormed(law, place.on, code, value)) return { code: 'scheme.term_malformed', params: { term: code } }
  if (!lawful || isWithinLaw(TERMS[code].compare, value, lawful.value)) return undefined
  return {
    code: 'scheme.term_unlawful',
    params: { term: code, ...unlawfulText(termText(law, code, value), termText(law, code, lawful.value)) },
    law: TERMS[code].law,
  }
}

/** The first of the terms that cannot stand. */
export function whyNotTerms(law: Law, place: Place, terms: Terms): Refusal | undefined {
  for (const code of TERM_CODES) {
    const refusal = whyNotTerm(law, place, code, terms[code])
    if (refusal) return refusal
  }
  return undefined
}

/** The terms that are settled otherwise than in the version before. */
export function changedTerms(now: Terms, before: Terms): readonly TermCode[] {
  const said = (terms: Terms, code: TermCode): string => JSON.stringify(terms[code] ?? null)
  return TERM_CODES.filter((code) => said(now, code) !== said(before, code))
}

/** A value as a document would write it, and for whoever reads English: `20`, `发起部门`, `是`; a dash for none. */
export function termText(law: Law, code: TermCode, value: TermValue): Label {
  if (value === null) return { 'zh-CN': '—', en: '—' }
  if (typeof value === 'boolean') return value ? { 'zh-CN': '是', en: 'yes' } : { 'zh-CN': '否', en: 'no' }
  const { form, list } = TERMS[code]
  const known = form === 'number' ? 'soft-deadlines' : list
  const words = (language: keyof Label): string[] =>
    codesIn(value).map((each) => (known === undefined ? each : labelOf(law, known, each, language)))
  return { 'zh-CN': words('zh-CN').join('、'), en: words('en').join(', ') }
}

/** Both sentences of a refusal have their own words. */
function unlawfulText(value: Label, lawful: Label): Params {
  return { value: value['zh-CN'], valueEn: value.en, lawful: lawful['zh-CN'], lawfulEn: lawful.en }
}

function isWithinLaw(compare: Comparison, value: TermValue, lawful: Exclude<TermValue, null>): boolean {
  // What the law decides a scheme does not leave out.
  if (value === null) return false
  switch (compare) {
    case 'atMost':
    case 'atLeast':
      return isWithinLimit(compare, value, lawful)
    case 'equal':
      return value === lawful
    case 'includesAll':
      return codesIn(lawful).every((code) => codesIn(value).includes(code))
    case 'within':
      return codesIn(value).every((code) => codesIn(lawful).includes(code))
  }
}

/** 及时 in the law binds to no number: any number of days makes it stricter. A number in the law is not met by 及时. */
function isWithinLimit(
  compare: 'atMost' | 'atLeast',
  value: Exclude<TermValue, null>,
  lawful: Exclude<TermValue, null>,
): boolean {
  if (typeof lawful !== 'number') return true
  if (typeof value !== 'number') return false
  return compare === 'atMost' ? value <= lawful : value >= lawful
}

function isFormed(law: Law, on: string, code: TermCode, value: TermValue): boolean {
  if (value === null) return true
  const { form, list } = TERMS[code]
  const codes = list === undefined ? [] : codesOn(law, list, on).map((each) => each.code)
  switch (form) {
    case 'number':
      return typeof value === 'number' ? isCount(value) : isSoft(law, on, code, value)
    case 'boolean':
      return typeof value === 'boolean'
    case 'text':
      return typeof value === 'string' && value.trim().length > 0
    case 'code':
      return typeof value === 'string' && codes.includes(value)
    case 'codes':
      return typeof value === 'object' && value.every((each) => codes.includes(each))
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1 && value <= 9999
}

/** A deadline may be one without a number (及时), as the law itself has it. */
function isSoft(law: Law, on: string, code: TermCode, value: Exclude<TermValue, null>): boolean {
  const isDeadline = law.parameters.get(TERMS[code].law)?.unit === 'working_day'
  return isDeadline && codesOn(law, 'soft-deadlines', on).some((each) => each.code === value)
}

function codesIn(value: Exclude<TermValue, null>): readonly string[] {
  return typeof value === 'object' ? value : [String(value)]
}
