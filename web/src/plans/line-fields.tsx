// The fields of a line, group by group, in the order in which an office fills its table.

import { Checkbox, Form, type FormInstance, Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FIELDS, LEVELS, TIERS } from '../registers/catalogue/words.ts'
import { useChoices } from '../registers/subjects/words.ts'
import { DayInput } from '../ui/day-input.tsx'
import { Field } from '../ui/form.tsx'
import type { LineValues } from './line-values.ts'
import type { Plan } from './queries.ts'
import { CLASSES, useLineCodes } from './words.tsx'

/** What the task is called, and of which kind it is. */
export function TaskFields({ plan }: { readonly plan: Plan }) {
  const { t } = useTranslation('plans')
  return (
    <>
      <Field name="taskName" label={t('lines.task_name')}>
        <Input maxLength={200} autoComplete="off" />
      </Field>
      <div className="pair">
        <Field name="drawType" label={t('lines.draw_type')}>
          <Select
            options={(['UNTARGETED', 'TARGETED'] as const).map((value) => ({
              value,
              label: t(`draw_types.${value}`),
            }))}
          />
        </Field>
        <Field name="tier" label={t('lines.tier')}>
          <Select options={TIERS.map((value) => ({ value, label: t(`tiers.${value}`) }))} />
        </Field>
      </div>
      {plan.field === 'all' ? (
        <Field name="field" label={t('field')}>
          <Select options={FIELDS.map((value) => ({ value, label: t(`fields.${value}`) }))} />
        </Field>
      ) : (
        <Form.Item name="field" hidden noStyle>
          <Input />
        </Form.Item>
      )}
    </>
  )
}

/** Whom it is about: in words, and as the register tells them apart. */
export function ScopeFields() {
  const { t } = useTranslation('plans')
  const choices = useChoices()
  const tags = {
    mode: 'tags' as const,
    open: false,
    suffixIcon: null,
    tokenSeparators: ['、', '，', ',', ' '],
  }
  return (
    <>
      <Field name="object" label={t('lines.object')} help={t('lines.object_help')}>
        <Input.TextArea rows={2} maxLength={1000} />
      </Field>
      <Field
        name={['scope', 'industries']}
        label={t('scope.industries')}
        help={t('scope.industries_help')}
        isOptional
      >
        <Select {...tags} />
      </Field>
      <Field name={['scope', 'classes']} label={t('scope.class')} help={t('scope.class_help')} isOptional>
        <Select mode="multiple" options={CLASSES.map((value) => ({ value, label: t(`classes.${value}`) }))} />
      </Field>
      <Form.Item name={['scope', 'register']} hidden noStyle>
        <Input />
      </Form.Item>
      <details className="more">
        <summary>{t('scope.more')}</summary>
        <Field name={['scope', 'divisions']} label={t('scope.divisions')} help={t('scope.divisions_help')}>
          <Select {...tags} />
        </Field>
        <Form.Item name="crossRegion" valuePropName="checked">
          <Checkbox>{t('lines.cross_region')}</Checkbox>
        </Form.Item>
        <Field name={['scope', 'kinds']} label={t('scope.kinds')} isOptional>
          <Select mode="multiple" options={choices.kinds} optionFilterProp="label" />
        </Field>
        <Field name={['scope', 'entityTypes']} label={t('scope.entity_types')} isOptional>
          <Select mode="multiple" options={choices.types} optionFilterProp="label" />
        </Field>
        <Field name={['scope', 'tags']} label={t('scope.tags')} isOptional>
          <Select mode="multiple" options={choices.tags} optionFilterProp="label" />
        </Field>
        <Field name={['scope', 'pools']} label={t('scope.pools')} isOptional>
          <Select {...tags} />
        </Field>
        <Field name={['scope', 'licenceKinds']} label={t('scope.licence_kinds')} isOptional>
          <Select {...tags} />
        </Field>
      </details>
    </>
  )
}

