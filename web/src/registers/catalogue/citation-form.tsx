import { Checkbox, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { answerOf, api, type Body, ifMatch } from '../../api.ts'
import { useMe } from '../../me.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { EntryForm, Field } from '../../ui/form.tsx'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { useWrite } from '../../use-write.ts'
import { type Citation, findCitations } from './queries.ts'

export const CITATION_LEVELS = [
  'law',
  'administrativeRegulation',
  'localRegulation',
  'departmentalRule',
  'localRule',
  'normativeDocument',
  'standard',
] as const

type Values = Body<'/api/v1/citations'>

/** A new citation, or what was found out about one: since when it is in force, what took its place, why it is doubtful. */
export function CitationForm({
  citation,
  onDone,
}: {
  readonly citation?: Citation
  readonly onDone: () => void
}) {
  const { t } = useTranslation('catalogue')
  const [form] = Form.useForm<Values>()
  const me = useMe().data
  const acting = me?.acting?.authorityId
  const isDoubtful = Form.useWatch('doubtful', form) ?? citation?.doubtful ?? false
  const save = useWrite<Values, unknown>(
    (values, headers) => {
      const body = bodyOf(values)
      if (!citation) return answerOf(api.POST('/api/v1/citations', { body, headers }))
      const { authorityId: _, ...edit } = body
      const path = { id: citation.id }
      return answerOf(
        api.PATCH('/api/v1/citations/{id}', {
          params: { path },
          body: edit,
          headers: ifMatch(citation.version),
        }),
      )
    },
    {
      changes: [['citations'], ['items'], ['pick', 'citations']],
      onDone,
      says: citation ? 'saved' : 'created',
    },
  )
  return (
    <EntryForm<Values>
      form={form}
      verb={t(citation ? 'save' : 'citations.new')}
      initial={citation ? valuesOf(citation) : { level: 'law', ...(acting ? { authorityId: acting } : {}) }}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={(values) => save.mutate(values)}
      onLeave={onDone}
    >
      {citation ? null : (
        <Field name="authorityId" label={t('citations.entered_by')}>
          <RemotePicker
            about={['authorities']}
            find={findAuthorities}
            shown={me?.grants.find(({ authorityId }) => authorityId === acting)?.authorityName}
          />
        </Field>
      )}
      <Field name="title" label={t('citations.name')} help={t('citations.title_help')} />
      <Field name="documentNumber" label={t('citations.number')} isOptional />
      <Field name="issuer" label={t('citations.issuer')} isOptional />
      <Field name="level" label={t('citations.level')}>
        <Select
          options={CITATION_LEVELS.map((value) => ({ value, label: t(`citations.levels.${value}`) }))}
        />
      </Field>
      <Field
        name="inForceFrom"
        label={t('citations.in_force_from')}
        help={t('citations.from_help')}
        isOptional
      >
        <DayInput />
      </Field>
      <Field name="inForceUntil" label={t('citations.in_force_until')} isOptional>
        <DayInput />
      </Field>
      <Field name="repealedById" label={t('citations.repealed_by')} isOptional>
        <RemotePicker
          about={['citations']}
          find={findCitations}
          shown={citation?.repealedBy?.title}
          isClearable
        />
      </Field>
      <Form.Item name="doubtful" valuePropName="checked">
        <Checkbox>{t('citations.doubtful')}</Checkbox>
      </Form.Item>
      {isDoubtful ? (
        <Field name="doubtNote" label={t('citations.doubt_note')}>
          <Input.TextArea rows={2} maxLength={500} />
        </Field>
      ) : null}
    </EntryForm>
  )
}

function bodyOf(values: Values): Values {
  const given = Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, value === '' || value === undefined ? null : value]),
  ) as unknown as Values
  const { doubtful, doubtNote, ...rest } = given
  return doubtful ? { ...rest, doubtful, doubtNote: doubtNote ?? null } : { ...rest, doubtful: false }
}

function valuesOf({ title, documentNumber, issuer, level, ...citation }: Citation): Partial<Values> {
  const { inForceFrom, inForceUntil, repealedBy, doubtful, doubtNote } = citation
  return {
    title,
    documentNumber,
    issuer,
    level,
    inForceFrom,
    inForceUntil,
    doubtful,
    doubtNote,
    repealedById: repealedBy?.id ?? null,
  }
}
