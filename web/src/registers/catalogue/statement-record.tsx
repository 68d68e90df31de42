import { Link, useParams } from '@tanstack/react-router'
import { App, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { useTraces } from '../../audit/traces.tsx'
import { ActButton } from '../../ui/act-button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { useListSearch } from '../../ui/list-search.ts'
import { Loaded } from '../../ui/notices.tsx'
import { RecordPage } from '../../ui/record-page.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import { Submitted } from './document-list.tsx'
import { type Statement, useStatement } from './queries.ts'
import { StatementState } from './statement-list.tsx'
import { UnsuitableItems } from './unsuitable-items.tsx'
import { useCodes } from './words.ts'

/** One statement as it was submitted, and whether it was received. */
export function StatementRecord() {
  const { id = '' } = useParams({ strict: false })
  return <Loaded query={useStatement(id)}>{(statement) => <Record statement={statement} />}</Loaded>
}

type Verb = 'receipt' | 'returning'

function Record({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('catalogue')
  const { search, change } = useListSearch()
  const traces = useTraces()
  const [verb, setVerb] = useState<Verb | undefined>()
  const leave = () => setVerb(undefined)
  return (
    <>
      <RecordPage
        title={t('statements.about', { authority: statement.authorityName })}
        above={<Link to="/registers/statements">{t('statements.title')}</Link>}
        state={<StatementState state={statement.state} />}
        acts={
          statement.state === 'submitted' ? (
            <>
              <ActButton type="primary" refused={statement.can.receive} onClick={() => setVerb('receipt')}>
                {t('statements.verbs.receipt')}
              </ActButton>
              <ActButton refused={statement.can.return} onClick={() => setVerb('returning')}>
                {t('statements.verbs.returning')}
              </ActButton>
            </>
          ) : null
        }
        tab={search['tab'] ?? 'about'}
        onTab={(tab) => change({ tab })}
        tabs={[
          { key: 'about', label: t('tabs.about'), content: <About statement={statement} /> },
          ...traces('unsuitableStatement', statement.id),
        ]}
      />
      <SideForm title={verb ? t(`statements.verbs.${verb}`) : ''} isOpen={verb !== undefined} onClose={leave}>
        {verb ? <Act statement={statement} verb={verb} onClose={leave} /> : null}
      </SideForm>
    </>
  )
}

function About({ statement }: { readonly statement: Statement }) {
  const { t } = useTranslation('catalogue')
  const { day, instant } = useFormat()
  const bodies = useCodes('bodies')
  const { reportedTo, receiver, items, decidedBy, decidedAt } = statement
  return (
    <div className="stack">
      <Facts
        facts={[
          {
            term: t('statements.reported_to'),
            value: reportedTo ? bodies.nameOf(reportedTo) : t('statements.no_rule'),
          },
          { term: t('statements.receiver'), value: receiver?.name ?? null },
          { term: t('statements.submitted'), value: <Submitted document={statement} /> },
          { term: t('statements.due'), value: statement.dueOn ? day(statement.dueOn) : null },
          {
            term: t('statements.decided'),
            value:
              decidedBy && decidedAt
                ? t('items.by_at', { who: decidedBy.name, at: instant(decidedAt) })
                : null,
          },
          { term: t('statements.return_reason'), value: statement.returnReason },
        ].filter(({ value }) => value !== null)}
      />
      <section>
        <h2 className="section-title">{t('statements.explanation')}</h2>
        <p className="as-written">{statement.explanation}</p>
      </section>
      <section>
        <h2 className="section-title">{t('statements.items', { count: items.length })}</h2>
        <UnsuitableItems items={items} />
      </section>
    </div>
  )
}

function Act({
  statement,
  verb,
  onClose,
}: {
  readonly statement: Statement
  readonly verb: Verb
  readonly onClose: () => void
}) {
  const { t } = useTranslation('catalogue')
  const { message } = App.useApp()
  const act = useWrite(
    ({ reason = '' }: { readonly reason?: string }, headers): Promise<Statement> => {
      const params = { path: { id: statement.id } }
      return verb === 'receipt'
        ? answerOf(api.POST('/api/v1/unsuitable-statements/{id}/receipt', { params, headers }))
        : answerOf(
            api.POST('/api/v1/unsuitable-statements/{id}/returning', { params, body: { reason }, headers }),
          )
    },
    {
      changes: [['statements'], ['todo']],
      onDone: () => {
        void message.success(t('done'))
        onClose()
      },
    },
  )
  return (
    <EntryForm<{ readonly reason?: string }>
      verb={t(`statements.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onClose}
    >
      <p className="form-lead">{t(`statements.effects.${verb}`)}</p>
      {verb === 'returning' ? (
        <Field name="reason" label={t('statements.return_reason')}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}
