import { Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { Failure } from '../../ui/notices.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import type { Replacement } from './queries.ts'

type Verb = 'application' | 'review' | 'withdrawal'

/** What comes next, for whoever is at the screen. Nobody is asked who should come. */
export function ReplacementActs({ replacement }: { readonly replacement: Replacement }) {
  const { t } = useTranslation('draws')
  const [isRejecting, setRejecting] = useState(false)
  const [isApproving, setApproving] = useState(false)
  const { id, state, can, steps, reviewed } = replacement
  const act = useWrite((verb: Verb, headers) => send(id, verb, headers), {
    changes: [['draws']],
    says: 'done',
  })
  const isOpen = state === 'requested' || state === 'applied' || state === 'reviewed'
  if (!isOpen) return null
  const next = steps.includes('UNIT_HEAD_REVIEWS') && reviewed === null ? 'review' : 'approval'
  return (
    <>
      {state === 'requested' ? (
        <ActButton refused={can.accede} loading={act.isPending} onClick={() => act.mutate('application')}>
          {t('events.acts.application')}
        </ActButton>
      ) : null}
      <ActButton
        type="primary"
        refused={next === 'review' ? can.review : can.approve}
        loading={act.isPending}
        onClick={() => (next === 'review' ? act.mutate(next) : setApproving(true))}
      >
        {t(`events.acts.${next}`)}
      </ActButton>
      <ActButton refused={can.reject} onClick={() => setRejecting(true)}>
        {t('events.disagree')}
      </ActButton>
      <ActButton refused={can.withdraw} onClick={() => act.mutate('withdrawal')}>
        {t('events.take_back')}
      </ActButton>
      {act.error ? <Failure error={act.error} /> : null}
      <SideForm title={t('events.acts.approval')} isOpen={isApproving} onClose={() => setApproving(false)}>
        <ApproveForm replacement={replacement} onDone={() => setApproving(false)} />
      </SideForm>
      <SideForm title={t('events.disagree')} isOpen={isRejecting} onClose={() => setRejecting(false)}>
        <RejectForm id={id} onDone={() => setRejecting(false)} />
      </SideForm>
    </>
  )
}

function send(id: string, verb: Verb, headers: { readonly 'Idempotency-Key': string }): Promise<unknown> {
  return answerOf(api.POST(`/api/v1/replacements/{id}/${verb}`, { params: { path: { id } }, headers }))
}

const SOURCES = ['usual', 'dice', 'drand'] as const

interface Approved {
  readonly source: (typeof SOURCES)[number]
}

/** What cannot be taken back: the public log says it at once, and by which numbers the substitute will be found. */
function ApproveForm({
  replacement: { id, person, subject, subjectName, task },
  onDone,
}: {
  readonly replacement: Replacement
  readonly onDone: () => void
}) {
  const { t } = useTranslation('draws')
  const save = useWrite<Approved, unknown>(
    ({ source }, headers) =>
      answerOf(
        api.POST('/api/v1/replacements/{id}/approval', {
          params: { path: { id } },
          headers,
          body: source === 'usual' ? {} : { source },
        }),
      ),
    { changes: [['draws']], onDone, says: 'done' },
  )
  return (
    <>
      <p>
        <strong>
          {subject === null
            ? t('events.approval_of_team', { who: person.name, task })
            : t('events.approval_of_visit', {
                who: person.name,
                name: subjectName ?? '',
                code: subject,
                task,
              })}
        </strong>
      </p>
      <p>{t('events.approval_lead')}</p>
      <EntryForm<Approved>
        verb={t('events.acts.approval')}
        initial={{ source: 'usual' }}
        isBusy={save.isPending}
        error={save.error}
        onSubmit={(values) => save.mutate(values)}
        onLeave={onDone}
      >
        <Field name="source" label={t('events.approval_source')}>
          <Radio.Group
            options={SOURCES.map((value) => ({ value, label: t(`events.approval_sources.${value}`) }))}
          />
        </Field>
      </EntryForm>
    </>
  )
}

interface Note {
  readonly note: string
}

function RejectForm({ id, onDone }: { readonly id: string; readonly onDone: () => void }) {
  const { t } = useTranslation('draws')
  const save = useWrite<Note, unknown>(
    (body, headers) =>
      answerOf(api.POST('/api/v1/replacements/{id}/rejection', { params: { path: { id } }, headers, body })),
    { changes: [['draws']], onDone, says: 'done' },
  )
  return (
    <EntryForm<Note>
      verb={t('events.disagree')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="note" label={t('events.why_not')}>
        <Input.TextArea rows={4} maxLength={500} />
      </Field>
    </EntryForm>
  )
}
