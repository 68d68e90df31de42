import { Button, Checkbox, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { findDivisions } from '../../agencies/queries.ts'
import { TagInput } from '../../registers/inspectors/tag-input.tsx'
import { findIndustries } from '../../registers/subjects/queries.ts'
import { useChoices } from '../../registers/subjects/words.ts'
import { Field } from '../../ui/form.tsx'
import { ManyInput } from '../many-input.tsx'
import { type PlanLine, useDivisionNames, useIndustryNames } from '../queries.ts'
import { CLASSES } from '../words.ts'
import { differsFrom, type TaskValues } from './values.ts'

/** Step 2: whom the task is about. What is left empty restricts nothing. `line`: what the plan says of it. */
export function ScopeFields({
  line,
  values,
}: {
  readonly line: PlanLine | undefined
  readonly values: TaskValues
}) {
  const { t } = useTranslation('tasks')
  const choices = useChoices()
  const { scope = {} } = values
  const divisionName = useDivisionNames(scope.divisions ?? [])
  const industryName = useIndustryNames(scope.industries ?? [])
  const rare = [scope.kinds, scope.licenceKinds, scope.pools, scope.tags].some(
    (list) => (list ?? []).length > 0,
  )
  const [isMore, setMore] = useState(rare)
  return (
    <fieldset>
      <legend>{t('task.form.s2')}</legend>
      <Field
        name={['scope', 'divisions']}
        label={t('task.form.divisions')}
        {...(line ? { help: t('task.form.scope_fixed') } : {})}
      >
        <ManyInput about="divisions" find={findDivisions} nameOf={divisionName} />
      </Field>
      <Field
        name={['scope', 'industries']}
        label={t('task.form.industries')}
        help={t('task.form.empty_means')}
        isOptional
      >
        <ManyInput
          about="industries"
          find={findIndustries}
          nameOf={(code) => `${code} ${industryName(code)}`}
        />
      </Field>
      <Field name={['scope', 'entityTypes']} label={t('task.form.types')} isOptional>
        <Select mode="multiple" options={[...choices.types]} />
      </Field>
      <Field name={['scope', 'classes']} label={t('task.form.class')} isOptional>
        <Checkbox.Group options={CLASSES.map((value) => ({ value, label: t(`task.classes.${value}`) }))} />
      </Field>
      {isMore ? (
        <>
          <Field name={['scope', 'kinds']} label={t('task.form.kinds')} isOptional>
            <Select mode="multiple" options={[...choices.kinds]} />
          </Field>
          <Field name={['scope', 'licenceKinds']} label={t('task.form.licences')} isOptional>
            <TagInput />
          </Field>
          <Field name={['scope', 'pools']} label={t('task.form.pools')} isOptional>
            <TagInput />
          </Field>
          <Field name={['scope', 'tags']} label={t('task.form.tags')} isOptional>
            <Select mode="tags" options={[...choices.tags]} />
          </Field>
        </>
      ) : (
        <Button type="link" onClick={() => setMore(true)}>
          {t('task.form.more')}
        </Button>
      )}
      {line && (differsFrom(line, values) || values.narrowedReason) ? (
        <Field
          name="narrowedReason"
          label={t('task.fields.narrowedReason')}
          help={t('task.form.narrowed_help')}
          isOptional={!differsFrom(line, values)}
        >
          <Input.TextArea rows={2} maxLength={1000} />
        </Field>
      ) : null}
      <Field name="waiveOwn" valuePropName="checked" label={t('task.fields.waived')} isOptional>
        <Checkbox>{t('task.form.waive', { what: t('task.exclusions.INSPECTED_THIS_YEAR') })}</Checkbox>
      </Field>
      {values.waiveOwn ? <Reason name="waiveOwnReason" /> : null}
      <Field name="waiveUpper" valuePropName="checked" label={t('task.fields.waived')} isOptional>
        <Checkbox>{t('task.form.waive', { what: t('task.exclusions.INSPECTED_BY_UPPER') })}</Checkbox>
      </Field>
      {values.waiveUpper ? <Reason name="waiveUpperReason" /> : null}
    </fieldset>
  )
}

function Reason({ name }: { readonly name: string }) {
  const { t } = useTranslation('tasks')
  return (
    <Field name={name} label={t('task.form.waive_reason')}>
      <Input maxLength={500} autoComplete="off" />
    </Field>
  )
}
