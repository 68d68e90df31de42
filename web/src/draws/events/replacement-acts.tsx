import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { ActButton } from '../../ui/act-button.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { Failure } from '../../ui/notices.tsx'
import { SideForm } from '../../ui/side-form.tsx'
import { useWrite } from '../../use-write.ts'
import type { Replacement } from './queries.ts'

type Verb = 'application' | 'review' | 'approval' | 'withdrawal'

/** What comes next, for whoever is at the screen. Nobody is asked who should come. */
export function ReplacementActs({ replacement }: { readonly replacement: Replacement }) {
  const { t } = useTranslation('draws')
  const [isRejecting, setRejecting] = useState(false)
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
        onClick={() => act.mutate(next)}
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
      <SideForm title={t('events.disagree')} isOpen={isRejecting} onClose={() => setRejecting(false)}>
        <RejectForm id={id} onDone={() => setRejecting(false)} />
      </SideForm>
    </>
  )
}

function send(id: string, verb: Verb, headers: { readonly 'Idempotency-Key': string }): Promise<unknown> {
  const params = { path: { id } }
  return verb === 'approval'
    ? answerOf(api.POST('/api/v1/replacements/{id}/approval', { params, headers, body: {} }))
    : answerOf(api.POST(`/api/v1/replacements/{id}/${verb}`, { params, headers }))
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
