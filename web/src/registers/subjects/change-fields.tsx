import { useTranslation } from 'react-i18next'
import { useWord } from '../../ui/word.ts'
import type { Change } from './queries.ts'
import { useValueWord } from './words.ts'

/** What a change changed, field by field, in words. */
export function ChangeFields({ change: { fields } }: { readonly change: Pick<Change, 'fields'> }) {
  const { t } = useTranslation('subjects')
  const name = useWord('fields', 'subjects')
  const value = useValueWord()
  if (fields.length === 0) return null
  return (
    <ul className="change-fields">
      {fields.map(({ field, before, after }) => (
        <li key={field}>
          {t('changes.from_to', {
            field: name(field),
            before: value(field, before),
            after: value(field, after),
          })}
        </li>
      ))}
    </ul>
  )
}
