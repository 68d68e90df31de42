import { useTranslation } from 'react-i18next'
import { useWord } from '../../ui/word.ts'
import type { ImportRow, RegisterImport } from './queries.ts'

interface RowSaidProps {
  readonly row: ImportRow
  readonly fields: RegisterImport['fields']
  /** Nothing is to change: what stands right of the arrow is what the list holds. */
  readonly isCompared: boolean
}

/** Why a row, or a cell of it, was not taken, and what would change: before → after. */
export function RowSaid({ row: { reasons, changes, result }, fields, isCompared }: RowSaidProps) {
  const { t } = useTranslation('imports')
  const shown = useShown()
  const column = useWord('columns', 'imports')
  const titleOf = (field: string): string => fields.find((one) => one.field === field)?.title ?? column(field)
  const isRefused = result === 'rejected' || result === 'conflict'
  if (reasons.length + changes.length === 0) return <>–</>
  return (
    <ul className="row-said">
      {reasons.map(({ code, column: at, sentence }) => (
        <li key={`${code}${at}${sentence}`} className={isRefused ? 'conflict' : ''}>
          {sentence}
        </li>
      ))}
      {changes.map(({ field, before, after }) => (
        <li key={field}>
          {titleOf(field)}
          {t('colon')}
          <del>{shown(field, before)}</del> <span aria-hidden>→</span>
          <span className="visually-hidden">{t(isCompared ? 'listed_as' : 'becomes')}</span>{' '}
          <ins>{shown(field, after)}</ins>
        </li>
      ))}
    </ul>
  )
}

/** A value as a person reads it: what the register keeps as a code has a word. */
function useShown(): (field: string, value: string | null) => string {
  const { t } = useTranslation('imports')
  const word = useWord('values', 'imports')
  return (field, value) => {
    if (value === null || value === '') return t('blank')
    const key = `${field}.${value}`
    const found = word(key)
    return found === key ? value : found
  }
}
