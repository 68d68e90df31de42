// How plans and their lines are said.

import { useTranslation } from 'react-i18next'
import { percent, useCodes, useJoined } from '../registers/catalogue/words.ts'
import { useDivisionNames, useIndustryNames } from '../registers/subjects/names.ts'
import { useChoices } from '../registers/subjects/words.ts'
import { useFormat } from '../ui/format.ts'
import { type StateKind, StateTag } from '../ui/state-tag.tsx'
import type { Filing, Line, Plan, Scope } from './queries.ts'

export const KINDS = ['annual', 'halfYear', 'consolidated'] as const
export const PLAN_FIELDS = ['market', 'nonMarket', 'all'] as const
export const STATES = ['draft', 'inReview', 'approved', 'published', 'closed', 'discarded'] as const
export const CLASSES = ['A', 'B', 'C', 'D', 'N'] as const

const PLAN_TAGS: Readonly<Record<Plan['state'], StateKind>> = {
  draft: 'notBegun',
  inReview: 'underWay',
  approved: 'soon',
  published: 'done',
  closed: 'ended',
  discarded: 'ended',
}

/** The state of a plan. */
export function PlanState({ state }: { readonly state: Plan['state'] }) {
  const { t } = useTranslation('plans')
  return <StateTag kind={PLAN_TAGS[state]} word={t(`states.${state}`)} />
}

const FILING_TAGS: Readonly<Record<Filing['state'], StateKind>> = {
  submitted: 'underWay',
  received: 'done',
  returned: 'refused',
  withdrawn: 'ended',
}

/** The state of a filing. */
export function FilingState({ state }: { readonly state: Filing['state'] }) {
  const { t } = useTranslation('plans')
  return <StateTag kind={FILING_TAGS[state]} word={t(`filing_states.${state}`)} />
}

type Amount = Pick<
  Line,
  | 'fullCoverage'
  | 'ratio'
  | 'quantity'
  | 'classRatios'
  | 'batches'
  | 'draws'
  | 'frequencyLeast'
  | 'frequencyMost'
>

/** `5%（D 类 20%）`, `20 户`, `全覆盖，分 4 批`. */
export function useAmount(): (line: Amount) => string {
  const { t } = useTranslation('plans')
  const joined = useJoined()
  return ({ fullCoverage, ratio, quantity, classRatios, batches, draws }) => {
    const whole = fullCoverage
      ? t('amount.full')
      : quantity !== null
        ? t('amount.subjects', { count: quantity })
        : percent(ratio ?? 0)
    const classes = Object.entries(classRatios ?? {}).map(([of, share]) =>
      t('amount.class', { of, share: percent(share) }),
    )
    const more = [
      ...classes,
      ...(batches === null ? [] : [t('amount.batches', { count: batches })]),
      ...(draws === 1 ? [] : [t('amount.draws', { count: draws })]),
    ]
    return more.length === 0 ? whole : t('amount.more', { whole, more: joined(more) })
  }
}

/** `每年 1–2 次`; nothing where nothing is said. */
export function useFrequency(): (line: Amount) => string | null {
  const { t } = useTranslation('plans')
  return ({ frequencyLeast: least, frequencyMost: most }) => {
    if (least === null && most === null) return null
    if (least === null) return t('amount.at_most', { count: most ?? 0 })
    if (most === null) return t('amount.at_least', { count: least })
    return least === most ? t('amount.times', { count: least }) : t('amount.between', { least, most })
  }
}

/** `3月1日—11月30日`, with the year where it is not the plan's. */
export function usePeriod(): (line: Pick<Line, 'startsOn' | 'endsOn'>) => string {
  const { lang, day } = useFormat()
  return ({ startsOn, endsOn }) => {
    if (lang !== 'zh-CN' || startsOn.slice(0, 4) !== endsOn.slice(0, 4))
      return `${day(startsOn)}—${day(endsOn)}`
    const short = (text: string) => day(text).replace(/^\d+年/, '')
    return `${short(startsOn)}—${short(endsOn)}`
  }
}

/** A scope as one sentence: 青石县，住宿业（H61），信用风险 B、C、D 类. */
export function ScopeText({ scope }: { readonly scope: Scope }) {
  const { t } = useTranslation('plans')
  const joined = useJoined()
  const choices = useChoices()
  const divisionName = useDivisionNames(scope.divisions)
  const industryName = useIndustryNames(scope.industries)
  const named = (list: readonly { readonly value: string; readonly label: string }[]) => (code: string) =>
    list.find(({ value }) => value === code)?.label ?? code
  const industry = (code: string) => {
    const name = industryName(code)
    return name === code ? code : t('scope.industry', { name, code })
  }
  const said = [
    joined(scope.divisions.map(divisionName)),
    joined(scope.industries.map(industry)),
    joined(scope.kinds.map(named(choices.kinds))),
    joined(scope.entityTypes.map(named(choices.types))),
    joined([...scope.licenceKinds]),
    joined([...scope.pools]),
    joined(scope.tags.map(named(choices.tags))),
    scope.classes.length === 0 ? '' : t('scope.classes', { classes: joined([...scope.classes]) }),
  ].filter((part) => part !== '')
  return <>{said.join(t('scope.and'))}</>
}

/** 县抽县查. */
export function useLevels(): (line: Pick<Line, 'drawLevel' | 'inspectLevel'>) => string {
  const { t } = useTranslation('plans')
  return ({ drawLevel, inspectLevel }) =>
    t('levels_both', { draw: t(`levels.${drawLevel}`), inspect: t(`levels.${inspectLevel}`) })
}

/** What the codes of a line are called. */
export function useLineCodes() {
  const modes = useCodes('joint-modes')
  const methods = useCodes('inspection-methods')
  return { modes, methods }
}
