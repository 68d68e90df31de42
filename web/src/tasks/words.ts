// Scopes, designs and probabilities as people say them.

import { useTranslation } from 'react-i18next'
import { useCodes } from '../registers/catalogue/words.ts'
import { TAGS } from '../registers/subjects/words.ts'
import { type Design, type Scope, useDivisionNames, useIndustryNames } from './queries.ts'

export const STATES = ['drafted', 'consulting', 'agreed', 'cancelled'] as const
export const CLASSES = ['A', 'B', 'C', 'D', 'N'] as const
export const LEVELS = ['province', 'prefecture', 'county', 'station'] as const
export const STRATA = ['whole', 'class', 'industryClass', 'divisionClass'] as const
export const MODES = ['COMPREHENSIVE', 'THEMATIC', 'SECTORAL', 'LOCAL'] as const

/** 500 → 5%; fractions of a per cent with at most two digits. */
export function percent(basisPoints: number): string {
  return `${Math.round(basisPoints) / 100}%`
}

/** 0.0524 → 5.2%; what is not nothing is never shown as nothing. */
export function share(part: number): string {
  const text = (part * 100).toFixed(1)
  return part > 0 && text === '0.0' ? '<0.1%' : `${text}%`
}

/** 「青石县 住宿业（H61）企业，信用风险 B 类、C 类，在业」 */
export function useScopeSentence(scope: Scope | undefined, registerName?: string): string {
  const { t } = useTranslation('tasks')
  const { t: subjects } = useTranslation('subjects')
  const divisions = scope?.divisions ?? []
  const industries = scope?.industries ?? []
  const divisionName = useDivisionNames(divisions)
  const industryName = useIndustryNames(industries)
  if (!scope) return ''
  const or = t('task.sentence.or')
  const tag = (one: string) =>
    (TAGS as readonly string[]).includes(one) ? subjects(`tags.${one as (typeof TAGS)[number]}`) : one
  const kinds = [
    ...scope.entityTypes.map((one) => subjects(`types.${one as 'enterprise'}`)),
    ...scope.kinds.map((one) => subjects(`kinds.${one as 'LEGAL_PERSON'}`)),
  ]
  const trades = industries.map((code) => {
    const name = industryName(code)
    return name === code ? code : `${name}（${code}）`
  })
  const who = [trades.join(or), kinds.join(or)].filter(Boolean).join(' ')
  const rest = [
    registerName ? t('task.sentence.of_register', { name: registerName }) : '',
    scope.classes.length > 0
      ? t('task.sentence.classes', { list: scope.classes.map((each) => t(`task.classes.${each}`)).join(or) })
      : '',
    scope.licenceKinds.length > 0 ? t('task.sentence.licences', { list: scope.licenceKinds.join(or) }) : '',
    scope.pools.length > 0 ? t('task.sentence.pools', { list: scope.pools.join(or) }) : '',
    scope.tags.length > 0 ? t('task.sentence.tags', { list: scope.tags.map(tag).join(or) }) : '',
    t('task.sentence.active'),
  ].filter(Boolean)
  const first = `${divisions.map(divisionName).join(or)} ${who || t('task.sentence.all')}`
  return [first, ...rest].join(t('task.sentence.join'))
}

/** 按 5% 抽取；抽取 20 户；全覆盖. */
export function useDesignText(): (design: Design) => string {
  const { t } = useTranslation('tasks')
  return (design) => {
    if (design.kind === 'total') return t('task.design_said.total', { n: design.n })
    if (design.kind === 'coverage') return t('task.design_said.coverage', { batches: design.batches })
    const byClass = CLASSES.flatMap((each) => {
      const ratio = design.byClass?.[each]
      return ratio === undefined ? [] : [`${t(`task.classes.${each}`)} ${percent(ratio)}`]
    })
    return byClass.length > 0
      ? t('task.design_said.by_class', { list: byClass.join(t('task.comma')) })
      : t('task.design_said.ratio', { ratio: percent(design.ratio) })
  }
}

/** A stratum by its code: `F/A`, `410928/A`, `A`, `all`. */
export function useStratumText(codes: readonly string[]): (code: string) => string {
  const { t } = useTranslation('tasks')
  const firsts = [...new Set(codes.flatMap((code) => (code.includes('/') ? [code.split('/')[0]!] : [])))]
  const divisionName = useDivisionNames(firsts.filter((first) => /^\d{6}$/.test(first)))
  const industryName = useIndustryNames(firsts.filter((first) => /^[A-T]$/.test(first)))
  const className = (letter: string) =>
    (CLASSES as readonly string[]).includes(letter)
      ? t(`task.classes.${letter as (typeof CLASSES)[number]}`)
      : letter
  return (code) => {
    if (code === 'all') return t('task.figures.all_of')
    const [first = '', letter] = code.split('/')
    if (letter === undefined) return className(first)
    if (first === '0') return `${t('whatIf.unknown_industry')} ${className(letter)}`
    const name = /^\d{6}$/.test(first) ? divisionName(first) : `${first} ${industryName(first)}`
    return `${name} ${className(letter)}`
  }
}

/** The name of a joint mode; of a single authority where there is none. */
export function useModeText(): (mode: string | null) => string {
  const { t } = useTranslation('tasks')
  const { nameOf } = useCodes('joint-modes')
  return (mode) =>
    mode === null
      ? t('task.modes.none')
      : (MODES as readonly string[]).includes(mode)
        ? t(`task.modes.${mode as (typeof MODES)[number]}`)
        : nameOf(mode)
}