/** How many: a share or a number, by class where risk differs, or everybody by batches. */
export function AmountFields({ form }: { readonly form: FormInstance<LineValues> }) {
  const { t } = useTranslation('plans')
  const isFull = (Form.useWatch('fullCoverage', form) as boolean | undefined) ?? false
  const percentInput = <InputNumber min={0.01} max={100} step={0.5} precision={2} suffix="%" />
  return (
    <fieldset className="bases-input">
      <legend>{t('lines.amount')}</legend>
      <Form.Item name="fullCoverage" valuePropName="checked">
        <Checkbox>{t('amount.full')}</Checkbox>
      </Form.Item>
      <div className="pair">
        <Field name="percent" label={t('amount.ratio')} isOptional>
          {percentInput}
        </Field>
        <Field name="quantity" label={t('amount.quantity')} isOptional>
          <InputNumber min={1} max={1_000_000} precision={0} />
        </Field>
      </div>
      <p className="fine help">{t('amount.help')}</p>
      {isFull ? (
        <Field name="batches" label={t('amount.batches_label')} isOptional>
          <InputNumber min={1} max={366} precision={0} />
        </Field>
      ) : null}
      <Field name="draws" label={t('amount.draws_label')} help={t('amount.draws_help')} isOptional>
        <InputNumber min={1} max={366} precision={0} />
      </Field>
      <div className="pair">
        <Field name="frequencyLeast" label={t('amount.least_label')} isOptional>
          <InputNumber min={0} max={366} precision={0} />
        </Field>
        <Field name="frequencyMost" label={t('amount.most_label')} isOptional>
          <InputNumber min={1} max={366} precision={0} />
        </Field>
      </div>
      <details className="more">
        <summary>{t('amount.by_class')}</summary>
        {CLASSES.map((each) => (
          <Field key={each} name={['percents', each]} label={t(`classes.${each}`)} isOptional>
            <InputNumber min={0} max={100} step={0.5} precision={2} suffix="%" />
          </Field>
        ))}
      </details>
    </fieldset>
  )
}

/** When, and on which level drawn and inspected. */
export function PeriodFields() {
  const { t } = useTranslation('plans')
  const { methods } = useLineCodes()
  const levels = LEVELS.map((value) => ({ value, label: t(`levels.${value}`) }))
  return (
    <>
      <div className="pair">
        <Field name="startsOn" label={t('lines.starts_on')}>
          <DayInput isClearable={false} />
        </Field>
        <Field name="endsOn" label={t('lines.ends_on')}>
          <DayInput isClearable={false} />
        </Field>
      </div>
      <Field name="methods" label={t('lines.methods')} isOptional>
        <Select mode="multiple" options={[...methods.choices]} optionFilterProp="label" />
      </Field>
      <div className="pair">
        <Field name="drawLevel" label={t('lines.draw_level')}>
          <Select options={levels} />
        </Field>
        <Field name="inspectLevel" label={t('lines.inspect_level')}>
          <Select options={levels} />
        </Field>
      </div>
    </>
  )
}

/** What most lines leave unsaid. Folded. */
export function MoreFields() {
  const { t } = useTranslation('plans')
  const plain = [
    ['code', 60],
    ['guidedBy', 200],
    ['unit', 100],
  ] as const
  const long = [
    ['content', 4000],
    ['requirement', 1000],
    ['remark', 1000],
  ] as const
  return (
    <details className="more">
      <summary>{t('lines.more')}</summary>
      {plain.map(([name, maxLength]) => (
        <Field key={name} name={name} label={t(`lines.${WORDS[name]}`)} isOptional>
          <Input maxLength={maxLength} autoComplete="off" />
        </Field>
      ))}
      {long.map(([name, maxLength]) => (
        <Field key={name} name={name} label={t(`lines.${WORDS[name]}`)} isOptional>
          <Input.TextArea rows={2} maxLength={maxLength} />
        </Field>
      ))}
    </details>
  )
}

const WORDS = {
  code: 'code',
  guidedBy: 'guided_by',
  unit: 'unit',
  content: 'content',
  requirement: 'requirement',
  remark: 'remark',
} as const
