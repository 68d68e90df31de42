// A legal value as a person reads it: with its unit, ratios in per cent, codes by their names.

import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Lang } from '../ui/format.ts'
import { useFormat } from '../ui/format.ts'
import { type Unit, useCodeLists, type Value } from './queries.ts'

interface Measured {
  readonly value: Value
  readonly unit: Unit
  readonly list: string | null
}

/** Gives the text of a value. */
export function useValueText(): (measured: Measured) => string {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const lists = useCodeLists().data?.items ?? []
  return ({ value, unit, list }) => {
    // A deadline without a number (及时) is a code of a list of its own.
    const listId = list ?? (unit === 'working_day' ? 'soft-deadlines' : undefined)
    const nameOf = (code: string) =>
      lists.find(({ id }) => id === listId)?.codes.find((each) => each.code === code)?.label[lang] ?? code
    if (Array.isArray(value))
      return value.map((each) => (unit === 'month_days' ? monthDay(each, lang) : nameOf(each))).join(t('and'))
    if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
    if (typeof value === 'number') return numberWithUnit(value, unit, t)
    return unit === 'month_day' ? monthDay(value, lang) : unit === 'text' ? value : nameOf(value)
  }
}

function numberWithUnit(value: number, unit: Unit, t: TFunction<'law'>): string {
  switch (unit) {
    case 'ratio':
      return `${value / 100}%`
    case 'working_day':
    case 'year':
    case 'person':
    case 'authority':
    case 'time':
      return t(`units.${unit}`, { n: value })
    case 'boolean':
    case 'code':
    case 'codes':
    case 'text':
    case 'month_day':
    case 'month_days':
      return String(value)
  }
}

/** `03-31` → 3月31日. */
function monthDay(value: string, lang: Lang): string {
  const [month = '', day = ''] = value.split('-')
  return lang === 'zh-CN' ? `${Number(month)}月${Number(day)}日` : `${Number(day)}/${Number(month)}`
}
