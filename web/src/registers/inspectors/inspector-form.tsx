import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findPeople } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { changesOf } from './changes-of.ts'
import { type Inspector, useCategories } from './queries.ts'
import { TagInput } from './tag-input.tsx'

type Values = Body<'/api/v1/inspectors'>
type Edit = Body<'/api/v1/inspectors/{id}', 'patch'>

interface InspectorFormProps {
  readonly inspector?: Inspector
  readonly onDone: () => void
}

/** A person enters the register, or his row is changed. A number that is there stays unless a new one is typed. */
export function InspectorForm({ inspector, onDone }: InspectorFormProps) {
  const { t } = useTranslation('inspectors')
  const [form] = Form.useForm<Values>()
  const categories = useCategories()
  const initial: Partial<Values> = inspector ? valuesOf(inspector) : { level: 'county' }
  const save = useWrite<Values, unknown>(
    (values, headers) =>
      inspector
        ? answerOf(
            api.PATCH('/api/v1/inspectors/{id}', {
              params: { path: { id: inspector.id } },
              body: changesOf(initial, values) as Edit,
              headers: ifMatch(inspector.version),
            }),
          )
        : answerOf(
            api.POST('/api/v1/inspectors', { body: changesOf({}, values) as unknown as Values, headers }),
          ),
    { changes: [['inspectors']], onDone, says: inspector ? 'saved' : 'created' },
  )
  const kept = (masked: string | null | undefined, help: string) =>
    masked ? `${t('kept', { masked })}${help}` : help
  const one = (name: 'sexes' | 'levels', values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}` as 'sexes.male') }))
  return (
    <EntryForm<Values>
      form={form}
      verb={t(inspector ? 'save' : 'new')}
      initial={initial}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {inspector ? null : (
        <Field name="personId" label={t('person')} help={t('person_help')}>
          <RemotePicker about={['people']} find={(q) => findPeople(q)} />
        </Field>
      )}
      <Field name="sex" label={t('sex')}>
        <Select options={one('sexes', ['male', 'female'])} />
      </Field>
      <Field name="idCard" label={t('id_card')} help={kept(inspector?.idCard, t('id_card_help'))} isOptional>
        <Input autoComplete="off" maxLength={18} />
      </Field>
      <Field name="mobile" label={t('mobile')} help={kept(inspector?.mobile, t('mobile_help'))} isOptional>
        <Input inputMode="tel" autoComplete="off" maxLength={11} />
      </Field>
      <Field name="warrantNumber" label={t('warrant_number')} help={t('warrant_help')} isOptional />
      <Field name="warrantAuthority" label={t('warrant_authority')} isOptional />
      <Field name="warrantFrom" label={t('warrant_from')} isOptional>
        <DayInput />
      </Field>
      <Field name="warrantUntil" label={t('warrant_until')} isOptional>
        <DayInput />
      </Field>
      <Field name="level" label={t('level')}>
        <Select options={one('levels', ['province', 'prefecture', 'county', 'township'])} />
      </Field>
      <Field name="category" label={t('category')}>
        <Select options={[...categories]} />
      </Field>
      <Field
        name="enforcementCategories"
        label={t('enforcement_categories')}
        help={t('enforcement_categories_help')}
        isOptional
      >
        <TagInput kind="enforcementCategory" />
      </Field>
      <Field name="qualifications" label={t('qualifications')} isOptional>
        <TagInput kind="qualification" />
      </Field>
      <Field name="specialisms" label={t('specialisms')} help={t('words_help')} isOptional>
        <TagInput kind="specialism" />
      </Field>
    </EntryForm>
  )
}

function valuesOf(inspector: Inspector): Partial<Values> {
  const { sex, level, category, enforcementCategories, qualifications, specialisms } = inspector
  const { warrantNumber, warrantAuthority, warrantFrom, warrantUntil } = inspector
  return {
    sex,
    level,
    category,
    enforcementCategories: [...enforcementCategories],
    qualifications: [...qualifications],
    specialisms: [...specialisms],
    ...(warrantNumber ? { warrantNumber } : {}),
    ...(warrantAuthority ? { warrantAuthority } : {}),
    ...(warrantFrom ? { warrantFrom } : {}),
    ...(warrantUntil ? { warrantUntil } : {}),
  }
}
