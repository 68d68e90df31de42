import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Select } from 'antd'
import { answerOf, api } from '../api.ts'
import { useCodes } from '../registers/catalogue/words.ts'
import { ActButton } from '../ui/act-button.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { List } from '../ui/list-page.tsx'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import { DutyTable } from './duty-table.tsx'
import { FilingPeek, useFilingColumns } from './filing-row.tsx'
import { type Filing, type Plan, PLAN_CHANGES, useDuties, useFilings } from './queries.ts'

/** 报送备案: what is owed for the year of a plan, and what was sent. */
export function FilingsTab({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  const [verb, setVerb] = useState<'submission' | 'filing' | undefined>()
  const filings = useFilings({ plan: plan.id })
  const columns = useFilingColumns()
  const isOpen = plan.state === 'approved' || plan.state === 'published'
  const isOwn = useDuties(plan.authority.id, plan.year).data !== undefined
  return (
    <div className="stack">
      {isOpen ? (
        <div className="acts">
          <ActButton refused={plan.can.submit} onClick={() => setVerb('submission')}>
            {t('filings.submit')}
          </ActButton>
          <ActButton refused={plan.can.file} onClick={() => setVerb('filing')}>
            {t('filings.file')}
          </ActButton>
        </div>
      ) : null}
      {isOwn ? (
        <section className="panel">
          <h2 className="section-title">{t('duties.title', { year: plan.year })}</h2>
          <DutyTable authority={plan.authority.id} year={plan.year} />
        </section>
      ) : null}
      <List<Filing>
        query={filings}
        keyOf={({ id }) => id}
        empty={t('filings.none_of_plan')}
        peek={(filing) => <FilingPeek filing={filing} />}
        columns={columns}
      />
      <SideForm
        title={verb ? t(verb === 'filing' ? 'filings.file' : 'filings.submit') : ''}
        isOpen={verb !== undefined}
        onClose={() => setVerb(undefined)}
      >
        {verb ? <SendForm plan={plan} verb={verb} onDone={() => setVerb(undefined)} /> : null}
      </SideForm>
    </div>
  )
}

/** To whom it goes is for the law to say: a body is named, the authority that it is here is found. */
function SendForm({
  plan,
  verb,
  onDone,
}: {
  readonly plan: Plan
  readonly verb: 'submission' | 'filing'
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const bodies = useCodes('bodies')
  const [open] = plan.filedWith.filter(({ can }) => can.file === null)
  const choices = plan.filedWith.map(({ body, can }) => ({
    value: body,
    label: bodies.nameOf(body),
    disabled: can.file !== null,
  }))
  const send = useWrite(
    ({ body = '' }: { readonly body?: string }, headers) => {
      const params = { path: { id: plan.id } }
      return verb === 'submission'
        ? answerOf(api.POST('/api/v1/plans/{id}/submission', { params, headers }))
        : answerOf(api.POST('/api/v1/plans/{id}/filings', { params, body: { body }, headers }))
    },
    { changes: PLAN_CHANGES, onDone, says: 'done' },
  )
  return (
    <EntryForm<{ readonly body?: string }>
      verb={t(verb === 'filing' ? 'filings.file' : 'filings.submit')}
      initial={open ? { body: open.body } : {}}
      isBusy={send.isPending}
      error={send.error}
      onSubmit={(values) => send.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t(verb === 'filing' ? 'filings.file_lead' : 'filings.submit_lead')}</p>
      {verb === 'filing' ? (
        <Field name="body" label={t('filings.body')}>
          <Select options={choices} />
        </Field>
      ) : null}
    </EntryForm>
  )
}
