import { Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { DayInput } from '../../ui/day-input.tsx'
import { Field } from '../../ui/form.tsx'

/** The fields that say nothing of whether somebody can be drawn: they are changed at once. */
export function PlainFields({ telephone }: { readonly telephone?: string | null | undefined }) {
  const { t } = useTranslation('subjects')
  const kept = telephone ? t('form.telephone_kept', { masked: telephone }) : ''
  return (
    <>
      <Field name="registeredType" label={t('fields.registeredType')} isOptional />
      <Field name="legalRepresentative" label={t('fields.legalRepresentative')} isOptional />
      <Field name="registeredAddress" label={t('fields.registeredAddress')} isOptional />
      <Field
        name="telephone"
        label={t('fields.telephone')}
        help={`${kept}${t('form.telephone_help')}`}
        isOptional
      >
        <Input inputMode="tel" autoComplete="off" maxLength={30} />
      </Field>
      <Field name="establishedOn" label={t('fields.establishedOn')} isOptional>
        <DayInput />
      </Field>
      <Field name="registeredCapital" label={t('fields.registeredCapital')} isOptional />
      <Field name="station" label={t('fields.station')} isOptional />
      <Field name="businessScope" label={t('fields.businessScope')} isOptional>
        <Input.TextArea rows={4} maxLength={20_000} />
      </Field>
    </>
  )
}
