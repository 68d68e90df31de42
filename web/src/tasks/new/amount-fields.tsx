import { InputNumber, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/form.tsx'
import { CLASSES, STRATA } from '../words.ts'
import type { TaskValues } from './values.ts'

const KINDS = ['ratio', 'total', 'coverage'] as const

/** Step 3: how many. The law's floor and the items' caps are said beside the form at once. */
export function AmountFields({ values }: { readonly values: TaskValues }) {
  const { t } = useTranslation('tasks')
  const { designKind, strataBy } = values
  return (
    <fieldset>
      <legend>{t('task.form.s3')}</legend>
      <Field name="designKind" label={t('task.form.design_kind')}>
        <Radio.Group options={KINDS.map((value) => ({ value, label: t(`task.form.kind_${value}`) }))} />
      </Field>
      <Field name="strataBy" label={t('task.fields.strataBy')}>
        <Select options={STRATA.map((value) => ({ value, label: t(`task.strata.${value}`) }))} />
      </Field>
      {designKind === 'ratio' ? (
        <Field name="ratio" label={t('task.form.ratio')}>
          <InputNumber min={0.01} max={100} step={1} />
        </Field>
      ) : null}
      {designKind === 'ratio' && strataBy !== 'whole' ? (
        <>
          <p className="fine">{`${t('task.form.by_class')}：${t('task.form.by_class_help')}`}</p>
          <div className="class-ratios">
            {CLASSES.map((letter) => (
              <Field key={letter} name={['byClass', letter]} label={t(`task.classes.${letter}`)} isOptional>
                <InputNumber min={0.01} max={100} step={1} />
              </Field>
            ))}
          </div>
        </>
      ) : null}
      {designKind === 'total' ? (
        <Field name="n" label={t('task.form.n')}>
          <InputNumber min={1} precision={0} />
        </Field>
      ) : null}
      {designKind === 'coverage' ? (
        <Field name="batches" label={t('task.form.batches')}>
          <InputNumber min={1} max={52} precision={0} />
        </Field>
      ) : null}
    </fieldset>
  )
}
