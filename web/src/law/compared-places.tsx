import { Button, Tag } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { DivisionFilter } from '../agencies/division-filter.tsx'
import { DayInput } from '../ui/day-input.tsx'
import { useFormat } from '../ui/format.ts'
import { useListSearch } from '../ui/list-search.ts'
import type { ComparedPlace } from './queries.ts'

/** So many fit beside each other on a desk; the server takes no more. */
const MOST = 6

const textOf = (places: readonly Omit<ComparedPlace, 'name'>[]) =>
  places.map(({ division, on }) => `${division}@${on}`).join(',')

/** Which places, each on its day: taken away one by one, added one by one, or all that have rules of their own. */
export function ComparedPlaces({
  places,
  withRules,
}: {
  readonly places: readonly ComparedPlace[]
  readonly withRules: readonly ComparedPlace[]
}) {
  const { t } = useTranslation('law')
  const { day } = useFormat()
  const { change } = useListSearch()
  const set = (next: readonly Omit<ComparedPlace, 'name'>[]) => change({ places: textOf(next) })
  return (
    <>
      <div className="filters">
        {places.map((place) => (
          <Tag
            key={textOf([place])}
            closable
            closeIcon={<span aria-label={t('comparison.take_away', { name: place.name })}>×</span>}
            onClose={() => set(places.filter((each) => each !== place))}
          >
            {t('comparison.place', { name: place.name, day: day(place.on) })}
          </Tag>
        ))}
        <Button size="small" onClick={() => set(withRules.slice(0, MOST))}>
          {t('comparison.with_rules')}
        </Button>
      </div>
      {places.length < MOST ? <AddPlace onAdd={(place) => set([...places, place])} /> : null}
    </>
  )
}

function AddPlace({ onAdd }: { readonly onAdd: (place: Omit<ComparedPlace, 'name'>) => void }) {
  const { t } = useTranslation('law')
  const [division, setDivision] = useState<string>()
  const [on, setOn] = useState<string>()
  return (
    <div className="filters">
      <DivisionFilter value={division} onChange={setDivision} />
      <label>
        {t('on')}
        <DayInput value={on} onChange={setOn} label={t('on')} />
      </label>
      <Button
        disabled={!division || !on}
        onClick={() => {
          if (division && on) onAdd({ division, on })
          setDivision(undefined)
        }}
      >
        {t('comparison.add')}
      </Button>
    </div>
  )
}
