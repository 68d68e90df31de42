import { useTranslation } from 'react-i18next'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { EmptyState, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { OverlapPairs } from './overlap-pairs.tsx'
import { type Plan, usePlans } from './queries.ts'

/** 重复检查: for each plan that one sees, with which other tasks of the year its subjects would be visited twice. */
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
  const [first] = plans.toSorted((a, b) => rank(a) - rank(b))
  const id = search['plan'] ?? first?.id
  if (id === undefined) return <EmptyState sentence={t('overlaps.none')} />
  return (
    <>
      <div className="filters">
        <ChoiceFilter
          label={t('overlaps.plan')}
          value={id}
          choices={plans.map((plan) => ({
            value: plan.id,
            label: t('overlaps.plan_of', { plan: plan.title, year: plan.year }),
          }))}
          onChange={(plan) => change({ plan })}
        />
      </div>
      <OverlapPairs planId={id} />
    </>
  )
}

/** The plan of all is asked first: there the tasks can be merged. */
function rank({ kind, state }: Plan): number {
  return (kind === 'consolidated' ? 0 : 2) + (state === 'draft' ? 0 : 1)
}
