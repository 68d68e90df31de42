import { Alert, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useWrite } from '../../use-write.ts'
import type { Draw } from '../queries.ts'
import { ProofFields } from './proof-fields.tsx'

type Values = Omit<Body<'/api/v1/draws/{id}/requests'>, 'kind'>

const REASONS = ['deregistered', 'not_found_twice', 'ceased', 'force_majeure'] as const

/** A subject that cannot be visited is proposed to be passed over; the one behind it comes, and it comes next time. */
export function SkipForm({ draw, onDone }: { readonly draw: Draw; readonly onDone: () => void }) {
  const { t } = useTranslation('draws')
  const save = useWrite<Values, unknown>(
    (body, headers) =>
      answerOf(
        api.POST('/api/v1/draws/{id}/requests', {
          params: { path: { id: draw.id } },
          body: { ...body, kind: 'skip' },
          headers,
        }),
      ),
    { changes: [['draws']], onDone, says: 'proposed' },
  )
  return (
    <EntryForm<Values>
      verb={t('events.skip')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('events.skip_lead')}</p>
      <SkipWarning mode={draw.mode} />
      <Field name="code" label={t('events.code')} help={t('events.code_help')} />
      <Field name="reason" label={t('events.reason')}>
        <Select options={REASONS.map((value) => ({ value, label: t(`events.reasons.${value}`) }))} />
      </Field>
      <ProofFields statementHelp={t('events.statement_parties')} />
    </EntryForm>
  )
}

/** Who inspects the one that enters is no choice of anybody's: section 9 of the protocol says it, for each mode. */
export function SkipWarning({ mode }: { readonly mode: Draw['mode'] }) {
  const { t } = useTranslation('draws')
  const isAlone = mode === 'subjects'
  return (
    <Alert
      type={isAlone ? 'warning' : 'info'}
      showIcon
      title={t(isAlone ? 'events.skip_alone' : 'events.skip_with_team')}
      {...(isAlone ? { description: t('events.skip_alone_more') } : {})}
    />
  )
}
