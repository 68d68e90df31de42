import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { changesOf } from './changes-of.ts'
import type { Expert } from './queries.ts'
import { TagInput } from './tag-input.tsx'

type Values = Body<'/api/v1/technical-experts'>
type Edit = Body<'/api/v1/technical-experts/{id}', 'patch'>

interface ExpertFormProps {
  readonly expert?: Expert
  readonly onDone: () => void
}

/** A new expert or member of the support staff, or the change of one. */
export function ExpertForm({ expert, onDone }: ExpertFormProps) {
  const { t } = useTranslation('inspectors')
  const initial: Partial<Values> = expert ? valuesOf(expert) : { kind: 'expert' }
  const save = useWrite<Values, unknown>(
    (values, headers) =>
      expert
        ? answerOf(
            api.PATCH('/api/v1/technical-experts/{id}', {
              params: { path: { id: expert.id } },
              body: changesOf(initial, values) as Edit,
              headers: ifMatch(expert.version),
            }),
          )
        : answerOf(
            api.POST('/api/v1/technical-experts', {
              body: changesOf({}, values) as unknown as Values,
              headers,
            }),
          ),
    { changes: [['experts']], onDone, says: expert ? 'saved' : 'created' },
  )
  const kept = expert?.contact ? t('kept', { masked: expert.contact }) : ''
  return (
    <EntryForm<Values>
      verb={t(expert ? 'save' : 'experts.new')}
      initial={initial}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {expert ? null : (
        <Field name="authorityId" label={t('authority')}>
          <RemotePicker about={['authorities']} find={findAuthorities} />
        </Field>
      )}
      <Field name="kind" label={t('experts.kind')}>
        <Select
          options={(['expert', 'supportStaff'] as const).map((value) => ({
            value,
            label: t(`experts.kinds.${value}`),
          }))}
        />
      </Field>
      <Field name="name" label={t('name')} />
      <Field name="organisation" label={t('experts.organisation')} isOptional />
      <Field name="fields" label={t('experts.fields')} help={t('words_help')} isOptional>
        <TagInput />
      </Field>
      <Field name="qualification" label={t('experts.qualification')} isOptional />
      <Field
        name="contact"
        label={t('experts.contact')}
        help={`${kept}${t('experts.contact_help')}`}
        isOptional
      >
        <Input inputMode="tel" autoComplete="off" maxLength={30} />
      </Field>
    </EntryForm>
  )
}

/** An expert leaves the register. */
export function ExpertEndingForm({
  expert: { id },
  onDone,
}: {
  readonly expert: Expert
  readonly onDone: () => void
}) {
  const { t } = useTranslation('inspectors')
  const end = useWrite(
    (body: { endedOn: string }, headers) =>
      answerOf(
        api.POST('/api/v1/technical-experts/{id}/ending', { params: { path: { id } }, body, headers }),
      ),
    { changes: [['experts']], onDone, says: 'done' },
  )
  return (
    <EntryForm<{ endedOn: string }>
      verb={t('experts.end')}
      isBusy={end.isPending}
      error={end.error}
      onSubmit={(body) => end.mutate(body)}
      onLeave={onDone}
    >
      <Field name="endedOn" label={t('ended_on')}>
        <DayInput />
      </Field>
    </EntryForm>
  )
}

function valuesOf({ kind, name, organisation, fields, qualification }: Expert): Partial<Values> {
  return {
    kind,
    name,
    fields: [...fields],
    ...(organisation ? { organisation } : {}),
    ...(qualification ? { qualification } : {}),
  }
}
