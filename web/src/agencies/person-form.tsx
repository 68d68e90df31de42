import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Body, ifMatch } from '../api.ts'
import { EntryForm, Field } from '../ui/form.tsx'
import { RemotePicker } from '../ui/remote-picker.tsx'
import { useWrite } from '../use-write.ts'
import { type Authority, findAuthorities, type Person, useUnits } from './queries.ts'

type Values = Body<'/api/v1/people'>

interface PersonFormProps {
  /** For whom a new person works, where the page knows it. */
  readonly authority?: Pick<Authority, 'id' | 'name'>
  readonly person?: Person
  readonly onDone: () => void
}

/** A new person, or the change of one. */
export function PersonForm({ authority, person, onDone }: PersonFormProps) {
  const { t } = useTranslation('agencies')
  const [form] = Form.useForm<Values>()
  const chosen: string | undefined = Form.useWatch('authorityId', form)
  const units = useUnits(person?.authorityId ?? authority?.id ?? chosen ?? '')
  const save = useWrite<Values, unknown>(
    (values, headers) => {
      const body = authority ? { ...values, authorityId: authority.id } : values
      return person
        ? answerOf(
            api.PATCH('/api/v1/people/{id}', {
              params: { path: { id: person.id } },
              body: values,
              headers: ifMatch(person.version),
            }),
          )
        : answerOf(api.POST('/api/v1/people', { body, headers }))
    },
    { changes: [['people']], onDone, says: person ? 'saved' : 'created' },
  )
  const choices = (units.data?.items ?? [])
    .filter(({ closedOn }) => !closedOn)
    .map(({ id, name }) => ({ value: id, label: name }))
  return (
    <EntryForm<Values>
      form={form}
      verb={t(person ? 'save' : 'people.new')}
      initial={person ? valuesOf(person) : {}}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {authority || person ? null : (
        <Field name="authorityId" label={t('authority')}>
          <RemotePicker about={['authorities']} find={findAuthorities} />
        </Field>
      )}
      <Field name="name" label={t('people.name')} />
      <Field name="unitId" label={t('unit')} isOptional>
        <Select options={choices} allowClear showSearch={{ optionFilterProp: 'label' }} />
      </Field>
      <Field name="post" label={t('people.post')} isOptional />
      {person ? null : (
        <Field name="mobile" label={t('people.mobile')} help={t('people.mobile_help')} isOptional>
          <Input inputMode="tel" autoComplete="off" maxLength={11} />
        </Field>
      )}
      <Field
        name="staffNumber"
        label={t('people.staff_number')}
        help={t('people.staff_number_help')}
        isOptional
      />
    </EntryForm>
  )
}

function valuesOf({ name, unitId, post, staffNumber }: Person): Partial<Values> {
  return {
    name,
    ...(unitId ? { unitId } : {}),
    ...(post ? { post } : {}),
    ...(staffNumber ? { staffNumber } : {}),
  }
}
