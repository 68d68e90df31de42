import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body } from '../../api.ts'
import { useMe } from '../../me.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { useFormat } from '../../ui/format.ts'
import { Loaded } from '../../ui/notices.tsx'
import { Reason } from '../../ui/problem.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { type StatementPreview, useStatementPreview } from './queries.ts'
import { UnsuitableItems } from './unsuitable-items.tsx'

type Values = Body<'/api/v1/unsuitable-statements'>

/** Submits a statement; shows first what it would hold and who gets it. */
export function StatementForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('catalogue')
  const [form] = Form.useForm<Values>()
  const me = useMe().data
  const acting = me?.acting?.authorityId
  const authority = (Form.useWatch('authorityId', form) as string | undefined) ?? acting
  const preview = useStatementPreview(authority)
  const submit = useWrite<Values, unknown>(
    (body, headers) => answerOf(api.POST('/api/v1/unsuitable-statements', { body, headers })),
    { changes: [['statements'], ['todo']], onDone, says: 'done' },
  )
  return (
    <EntryForm<Values>
      form={form}
      verb={t('statements.new')}
      initial={acting ? { authorityId: acting } : {}}
      isBusy={submit.isPending}
      error={submit.error}
      onSubmit={(values) => submit.mutate(values)}
      onLeave={onDone}
    >
      <Field name="authorityId" label={t('statements.authority')}>
        <RemotePicker
          about={['authorities']}
          find={findAuthorities}
          shown={me?.grants.find(({ authorityId }) => authorityId === acting)?.authorityName}
        />
      </Field>
      <Field name="explanation" label={t('statements.explanation')} help={t('statements.explanation_help')}>
        <Input.TextArea rows={3} maxLength={2000} />
      </Field>
      {authority ? <Loaded query={preview}>{(value) => <Preview preview={value} />}</Loaded> : null}
    </EntryForm>
  )
}

function Preview({ preview }: { readonly preview: StatementPreview }) {
  const { t } = useTranslation('catalogue')
  const { day } = useFormat()
  const { items, receiver, dueOn, can } = preview
  if (can.submit)
    return (
      <p className="panel">
        <Reason refused={can.submit} />
      </p>
    )
  return (
    <section className="panel">
      <h2>{t('statements.preview', { count: items.length })}</h2>
      <p className="fine">
        {t('statements.receiver')}：{receiver?.name ?? t('statements.no_rule')}
        {dueOn ? ` · ${t('statements.due')}：${day(dueOn)}` : ''}
      </p>
      <UnsuitableItems items={items} />
    </section>
  )
}
