import { useTranslation } from 'react-i18next'
import { DivisionFilter } from '../agencies/division-filter.tsx'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { OverlapPairs } from './overlap-pairs.tsx'
import { type Plan, usePlans } from './queries.ts'
import { useOverlaps, useOverlapsHere } from './table-queries.ts'

/** 重复检查: with which other tasks of the year subjects would be visited twice, across all plans that one sees, or of one. */
export function OverlapsPage() {
  const { t } = useTranslation('plans')
  return (
    <article className="list-page">
      <PageHead title={t('overlaps.title')} lead={t('overlaps.lead')} />
      <Loaded query={usePlans({ limit: '200' })}>{({ items }) => <Chosen plans={items} />}</Loaded>
    </article>
  )
}

function Chosen({ plans }: { readonly plans: readonly Plan[] }) {
  const { t } = useTranslation('plans')
  const { search, change } = useListSearch()
  const years = [...new Set(plans.map(({ year }) => String(year)))].toSorted().toReversed()
  const year = search['year'] ?? String(new Date().getFullYear())
  const one = search['plan']
  const all = useOverlapsHere({ division: search['division'], year }, one === undefined)
  const own = useOverlaps(one ?? '')
  if (plans.length === 0) return <EmptyState sentence={t('overlaps.none')} />
  const inYear = plans.filter((plan) => String(plan.year) === year)
  return (
    <>
      <div className="filters">
        <DivisionFilter
          value={search['division']}
          onChange={(division) => change({ division, plan: undefined })}
        />
        <ChoiceFilter
          label={t('year')}
          value={year}
          choices={[...new Set([year, ...years])].map((value) => ({ value, label: value }))}
          onChange={(next) => change({ year: next, plan: undefined })}
        />
        <ChoiceFilter
          label={t('overlaps.plan')}
          value={one}
          choices={[
            { value: '', label: t('overlaps.all_plans', { count: inYear.length }) },
            ...inYear.map(({ id, title }) => ({ value: id, label: title })),
          ]}
          onChange={(plan) => change({ plan })}
        />
      </div>
      <OverlapPairs query={one === undefined ? all : own} />
    </>
  )
}
