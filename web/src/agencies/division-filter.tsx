import { useTranslation } from 'react-i18next'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { findDivisions, useDivision } from './queries.ts'

interface DivisionFilterProps {
  readonly value: string | undefined
  readonly onChange: (code: string | undefined) => void
  /** Where the page makes no sense without a division. */
  readonly isNeeded?: boolean
}

/** A division by name or code. */
export function DivisionFilter({ value, onChange, isNeeded = false }: DivisionFilterProps) {
  const { t } = useTranslation('agencies')
  const known = useDivision(value ?? '')
  return (
    <label>
      {t('division')}
      <RemotePicker
        about={['divisions']}
        find={findDivisions}
        value={value}
        onChange={onChange}
        shown={known.data?.name}
        label={t('division')}
        isClearable={!isNeeded}
      />
    </label>
  )
}
