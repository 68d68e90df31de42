import { useTranslation } from 'react-i18next'
import { DivisionFilter } from '../agencies/division-filter.tsx'
import { useMe } from '../me.ts'
import { DayInput } from '../ui/day-input.tsx'
import { useListSearch } from '../ui/list-search.ts'
import type { Place } from './queries.ts'

/** The place that the address names; without one, where the person acts. */
export function usePlace(): Place {
  const { search } = useListSearch()
  const mine = useMe().data?.acting?.divisionCode ?? ''
  return { division: search['division'] ?? mine, on: search['on'] }
}

/** Which division, and on which day. */
export function PlaceFilter({ isDayless = false }: { readonly isDayless?: boolean }) {
  const { t } = useTranslation('law')
  const { change } = useListSearch()
  const { division, on } = usePlace()
  return (
    <>
      <DivisionFilter
        isNeeded
        value={division || undefined}
        onChange={(code) => change({ division: code })}
      />
      {isDayless ? null : (
        <label>
          {t('on')}
          <DayInput
            value={on}
            onChange={(day) => change({ on: day })}
            label={t('on')}
            placeholder={t('today')}
          />
        </label>
      )}
    </>
  )
}
