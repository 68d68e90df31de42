import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { useJoined } from '../registers/catalogue/words.ts'
import { ActButton } from '../ui/act-button.tsx'
import { EmptyState, Failure, Loaded } from '../ui/notices.tsx'
import { PageHead } from '../ui/page-head.tsx'
import { Rows } from '../ui/rows.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { OverlapPairs } from './overlap-pairs.tsx'
import { type Plan, usePlan } from './queries.ts'
import { type Candidate, TABLE_CHANGES, useCandidates, useOverlaps } from './table-queries.ts'
import { useAmount, usePeriod } from './words.tsx'

/** 汇总: what was submitted is taken in, and what would visit twice is merged. */
export function ConsolidationPage() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={usePlan(id)}>{(plan) => <Consolidating plan={plan} />}</Loaded>
}

function Consolidating({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  return (
    <article className="list-page">
      <PageHead
        title={t('consolidation.title_of', { plan: plan.title })}
        lead={
          <>
            {t('consolidation.lead')}{' '}
            <Link to="/plans/$id" params={{ id: plan.id }}>
              {t('tables.back')}
            </Link>
          </>
        }
      />
      <Loaded query={useCandidates(plan.id)}>
        {({ items, about, can }) => (
          <Candidates
            key={items.map(({ id }) => id).join()}
            plan={plan}
            items={items}
            plans={about.plans}
            refused={can.consolidate}
          />
        )}
      </Loaded>
      <section className="stack">
        <h2>{t('consolidation.overlaps')}</h2>
        <OverlapPairs query={useOverlaps(plan.id)} />
      </section>
    </article>
  )
}

interface CandidatesProps {
  readonly plan: Plan
  readonly items: readonly Candidate[]
  readonly plans: number
  readonly refused: Plan['can']['edit']
}

function Candidates({ plan, items, plans, refused }: CandidatesProps) {
  const { t } = useTranslation('plans')
  const amount = useAmount()
  const period = usePeriod()
  const joined = useJoined()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const take = useWrite(
    (lineIds: readonly string[], headers) =>
      answerOf(
        api.POST('/api/v1/plans/{id}/consolidation', {
          params: { path: { id: plan.id } },
          body: { lineIds: [...lineIds] },
          headers,
        }),
      ),
    { changes: TABLE_CHANGES, says: 'done' },
  )
  return (
    <section className="stack">
      <div className="section-head">
        <h2>{t('consolidation.candidates')}</h2>
        <ActButton
          type="primary"
          loading={take.isPending}
          refused={refused ?? (chosen.size === 0 ? { code: 'consolidation.none_chosen' } : null)}
          onClick={() => take.mutate([...chosen])}
        >
          {t('consolidation.take', { count: chosen.size })}
        </ActButton>
      </div>
      {take.error ? <Failure error={take.error} /> : null}
      {items.length === 0 ? (
        <EmptyState sentence={t(plans === 0 ? 'consolidation.no_plans' : 'consolidation.all_taken')} />
      ) : (
        <Rows<Candidate>
          items={items}
          keyOf={({ id }) => id}
          selection={{ chosen, onChange: setChosen }}
          columns={[
            {
              key: 'name',
              title: t('lines.task_name'),
              isName: true,
              width: 240,
              show: ({ taskName, isChanged }) => (
                <>
                  {taskName} {isChanged ? <StateTag kind="soon" word={t('consolidation.changed')} /> : null}
                </>
              ),
            },
            { key: 'from', title: t('consolidation.from'), show: ({ authorityName }) => authorityName },
            { key: 'receipt', title: t('consolidation.receipt'), show: ({ receipt }) => receipt ?? '–' },
            {
              key: 'others',
              title: t('lines.others'),
              show: ({ parts }) =>
                joined(parts.filter(({ isLead }) => !isLead).map(({ authorityName }) => authorityName)) ||
                '–',
            },
            { key: 'amount', title: t('lines.amount'), show: (line) => amount(line) },
            { key: 'period', title: t('lines.period'), show: (line) => period(line) },
          ]}
        />
      )}
    </section>
  )
}
