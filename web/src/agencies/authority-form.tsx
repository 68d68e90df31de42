import { Checkbox, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { type Authority, findAuthorities, findDivisions } from './queries.ts'

type Values = Body<'/api/v1/authorities'>

/** A new authority, or the change of one. Its division stays what it is. */
export function AuthorityForm({
  authority,
  onDone,
}: {
  readonly authority?: Authority
  readonly onDone: () => void
}) {
  const { t } = useTranslation('agencies')
  const save = useWrite<Values, unknown>(
    (values, headers) =>
      authority
        ? answerOf(
            api.PATCH('/api/v1/authorities/{id}', {
              params: { path: { id: authority.id } },
              body: values,
              headers: ifMatch(authority.version),
            }),
          )
        : answerOf(api.POST('/api/v1/authorities', { body: values, headers })),
    { changes: [['authorities']], onDone, says: authority ? 'saved' : 'created' },
  )
  return (
    <EntryForm<Values>
      verb={t(authority ? 'save' : 'authorities.new')}
      initial={authority ? valuesOf(authority) : { inspects: true }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {authority ? null : (
        <Field name="divisionCode" label={t('division')}>
          <RemotePicker about={['divisions']} find={findDivisions} />
        </Field>
      )}
      <Field name="name" label={t('authorities.full_name')} help={t('authorities.full_name_help')} />
      <Field name="shortName" label={t('authorities.short_name')} />
      <Field
        name="superiorId"
        label={t('authorities.superior')}
        help={t('authorities.superior_help')}
        isOptional
      >
        <RemotePicker
          about={['authorities']}
          find={findAuthorities}
          shown={authority?.superiorName ?? undefined}
          isClearable
        />
      </Field>
      <Form.Item name="inspects" valuePropName="checked">
        <Checkbox>{t('authorities.inspects_what')}</Checkbox>
      </Form.Item>
    </EntryForm>
  )
}

function valuesOf({ name, shortName, superiorId, inspects }: Authority): Partial<Values> {
  return { name, shortName, inspects, ...(superiorId ? { superiorId } : {}) }
}
