import { App, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../api.ts'
import { Facts } from '../ui/facts.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useFormat } from '../ui/format.ts'
import { SideForm } from '../ui/side-form.tsx'
import { useWrite } from '../use-write.ts'
import type { Grant } from './queries.ts'

/** What is to be done about a grant. */
export interface AskedGrant {
  readonly grant: Grant
  readonly verb: 'approval' | 'rejection' | 'withdrawal'
}

interface Values {
  readonly reason?: string
}

/** The second person's decision, or a withdrawal: shows what it is about, asks why where it takes something away. */
export function GrantAct({
  asked,
  onClose,
}: {
  readonly asked: AskedGrant | undefined
  readonly onClose: () => void
}) {
  const { t } = useTranslation('agencies')
  return (
    <SideForm
      title={asked ? t(`grants.verbs.${asked.verb}`) : ''}
      isOpen={asked !== undefined}
      onClose={onClose}
    >
      {asked ? <ActForm asked={asked} onClose={onClose} /> : null}
    </SideForm>
  )
}

function ActForm({ asked, onClose }: { readonly asked: AskedGrant; readonly onClose: () => void }) {
  const { t } = useTranslation('agencies')
  const { day } = useFormat()
  const { message } = App.useApp()
  const { grant, verb } = asked
  const act = useWrite((values: Values, headers) => sendGrantAct(asked, values, headers), {
    changes: [['grants'], ['todo'], ['started'], ['notifications']],
    onDone: () => {
      void message.success(t('grants.decided'))
      onClose()
    },
  })
  return (
    <EntryForm<Values>
      verb={t(`grants.verbs.${verb}`)}
      isBusy={act.isPending}
      error={act.error}
      onSubmit={(values) => act.mutate(values)}
      onLeave={onClose}
    >
      <Facts
        facts={[
          { term: t('grants.person'), value: grant.personName },
          { term: t('grants.role'), value: t(`roles.${grant.role}`) },
          { term: t('authority'), value: grant.authorityName },
          { term: t('division'), value: grant.divisionName },
          {
            term: t('grants.term'),
            value: t(grant.validUntil ? 'grants.from_to' : 'grants.from_on', {
              from: day(grant.validFrom),
              until: day(grant.validUntil),
            }),
          },
          { term: t('grants.reason'), value: grant.reason },
        ]}
      />
      <Field
        name="reason"
        label={t(verb === 'approval' ? 'grants.note' : 'grants.why')}
        help={t('grants.reason_help')}
        isOptional={verb === 'approval'}
      >
        <Input.TextArea rows={3} maxLength={500} showCount />
      </Field>
    </EntryForm>
  )
}

/** Sends what was decided. */
export function sendGrantAct(
  { grant, verb }: AskedGrant,
  { reason }: Values,
  headers: { readonly 'Idempotency-Key': string },
): Promise<Grant> {
  const params = { path: { id: grant.id } }
  switch (verb) {
    case 'approval':
      return answerOf(
        api.POST('/api/v1/grants/{id}/approval', { params, body: reason ? { note: reason } : {}, headers }),
      )
    case 'rejection':
      return answerOf(
        api.POST('/api/v1/grants/{id}/rejection', { params, body: { reason: reason ?? '' }, headers }),
      )
    case 'withdrawal':
      return answerOf(
        api.POST('/api/v1/grants/{id}/withdrawal', { params, body: { reason: reason ?? '' }, headers }),
      )
  }
}
