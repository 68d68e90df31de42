import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AuthorityFilter } from '../agencies/person-list.tsx'
import { ActButton } from '../ui/act-button.tsx'
import { CodeFilter, YearFilter } from '../ui/code-filter.tsx'
import { useFormat } from '../ui/format.ts'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { TextFilter } from '../ui/text-filter.tsx'
import { PlanForm } from './plan-form.tsx'
import { type Plan, usePlans } from './queries.ts'
import { KINDS, PlanState, STATES } from './words.tsx'

/** The plans that one sees: of one's authority, those one was invited to, and what is published. */
export function PlanList() {
  const { t } = useTranslation('plans')
  const { day } = useFormat()
  const { search, change, onCursor } = useListSearch()
  const navigate = useNavigate()
  const [isNew, setNew] = useState(false)
  const plans = usePlans(search)
  return (
    <>
      <ListPage<Plan>
        title={t('title')}
        lead={t('lead')}
        query={plans}
        keyOf={({ id }) => id}
        empty={t('empty')}
        isDimmed={({ state }) => state === 'closed' || state === 'discarded'}
        cursor={search['after']}
        onCursor={onCursor}
        limit={search['limit']}
        onLimit={(limit) => change({ limit })}
        acts={
          <ActButton type="primary" refused={plans.data?.can.create} onClick={() => setNew(true)}>
            {t('new')}
          </ActButton>
        }
        filters={
          <>
            <TextFilter label={t('name')} value={search['q']} onChange={(q) => change({ q })} />
            <YearFilter
              label={t('year')}
              value={search['year']}
              back={3}
              onChange={(year) => change({ year })}
            />
            <CodeFilter
              label={t('kind')}
              value={search['kind']}
              codes={KINDS}
              wordOf={(kind) => t(`kinds.${kind}`)}
              onChange={(kind) => change({ kind })}
            />
            <CodeFilter
              label={t('state')}
              value={search['state']}
              codes={STATES}
              wordOf={(state) => t(`states.${state}`)}
              onChange={(state) => change({ state })}
            />
            <AuthorityFilter value={search['authority']} onChange={(authority) => change({ authority })} />
          </>
        }
        columns={[
          {
            key: 'title',
            title: t('name'),
            isName: true,
            width: 320,
            show: ({ id, title }) => (
              <Link to="/plans/$id" params={{ id }}>
                {title}
              </Link>
            ),
          },
          { key: 'authority', title: t('authority'), show: ({ authority }) => authority.name },
          { key: 'kind', title: t('kind'), show: (plan) => <KindText plan={plan} /> },
          { key: 'field', title: t('field'), show: ({ field }) => t(`fields.${field}`) },
          { key: 'lines', title: t('lines_count'), isNumber: true, show: ({ lines }) => lines },
          { key: 'joint', title: t('joint_count'), isNumber: true, show: ({ jointLines }) => jointLines },
          { key: 'state', title: t('state'), show: ({ state }) => <PlanState state={state} /> },
          {
            key: 'published',
            title: t('published_on'),
            show: ({ publishedOn, isLate }) => (
              <>
                {publishedOn ? day(publishedOn) : '–'}{' '}
                {isLate ? <StateTag kind="overdue" word={t('late')} /> : null}
              </>
            ),
          },
        ]}
      />
      <SideForm title={t('new')} isOpen={isNew} onClose={() => setNew(false)}>
        <PlanForm
          onDone={(id) => {
            setNew(false)
            if (id !== undefined) void navigate({ to: '/plans/$id', params: { id } })
          }}
        />
      </SideForm>
    </>
  )
}

/** 2026 年度计划, 2026 上半年计划. */
export function KindText({ plan: { kind, half, year } }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  return (
    <>
      {half === null
        ? t(`kind_of.${kind}`, { year })
        : t(`half_of.${half === 1 ? 'first' : 'second'}`, { year })}
    </>
  )
}
