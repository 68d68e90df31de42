import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../api.ts'
import { useMe } from '../me.ts'
import { ActButton } from '../ui/act-button.tsx'
import { ChoiceFilter } from '../ui/choice-filter.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { ListPage } from '../ui/list-page.tsx'
import { useListSearch } from '../ui/list-search.ts'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { DutyTable } from './duty-table.tsx'
import { FilingPeek, useFilingColumns } from './filing-row.tsx'
import { type Filing, PLAN_CHANGES, useFilings } from './queries.ts'

const KINDS = ['submission', 'filing', 'progress'] as const
const STATES = ['submitted', 'received', 'returned', 'withdrawn'] as const

/** 报送备案: what I sent and what was sent to me, above it what my authority owes this year. */
export function FilingList() {
  const { t } = useTranslation('plans')
  const { t: ui } = useTranslation()
  const { search, change, onCursor } = useListSearch()
  const acting = useMe().data?.acting?.authorityId
  const [isReporting, setReporting] = useState(false)
  const filings = useFilings(search)
  const columns = useFilingColumns()
  const all = { value: '', label: ui('ui.all') }
  return (
    <>
      <ListPage<Filing>
        title={t('filings.title')}
        lead={t('filings.lead')}
        query={filings}
        keyOf={({ id }) => id}
        empty={t('filings.none')}
        isDimmed={({ state }) => state === 'withdrawn'}
        cursor={search['after']}
        onCursor={onCursor}
        limit={search['limit']}
        onLimit={(limit) => change({ limit })}
        peek={(filing) => <FilingPeek filing={filing} />}
        acts={
          <ActButton type="primary" refused={filings.data?.can.report} onClick={() => setReporting(true)}>
            {t('filings.report')}
          </ActButton>
        }
        filters={
          <>
            <ChoiceFilter
              label={t('filings.direction')}
              value={search['direction']}
              choices={[
                all,
                { value: 'in', label: t('filings.in') },
                { value: 'out', label: t('filings.out') },
              ]}
              onChange={(direction) => change({ direction })}
            />
            <ChoiceFilter
              label={t('filings.kind')}
              value={search['kind']}
              choices={[all, ...KINDS.map((value) => ({ value, label: t(`filing_kinds.${value}`) }))]}
              onChange={(kind) => change({ kind })}
            />
            <ChoiceFilter
              label={t('state')}
              value={search['state']}
              choices={[all, ...STATES.map((value) => ({ value, label: t(`filing_states.${value}`) }))]}
              onChange={(state) => change({ state })}
            />
          </>
        }
        columns={columns}
      />
      <section className="panel duties-here">
        <h2 className="section-title">{t('duties.mine')}</h2>
        <DutyTable authority={acting} />
      </section>
      <SideForm title={t('filings.report')} isOpen={isReporting} onClose={() => setReporting(false)}>
        <ReportForm authority={acting} onDone={() => setReporting(false)} />
      </SideForm>
    </>
  )
}

/** 工作推进情况总结: the words are one's own, the figures are counted. */
function ReportForm({
  authority,
  onDone,
}: {
  readonly authority: string | undefined
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const report = useWrite(
    ({ summary }: { readonly summary: string }, headers) => {
      const body: Body<'/api/v1/progress-reports'> = { authorityId: authority ?? '', summary }
      return answerOf(api.POST('/api/v1/progress-reports', { body, headers }))
    },
    { changes: PLAN_CHANGES, onDone, says: 'done' },
  )
  return (
    <EntryForm<{ readonly summary: string }>
      verb={t('filings.report')}
      isBusy={report.isPending}
      error={report.error}
      onSubmit={(values) => report.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('filings.report_lead')}</p>
      <Field name="summary" label={t('filings.summary')}>
        <Input.TextArea rows={10} maxLength={10_000} showCount />
      </Field>
    </EntryForm>
  )
}
