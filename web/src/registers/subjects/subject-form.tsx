import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities, useAuthority } from '../../agencies/queries.ts'
import { answerOf, api, type Body } from '../../api.ts'
import { useMe } from '../../me.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { changesOf } from '../inspectors/changes-of.ts'
import { PlainFields } from './plain-fields.tsx'
import { findCounties, findIndustries, findSubjects } from './queries.ts'
import { fieldOfRefusal } from './refused-at.ts'
import { useChoices } from './words.ts'

type Values = Body<'/api/v1/subjects'>

// What the platform numbers as a matter of course.
const NUMBERED: readonly string[] = ['NATURAL_PERSON', 'PRODUCT', 'PROJECT', 'ACTIVITY']
const OF_SOMEBODY: readonly string[] = ['PRODUCT', 'PROJECT', 'ACTIVITY']

/** A subject enters the register. */
export function SubjectForm({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation('subjects')
  const [form] = Form.useForm<Values>()
  const choices = useChoices()
  const acting = useMe().data?.acting?.authorityId ?? ''
  const own = useAuthority(acting)
  const kind: string = Form.useWatch('kind', form) ?? ''
  const code: string = Form.useWatch('code', form) ?? ''
  const save = useWrite<Values, unknown>(
    (values, headers) =>
      answerOf(api.POST('/api/v1/subjects', { body: changesOf({}, values) as unknown as Values, headers })),
    { changes: [['subjects'], ['subject-changes']], onDone, says: 'created' },
  )
  return (
    <EntryForm<Values>
      form={form}
      verb={t('new')}
      initial={acting === '' ? {} : { authorityId: acting }}
      isBusy={save.isPending}
      error={save.error}
      refusedAt={fieldOfRefusal}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {kind === 'NATURAL_PERSON' ? null : (
        <Field name="code" label={t('fields.code')} help={t('form.code_help')} isOptional>
          <Input autoComplete="off" maxLength={100} />
        </Field>
      )}
      <Field name="name" label={t('fields.name')} />
      <Field name="kind" label={t('fields.kind')} help={t('form.kind_help')} isOptional>
        <Select options={[...choices.kinds]} allowClear />
      </Field>
      {kind === 'NATURAL_PERSON' ? (
        <Field name="idCard" label={t('fields.idCard')} help={t('form.id_card_help')} isOptional>
          <Input autoComplete="off" maxLength={18} />
        </Field>
      ) : null}
      {code === '' && !NUMBERED.includes(kind) ? (
        <Field name="noCodeReason" label={t('form.no_code')} help={t('form.no_code_help')} />
      ) : null}
      {OF_SOMEBODY.includes(kind) ? (
        <Field name="ofSubjectId" label={t('fields.ofSubject')} isOptional>
          <RemotePicker about={['subjects']} find={findSubjects} isClearable />
        </Field>
      ) : null}
      <Field name="authorityId" label={t('form.authority')}>
        <RemotePicker about={['authorities']} find={findAuthorities} shown={own.data?.name} />
      </Field>
      <Field name="premises" label={t('fields.premises')} help={t('form.premises_help')} isOptional />
      <Field name="divisionCode" label={t('fields.divisionCode')} help={t('form.division_help')} isOptional>
        <RemotePicker about={['counties']} find={findCounties} isClearable />
      </Field>
      <Field name="industryCode" label={t('fields.industryCode')} help={t('form.industry_help')} isOptional>
        <RemotePicker about={['industries']} find={findIndustries} isClearable />
      </Field>
      <PlainFields />
    </EntryForm>
  )
}
