import { useTranslation } from 'react-i18next'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { PageHead } from '../ui/page-head.tsx'
import { GrantTable } from './grant-table.tsx'
import { AuthorityFilter } from './person-list.tsx'
import { useGrants } from './queries.ts'

const STATES = ['proposed', 'effective', 'rejected', 'withdrawn'] as const

/** Who holds which role, and what waits for a second person. */
export function GrantList() {
  const { t } = useTranslation('agencies')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  return (
    <article className="list-page">
      <PageHead title={t('grants.title')} lead={t('grants.lead')} />
      <div className="filters">
        <ChoiceFilter
          label={t('state')}
          value={search['state']}
          choices={[
            { value: '', label: ui('ui.all') },
            ...STATES.map((value) => ({ value, label: t(`grants.states.${value}`) })),
          ]}
          onChange={(state) => change({ state })}
        />
        <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
      </div>
      <GrantTable query={useGrants(search)} cursor={search['after']} onCursor={onCursor} />
    </article>
  )
}
