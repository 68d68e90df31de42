import { Form, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../api.ts'
import { useMe, useSystem } from '../me.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { type Plan, PLAN_CHANGES } from './queries.ts'
import { KINDS, PLAN_FIELDS } from './words.tsx'

type Values = Body<'/api/v1/plans'>

/** A new plan; the title follows from the rest until somebody writes his own. */
export function PlanForm({ onDone }: { readonly onDone: (id?: string) => void }) {
  const { t } = useTranslation('plans')
  const [form] = Form.useForm<Values>()
  const me = useMe().data
  const now = useSystem().data?.now
  const acting = me?.acting
  const kind = Form.useWatch('kind', form)
  const create = useWrite((body: Values, headers) => answerOf(api.POST('/api/v1/plans', { body, headers })), {
    changes: PLAN_CHANGES,
    onDone: ({ id }) => onDone(id),
    says: 'created',
  })
  const year = Number((now ?? new Date().toISOString()).slice(0, 4))
  const own = me?.grants.find(({ authorityId }) => authorityId === acting?.authorityId)?.authorityName
  const titleOf = (values: Partial<Values>) =>
    t(`titles.${values.kind ?? 'annual'}`, {
      authority: values.authorityId === acting?.authorityId ? (own ?? '') : '',
      year: values.year ?? year,
      half: values.half ? t(`halves.${values.half === 1 ? 'first' : 'second'}`) : '',
    }).trim()
  return (
    <EntryForm<Values>
      form={form}
      verb={t('new')}
      initial={{
        ...(acting ? { authorityId: acting.authorityId } : {}),
        kind: 'annual',
        year,
        field: 'market',
        title: titleOf({ kind: 'annual', year, ...(acting ? { authorityId: acting.authorityId } : {}) }),
      }}
      isBusy={create.isPending}
      error={create.error}
      onChange={(values) => {
        if (!form.isFieldTouched('title')) form.setFieldValue('title', titleOf(values))
        if (values.kind === 'halfYear' && values.field !== 'nonMarket')
          form.setFieldValue('field', 'nonMarket')
      }}
      onSubmit={(values) => create.mutate(values)}
      onLeave={() => onDone()}
    >
      <Field name="authorityId" label={t('authority')}>
        <RemotePicker about={['authorities']} find={findAuthorities} shown={own} />
      </Field>
      <Field name="kind" label={t('kind')} help={t('kind_help')}>
        <Select options={KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))} />
      </Field>
      <Field name="year" label={t('year')}>
        <InputNumber min={2000} max={2200} precision={0} />
      </Field>
      {kind === 'halfYear' ? (
        <Field name="half" label={t('half')}>
          <Select
            options={[
              { value: 1, label: t('halves.first') },
              { value: 2, label: t('halves.second') },
            ]}
          />
        </Field>
      ) : null}
      <Field name="field" label={t('field')} help={t('field_help')}>
        <Select
          disabled={kind === 'halfYear'}
          options={PLAN_FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))}
        />
      </Field>
      <Field name="title" label={t('name')}>
        <Input maxLength={200} autoComplete="off" />
      </Field>
    </EntryForm>
  )
}

/** Another title for a draft. */
export function TitleForm({ plan, onDone }: { readonly plan: Plan; readonly onDone: () => void }) {
  const { t } = useTranslation('plans')
  const save = useWrite(
    (body: Body<'/api/v1/plans/{id}', 'patch'>) =>
      answerOf(
        api.PATCH('/api/v1/plans/{id}', {
          params: { path: { id: plan.id } },
          body,
          headers: ifMatch(plan.version),
        }),
      ),
    { changes: PLAN_CHANGES, onDone, says: 'saved' },
  )
  return (
    <EntryForm<Body<'/api/v1/plans/{id}', 'patch'>>
      verb={t('save')}
      initial={{ title: plan.title }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="title" label={t('name')}>
        <Input maxLength={200} autoComplete="off" />
      </Field>
    </EntryForm>
  )
}
