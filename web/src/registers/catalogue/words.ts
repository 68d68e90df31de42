// Codes of the law and amounts, as people read them.

import { useTranslation } from 'react-i18next'
import { useCodeLists } from '../../law/queries.ts'
import { useFormat } from '../../ui/format.ts'
import type { Choice } from '../../ui/remote-picker.tsx'

type CodeList =
  | 'inspection-methods'
  | 'inspector-categories'
  | 'joint-modes'
  | 'bodies'
  | 'amendment-reasons'
  | 'plan-exemption-grounds'
  | 'lead-sources'
  | 'frequency-exemptions'
  | 'draw-organisers'
  | 'observers'
  | 'replacement-reasons'
  | 'replacement-steps'

/** The codes of a list of the law: the name of each, and those that can be chosen. */
export function useCodes(list: CodeList): {
  readonly nameOf: (code: string) => string
  readonly choices: readonly Choice[]
} {
  const { lang } = useFormat()
  const codes = useCodeLists().data?.items.find(({ id }) => id === list)?.codes ?? []
  return {
    nameOf: (code) => codes.find((each) => each.code === code)?.label[lang] ?? code,
    choices: codes
      .filter(({ until }) => until === null)
      .map(({ code, label }) => ({ value: code, label: label[lang] })),
  }
}

/** Basis points as per cent: 550 → 5.5%. */
export function percent(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

export const LEVELS = ['province', 'prefecture', 'county', 'station'] as const
export const FIELDS = ['market', 'nonMarket'] as const
export const TIERS = ['PRIORITY', 'GENERAL'] as const
export const DOCUMENT_KINDS = ['operatingRules', 'workInstruction'] as const
export const STATES = ['draft', 'proposed', 'effective', 'ended', 'discarded'] as const

/** Joins names as the language does. */
export function useJoined(): (names: readonly string[]) => string {
  const { t } = useTranslation('catalogue')
  return (names) => names.join(t('and'))
}

/** 省级、县级. */
export function useLevels(): (levels: readonly string[]) => string {
  const { t } = useTranslation('catalogue')
  const joined = useJoined()
  return (levels) => joined(LEVELS.filter((each) => levels.includes(each)).map((each) => t(`levels.${each}`)))
}
