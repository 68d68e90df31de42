// A filing in a list: to whom, when, how late, with which receipt; and what its receiver or sender does with it.

import { Link } from '@tanstack/react-router'
import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { ActButton } from '../ui/act-button.tsx'
import { Facts } from '../ui/facts.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useFormat } from '../ui/format.ts'
import { Citation } from '../ui/problem.tsx'
import type { Column } from '../ui/rows.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { StateTag } from '../ui/state-tag.tsx'
import { useWrite } from '../use-write.ts'
import { type Filing, PLAN_CHANGES } from './queries.ts'
import { FilingState } from './words.tsx'

/** The columns of a list of filings. */
export function useFilingColumns(): readonly Column<Filing>[] {
  const { t } = useTranslation('plans')
  const { day } = useFormat()
  return [
    {
      key: 'what',
      title: t('filings.what'),
      isName: true,
      width: 280,
      show: ({ kind, plan, year }) =>
        plan ? (
          <Link to="/plans/$id" params={{ id: plan.id }}>
            {plan.name}
          </Link>
        ) : (
          t('filings.report_of', { kind: t(`filing_kinds.${kind}`), year })
        ),
    },
    { key: 'kind', title: t('filings.kind'), show: ({ kind }) => t(`filing_kinds.${kind}`) },
    { key: 'from', title: t('filings.from'), show: ({ authority }) => authority.name },
    { key: 'to', title: t('filings.to'), show: ({ receiver }) => receiver.name },
    { key: 'due', title: t('filings.due'), show: ({ dueOn }) => (dueOn ? day(dueOn) : '–') },
    { key: 'on', title: t('filings.on'), show: (filing) => <Submitted filing={filing} /> },
    { key: 'state', title: t('state'), show: ({ state }) => <FilingState state={state} /> },
    { key: 'receipt', title: t('filings.receipt'), show: ({ receipt }) => receipt ?? '–' },
  ]
}

/** 1月20日，逾期 3 个工作日. */
function Submitted({ filing: { submittedOn, isLate, lateDays } }: { readonly filing: Filing }) {
  const { t } = useTranslation('plans')
  const { day } = useFormat()
  return (
    <>
      {day(submittedOn)}{' '}
      {isLate ? (
        <StateTag kind="overdue" word={lateDays ? t('filings.late_days', { count: lateDays }) : t('late')} />
      ) : null}
    </>
  )
}

/** A filing in the drawer, with its acts. */
export function FilingPeek({ filing }: { readonly filing: Filing }) {
  const { t } = useTranslation('plans')
  const { day, instant } = useFormat()
  const [verb, setVerb] = useState<Verb | undefined>()
  const { figures } = filing
  return (
    <div className="stack">
      {filing.state === 'submitted' ? (
        <div className="acts">
          {VERBS.map(([each, can]) => (
            <ActButton
              key={each}
              type={each === 'receipt' ? 'primary' : 'default'}
              refused={filing.can[can]}
              onClick={() => setVerb(each)}
            >
              {t(`filings.verbs.${each}`)}
            </ActButton>
          ))}
        </div>
      ) : null}
      <Facts
        facts={[
          { term: t('filings.from'), value: filing.authority.name },
          { term: t('filings.to'), value: filing.receiver.name },
          { term: t('filings.due'), value: filing.dueOn ? day(filing.dueOn) : null },
          { term: t('filings.on'), value: <Submitted filing={filing} /> },
          {
            term: t('filings.by'),
            value: t('by_at', { who: filing.submittedBy.name, at: instant(filing.submittedAt) }),
          },
          { term: t('filings.reviewed'), value: filing.isReviewed ? t('lines.yes') : null },
          { term: t('filings.receipt'), value: filing.receipt },
          {
            term: t('filings.decided'),
            value:
              filing.decidedBy && filing.decidedAt
                ? t('by_at', { who: filing.decidedBy.name, at: instant(filing.decidedAt) })
                : null,
          },
          { term: t('filings.return_reason'), value: filing.returnReason },
        ].filter(({ value }) => value !== null)}
      />
      {filing.citation ? <Citation law={filing.citation} /> : null}
      {figures ? (
        <Facts
          facts={(['lines', 'tasks', 'agreed', 'visits'] as const).map((name) => ({
            term: t(`filings.figures.${name}`),
            value: figures[name],
          }))}
        />
      ) : null}
      {filing.summary ? <p className="as-written">{filing.summary}</p> : null}
      <SideForm
        title={verb ? t(`filings.verbs.${verb}`) : ''}
        isOpen={verb !== undefined}
        onClose={() => setVerb(undefined)}
      >
        {verb ? <FilingAct filing={filing} verb={verb} onDone={() => setVerb(undefined)} /> : null}
      </SideForm>
    </div>
  )
}

type Verb = 'receipt' | 'return' | 'withdrawal'
const VERBS: readonly (readonly [Verb, keyof Filing['can']])[] = [
  ['receipt', 'receive'],
  ['return', 'return'],
  ['withdrawal', 'withdraw'],
]

function FilingAct({
  filing,
  verb,
  onDone,
}: {
  readonly filing: Filing
  readonly verb: Verb
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const act = useWrite(
    ({ reason = '' }: { readonly reason?: string }, headers) => {
      const params = { path: { id: filing.id } }
      if (verb === 'receipt') return answerOf(api.POST('/api/v1/filings/{id}/receipt', { params, headers }))
      if (verb === 'withdrawal')
        return answerOf(api.POST('/api/v1/filings/{id}/withdrawal', { params, headers }))
      return answerOf(api.POST('/api/v1/filings/{id}/return', { params, body: { reason }, headers }))
    },
    { changes: PLAN_CHANGES, onDone, says: 'done' },
  )
  return (
    <EntryForm<{ readonly reason?: string }>
      verb={t(`filings.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t(`filings.effects.${verb}`, { from: filing.authority.name })}</p>
      {verb === 'return' ? (
        <Field name="reason" label={t('reason')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}
