import { Checkbox, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useCodes } from '../../registers/catalogue/words.ts'
import { DayInput } from '../../ui/day-input.tsx'
import { Field } from '../../ui/form.tsx'
import { LEVELS } from '../words.ts'
import { MatchingFields } from './part-fields.tsx'
import type { TaskValues } from './values.ts'

/** Step 5: when, how, at which levels, and what becomes of the list of who is drawn. */
export function WhenFields({ isFixed, values }: { readonly isFixed: boolean; readonly values: TaskValues }) {
  const { t } = useTranslation('tasks')
  const methods = useCodes('inspection-methods')
  const caps = useCodes('frequency-exemptions')
  const fixed = isFixed ? { help: t('task.form.fixed') } : {}
  const levels = LEVELS.map((value) => ({ value, label: t(`task.levels.${value}`) }))
  return (
    <fieldset>
      <legend>{t('task.form.s5')}</legend>
      <Field name="startsOn" label={t('task.fields.startsOn')}>
        <DayInput isClearable={false} />
      </Field>
      <Field name="endsOn" label={t('task.fields.endsOn')}>
        <DayInput isClearable={false} />
      </Field>
      <Field name="methods" label={t('task.fields.methods')}>
        <Select mode="multiple" options={[...methods.choices]} />
      </Field>
      <Field name="drawType" label={t('task.fields.drawType')} {...fixed}>
        <Radio.Group
          disabled={isFixed}
          options={(['UNTARGETED', 'TARGETED'] as const).map((value) => ({
            value,
            label: t(`task.draw_types.${value}`),
          }))}
        />
      </Field>
      <Field name="drawLevel" label={t('task.fields.drawLevel')}>
        <Select disabled={isFixed} options={levels} />
      </Field>
      <Field name="inspectLevel" label={t('task.fields.inspectLevel')}>
        <Select disabled={isFixed} options={levels} />
      </Field>
      <MatchingFields values={values} />
      <Field
        name="drawnListPublished"
        label={t('task.fields.drawnListPublished')}
        help={t('task.form.list_help')}
      >
        <Radio.Group
          options={[
            { value: true, label: t('task.published_yes') },
            { value: false, label: t('task.published_no') },
          ]}
        />
      </Field>
      <Field
        name="crossRegion"
        valuePropName="checked"
        label={t('task.fields.crossRegion')}
        help={t('task.form.cross_help')}
        isOptional
      >
        <Checkbox disabled={isFixed}>{t('task.fields.crossRegion')}</Checkbox>
      </Field>
      <Field name="capGround" label={t('task.fields.capGround')} help={t('task.form.cap_help')} isOptional>
        <Select allowClear options={[...caps.choices]} />
      </Field>
      {values.capGround ? (
        <Field name="capNote" label={t('task.fields.capNote')}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Field>
      ) : null}
    </fieldset>
  )
}
