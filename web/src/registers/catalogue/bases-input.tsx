import { DeleteOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { citationLabel, findCitations, type Item } from './queries.ts'

/** The legal basis: instruments from the register of citations, each with its article. */
export function BasesInput({ bases }: { readonly bases: Item['bases'] }) {
  const { t } = useTranslation('catalogue')
  const { t: ui } = useTranslation()
  return (
    <fieldset className="bases-input">
      <legend>{t('items.bases')}</legend>
      <p className="fine help">{t('form.bases_help')}</p>
      <p className="fine">
        <Link to="/registers/citations" target="_blank">
          {t('form.new_citation')}
        </Link>
      </p>
      <Form.List name="bases">
        {(rows, { add, remove }) => (
          <>
            {rows.map(({ key, name }) => (
              <div key={key} className="basis-line">
                <Form.Item
                  name={[name, 'citationId']}
                  rules={[{ required: true, message: ui('ui.form.missing', { label: t('form.citation') }) }]}
                >
                  <BasisPicker bases={bases} label={t('form.citation')} />
                </Form.Item>
                <Form.Item name={[name, 'article']}>
                  <Input placeholder={t('form.article')} aria-label={t('form.article')} maxLength={300} />
                </Form.Item>
                <Button
                  type="text"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('form.remove')}
                  title={t('form.remove')}
                  onClick={() => remove(name)}
                />
                <Form.Item name={[name, 'phrase']} className="phrase">
                  <Input.TextArea
                    rows={1}
                    placeholder={t('form.phrase')}
                    aria-label={t('form.phrase')}
                    maxLength={2000}
                  />
                </Form.Item>
              </div>
            ))}
            <Button onClick={() => add({})}>{t('form.add_basis')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  )
}

function BasisPicker({
  bases,
  label,
  ...picker
}: {
  readonly bases: Item['bases']
  readonly label: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (value: string | undefined) => void
}) {
  const known = bases.find(({ citationId }) => citationId === picker.value)
  return (
    <RemotePicker
      {...picker}
      label={label}
      about={['citations']}
      find={findCitations}
      shown={known && citationLabel(known)}
      placeholder={label}
    />
  )
}
