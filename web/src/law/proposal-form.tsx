import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useDivision } from '../agencies/queries.ts'
import { answerOf, api, type Body } from '../api.ts'
import { DayInput } from '../ui/day-input.tsx'
import { EntryForm, Field } from '../ui/form.tsx'
import { useWrite } from '../use-write.ts'
import type { ParameterHistory } from './queries.ts'
import { ValueInput } from './value-input.tsx'

type Values = Body<'/api/v1/law/entries'>

const KINDS = ['default', 'floor', 'cap', 'binding'] as const

interface ProposalFormProps {
  readonly parameter: Pick<ParameterHistory, 'key' | 'label' | 'unit' | 'list' | 'inForce'>
  readonly division: string
  readonly onDone: () => void
}

/** A new dated value with its source; a second person decides. What is in force is never edited. */
export function ProposalForm({ parameter, division, onDone }: ProposalFormProps) {
  const { t } = useTranslation('law')
  const known = useDivision(division)
  const propose = useWrite(
    (values: Omit<Values, 'division' | 'parameter'>, headers) =>
      answerOf(api.POST('/api/v1/law/entries', { body: bodyOf(values, division, parameter.key), headers })),
    { changes: [['law'], ['todo'], ['started']], onDone, says: 'proposed' },
  )
  return (
    <EntryForm<Omit<Values, 'division' | 'parameter'>>
      verb={t('propose')}
      initial={{ kind: parameter.inForce?.kind ?? 'default' }}
      isBusy={propose.isPending}
      error={propose.error}
      onSubmit={(values) => propose.mutate(values)}
      onLeave={onDone}
    >
      <p className="form-lead">{t('propose_what', { division: known.data?.name ?? division })}</p>
      <Field name="value" label={t('value')} help={t(`value_help.${parameter.unit}`)}>
        <ValueInput unit={parameter.unit} list={parameter.list} />
      </Field>
      <Field name="kind" label={t('kind')}>
        <Select options={KINDS.map((kind) => ({ value: kind, label: t(`kind_explained.${kind}`) }))} />
      </Field>
      <Field name="from" label={t('from')}>
        <DayInput />
      </Field>
      <Field name="until" label={t('until')} help={t('until_help')} isOptional>
        <DayInput />
      </Field>
      <Field name={['source', 'document']} label={t('document')} help={t('document_help')} />
      <Field name={['source', 'article']} label={t('article')} isOptional />
      <Field name={['source', 'phrase']} label={t('phrase')} help={t('phrase_help')}>
        <Input.TextArea rows={4} maxLength={1000} showCount />
      </Field>
    </EntryForm>
  )
}

/** Fields that were left empty are not sent. */
function bodyOf(
  { until, source, ...values }: Omit<Values, 'division' | 'parameter'>,
  division: string,
  parameter: string,
): Values {
  const { article, ...cited } = source
  return {
    ...values,
    division,
    parameter,
    ...(until ? { until } : {}),
    source: { ...cited, ...(article ? { article } : {}) },
  }
}
