import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../agencies/queries.ts'
import { answerOf, api, ifMatch } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { type Plan, PLAN_CHANGES } from './queries.ts'

export type PlanVerb = 'approval' | 'return' | 'withdrawal' | 'invitation' | 'closure' | 'discarding'

interface Values {
  readonly reason?: string
  readonly authorityId?: string
}

/** An act with a plan, in the drawer: what it does, and what it asks. */
export function PlanAct({
  plan,
  verb,
  onDone,
}: {
  readonly plan: Plan
  readonly verb: PlanVerb
  readonly onDone: () => void
}) {
  const { t } = useTranslation('plans')
  const act = useWrite((values: Values, headers) => send(plan, verb, values, headers), {
    changes: PLAN_CHANGES,
    onDone,
    says: 'done',
  })
  const asksWhy = verb === 'return' || verb === 'discarding'
  return (
    <EntryForm<Values>
      verb={t(`verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t(`effects.${verb}`, { plan: plan.title })}</p>
      {verb === 'invitation' ? (
        <Field name="authorityId" label={t('invited')}>
          <RemotePicker about={['authorities']} find={findAuthorities} />
        </Field>
      ) : null}
      {asksWhy || verb === 'approval' ? (
        <Field name="reason" label={t(asksWhy ? 'reason' : 'note')} isOptional={!asksWhy}>
          <Input.TextArea rows={3} maxLength={500} showCount />
        </Field>
      ) : null}
    </EntryForm>
  )
}

function send(
  plan: Plan,
  verb: PlanVerb,
  { reason = '', authorityId = '' }: Values,
  headers: { readonly 'Idempotency-Key': string },
): Promise<unknown> {
  const params = { path: { id: plan.id } }
  switch (verb) {
    case 'approval':
      return answerOf(
        api.POST('/api/v1/plans/{id}/approval', {
          params,
          body: reason ? { note: reason } : {},
          headers: { ...headers, ...ifMatch(plan.version) },
        }),
      )
    case 'return':
      return answerOf(api.POST('/api/v1/plans/{id}/return', { params, body: { reason }, headers }))
    case 'withdrawal':
      return answerOf(api.POST('/api/v1/plans/{id}/withdrawal', { params, headers }))
    case 'invitation':
      return answerOf(
        api.POST('/api/v1/plans/{id}/invitations', {
          params,
          body: { authorityIds: [authorityId] },
          headers,
        }),
      )
    case 'closure':
      return answerOf(api.POST('/api/v1/plans/{id}/closure', { params, headers }))
    case 'discarding':
      return answerOf(api.POST('/api/v1/plans/{id}/discarding', { params, body: { reason }, headers }))
  }
}
