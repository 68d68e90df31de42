// Who takes part in a line, each with the items of its own.

import { DeleteOutlined } from '@ant-design/icons'
import { Button, Form, type FormInstance, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { ItemsPicker, PartPicker } from '../registers/catalogue/part-pickers.tsx'
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
  const { t: ui } = useTranslation()
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
      <Form.List name="others">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="part-line">
                <Form.Item
                  name={[name, 'authorityId']}
                  rules={[{ required: true, message: ui('ui.form.missing', { label: t('lines.part') }) }]}
                >
                  <PartPicker known={line?.parts ?? []} label={t('lines.part')} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('lines.remove_part')}
                  title={t('lines.remove_part')}
                  onClick={() => remove(name)}
                />
                <Form.Item name={[name, 'itemIds']} className="phrase">
                  <ItemsPicker
                    authority={others?.[name]?.authorityId}
                    known={line?.parts ?? []}
                    label={t('lines.part_items')}
                  />
                </Form.Item>
              </div>
            ))}
            <Button onClick={() => add({})}>{t('lines.add_part')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}
