import { InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import { TagInput } from '../../registers/inspectors/tag-input.tsx'
import { Field } from '../../ui/form.tsx'

/** How many inspectors an authority sends to each subject, and what they must be able to do. */
export function SentFields() {
  const { t } = useTranslation('tasks')
  return (
    <>
      <Field name="members" label={t('consultation.members')} help={t('consultation.members_help')}>
        <InputNumber min={1} max={20} precision={0} />
      </Field>
      <Field
        name="classes"
        label={t('consultation.classes')}
        help={t('consultation.classes_help')}
        isOptional
      >
        <TagInput kind="specialism" />
      </Field>
    </>
  )
}
