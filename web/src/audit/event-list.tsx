import { useTranslation } from 'react-i18next'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { DayInput } from '../ui/day-input.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { TextFilter } from '../ui/text-filter.tsx'
import { useEventColumns } from './event-table.tsx'
import { type Event, useEvents } from './queries.ts'

const OUTCOMES = ['done', 'refused', 'read'] as const

/** Everything that was done, tried in vain, or read where reading is protected. Nothing here can be taken away. */
export function EventList() {
  const { t } = useTranslation('audit')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  return (
    <ListPage<Event>
      title={t('title')}
      lead={t('lead')}
      query={useEvents(search)}
      keyOf={({ id }) => id}
      empty={t('none')}
      cursor={search['after']}
      onCursor={onCursor}
      columns={useEventColumns()}
      filters={
        <>
          <TextFilter
            label={t('action')}
            value={search['action']}
            onChange={(action) => change({ action })}
            placeholder="grant.approve"
          />
          <ChoiceFilter
            label={t('outcome')}
            value={search['outcome']}
            choices={[
              { value: '', label: ui('ui.all') },
              ...OUTCOMES.map((value) => ({ value, label: t(`outcomes.${value}`) })),
            ]}
            onChange={(outcome) => change({ outcome })}
          />
          <label>
            {t('from')}
            <DayInput value={search['from']} onChange={(from) => change({ from })} label={t('from')} />
          </label>
          <label>
            {t('until')}
            <DayInput value={search['until']} onChange={(until) => change({ until })} label={t('until')} />
          </label>
        </>
      }
    />
  )
}
