import { App, Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api, type Answer, type Body, ifMatch } from '../../api.ts'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { changesOf } from '../inspectors/changes-of.ts'
import { TagInput } from '../inspectors/tag-input.tsx'
import { PlainFields } from './plain-fields.tsx'
import { findIndustries, type Subject } from './queries.ts'
import { fieldOfRefusal } from './refused-at.ts'
import { useChoices, useValueWord } from './words.ts'

type Edit = Body<'/api/v1/subjects/{id}', 'patch'>

/** A subject is changed: at once, save what needs a second person, which is proposed with a reason. */
export function SubjectEdit({ subject, onDone }: { readonly subject: Subject; readonly onDone: () => void }) {
  const { t } = useTranslation('subjects')
  const { message } = App.useApp()
  const initial = valuesOf(subject)
  const save = useWrite<Edit, Answer<'/api/v1/subjects/{id}', 'patch'>>(
    (values) =>
      answerOf(
        api.PATCH('/api/v1/subjects/{id}', {
          params: { path: { id: subject.id } },
          body: changesOf(initial, values) as Edit,
          headers: ifMatch(subject.version),
        }),
      ),
    {
      changes: [['subjects'], ['subject-changes'], ['started']],
      onDone: ({ proposed }) => {
        if (proposed) void message.success(t('form.proposed'))
        onDone()
      },
    },
  )
  return (
    <EntryForm<Edit>
      verb={t('save')}
      initial={initial}
      isBusy={save.isPending}
      error={save.error}
      refusedAt={fieldOfRefusal}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      <Field name="name" label={t('fields.name')} />
      <PlainFields telephone={subject.telephone} />
      {subject.flags.length > 0 ? <CheckedFlags flags={subject.flags} /> : null}
      <DecidingFields subject={subject} />
    </EntryForm>
  )
}

function CheckedFlags({ flags }: { readonly flags: readonly string[] }) {
  const { t } = useTranslation('subjects')
  const word = useValueWord()
  return (
    <Field name="checkedFlags" label={t('check_flags')} help={t('check_flags_what')} isOptional>
      <Checkbox.Group options={flags.map((value) => ({ value, label: word('flags', value) }))} />
    </Field>
  )
}

function DecidingFields({ subject }: { readonly subject: Subject }) {
  const { t } = useTranslation('subjects')
  const form = Form.useFormInstance<Edit>()
  const isReasonNeeded = Form.useWatch((values: Edit) => isDeciding(subject, values), form) ?? false
  const choices = useChoices()
  const industry = subject.industryCode ? `${subject.industryCode} ${subject.industryName ?? ''}` : undefined
  return (
    <fieldset className="deciding">
      <legend>{t('form.deciding')}</legend>
      <p className="fine">{t('form.deciding_help')}</p>
      <Field name="industryCode" label={t('fields.industryCode')} help={t('form.industry_help')} isOptional>
        <RemotePicker about={['industries']} find={findIndustries} shown={industry} isClearable />
      </Field>
      <Field name="creditClass" label={t('fields.creditClass')} isOptional>
        <Select options={[...choices.classes]} allowClear />
      </Field>
      <Field name="riskGrade" label={t('fields.riskGrade')} isOptional />
      <Field name="kind" label={t('fields.kind')}>
        <Select options={[...choices.kinds]} />
      </Field>
      <Field name="entityType" label={t('fields.entityType')}>
        <Select options={[...choices.types]} />
      </Field>
      <Field name="registrationState" label={t('fields.registrationState')}>
        <Select options={[...choices.states]} />
      </Field>
      <Field name="tags" label={t('fields.tags')} help={t('form.words_help')} isOptional>
        <Select mode="tags" options={[...choices.tags]} suffixIcon={null} />
      </Field>
      <Field name="pools" label={t('fields.pools')} help={t('form.words_help')} isOptional>
        <TagInput />
      </Field>
      <Field name="reason" label={t('form.deciding_reason')} isOptional={!isReasonNeeded}>
        <Input.TextArea rows={2} maxLength={500} showCount />
      </Field>
    </fieldset>
  )
}

// What these fields say decides who can be drawn; an industry that was not there yet may be named without a reason.
const DECIDING = [
  'creditClass',
  'riskGrade',
  'kind',
  'entityType',
  'registrationState',
  'tags',
  'pools',
] as const

function isDeciding(subject: Subject, values: Edit): boolean {
  const changed = changesOf(valuesOf(subject), values)
  if (values.checkedFlags?.includes('licenceReturned')) return true
  return (
    DECIDING.some((field) => field in changed) || (subject.industryCode !== null && 'industryCode' in changed)
  )
}

function valuesOf(subject: Subject): Partial<Edit> {
  const { name, kind, entityType, registrationState, tags, pools } = subject
  const kept = {
    registeredType: subject.registeredType,
    legalRepresentative: subject.legalRepresentative,
    registeredAddress: subject.registeredAddress,
    establishedOn: subject.establishedOn,
    registeredCapital: subject.registeredCapital,
    station: subject.station,
    businessScope: subject.businessScope,
    industryCode: subject.industryCode,
    creditClass: subject.creditClass,
    riskGrade: subject.riskGrade,
  }
  const there = Object.fromEntries(Object.entries(kept).filter(([, value]) => value !== null))
  return { name, kind, entityType, registrationState, tags: [...tags], pools: [...pools], ...there }
}
