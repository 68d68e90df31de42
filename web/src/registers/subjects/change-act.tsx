import { App, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import { ChangeFields } from './change-fields.tsx'
import type { Change } from './queries.ts'

/** What is to be decided, and how. */
export interface AskedDecision {
  readonly change: Change
  readonly verb: 'approval' | 'rejection' | 'withdrawal'
}

interface Values {
  readonly reason?: string
}

/** The second person's decision, or the proposer's second thought. */
export function DecisionForm({
  asked,
  onDone,
}: {
  readonly asked: AskedDecision
  readonly onDone: () => void
}) {
  const { t } = useTranslation('subjects')
  const { message } = App.useApp()
  const { change, verb } = asked
  const act = useWrite((values: Values, headers) => sendDecision(asked, values, headers), {
    changes: [['subject-changes'], ['subjects'], ['todo'], ['started']],
    onDone: () => {
      void message.success(t('changes.done'))
      onDone()
    },
  })
  return (
    <EntryForm<Values>
      verb={t(`changes.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onDone}
    >
      <p>{t('changes.about', { name: change.subjectName, kind: t(`changes.kinds.${change.kind}`) })}</p>
      <ChangeFields change={change} />
      {verb === 'withdrawal' ? (
        <p>{t('changes.withdrawal_what')}</p>
      ) : (
        <Field
          name="reason"
          label={t(verb === 'approval' ? 'changes.approve_note' : 'changes.why')}
          isOptional={verb === 'approval'}
        >
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      )}
    </EntryForm>
  )
}

/** Sends a decision. */
export function sendDecision(
  { change, verb }: AskedDecision,
  { reason }: Values,
  headers: { readonly 'Idempotency-Key': string },
): Promise<Change> {
  const params = { path: { id: change.id } }
  if (verb === 'withdrawal')
    return answerOf(api.POST('/api/v1/subject-changes/{id}/withdrawal', { params, headers }))
  return verb === 'approval'
    ? answerOf(
        api.POST('/api/v1/subject-changes/{id}/approval', {
          params,
          body: reason ? { note: reason } : {},
          headers,
        }),
      )
    : answerOf(
        api.POST('/api/v1/subject-changes/{id}/rejection', {
          params,
          body: { reason: reason ?? '' },
          headers,
        }),
      )
}
