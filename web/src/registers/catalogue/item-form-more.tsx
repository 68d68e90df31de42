import { Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { Field } from '../../ui/form.tsx'
import { useCodes } from './words.ts'

const CRITERIA = ['industries', 'entityTypes', 'kinds', 'licenceKinds', 'pools', 'tags'] as const

/** What most items leave as it is: who may inspect, to which subjects it applies, a note. Folded. */
export function MoreOfItem() {
  const { t } = useTranslation('catalogue')
  const categories = useCodes('inspector-categories')
  return (
    <details className="more">
      <summary>{t('form.more')}</summary>
      <Field name="inspectorCategories" label={t('items.inspector_categories')} isOptional>
        <Select mode="multiple" options={[...categories.choices]} optionFilterProp="label" />
      </Field>
      <Field
        name="inspectorQualifications"
        label={t('items.inspector_qualifications')}
        help={t('form.tags_help')}
        isOptional
      >
        <Select mode="tags" open={false} suffixIcon={null} />
      </Field>
      {CRITERIA.map((each) => (
        <Field key={each} name={['appliesTo', each]} label={t(`items.applies.${each}`)} isOptional>
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', '，', ',', ' ']} />
        </Field>
      ))}
      <Field name="note" label={t('items.note')} isOptional>
        <Input.TextArea rows={1} maxLength={1000} />
      </Field>
    </details>
  )
}
