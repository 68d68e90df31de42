// Who takes part in a line, each with the items of its own.

import { Form, type FormInstance, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ItemsPicker, OtherParts } from '../registers/catalogue/part-pickers.tsx'
import { Field } from '../ui/form.tsx'
import type { LineValues } from './line-values.ts'
import type { Line } from './queries.ts'
import { useLineCodes } from './words.tsx'

/** The lead's items, then the others with theirs; a mode as soon as there are others. */
export function PartFields({
  form,
  lead,
  line,
}: {
  readonly form: FormInstance<LineValues>
  readonly lead: string
  readonly line: Line | undefined
}) {
  const { t } = useTranslation('plans')
  const { modes } = useLineCodes()
  const others = Form.useWatch('others', form) as LineValues['others'] | undefined
  return (
    <fieldset className="bases-input">
      <legend>{t('lines.parts')}</legend>
      <Field name="leadItems" label={t('lines.lead_items')} isOptional>
        <ItemsPicker authority={lead} known={line?.parts ?? []} label={t('lines.lead_items')} />
      </Field>
      {(others?.length ?? 0) > 0 ? (
        <Field name="mode" label={t('lines.mode')}>
          <Select options={[...modes.choices]} />
        </Field>
      ) : null}
      <OtherParts
        others={others}
        known={line?.parts ?? []}
        words={{
          part: t('lines.part'),
          items: t('lines.part_items'),
          add: t('lines.add_part'),
          remove: t('lines.remove_part'),
        }}
      />
    </fieldset>
  )
}
