// Who takes part in what is done jointly, and with which items: of joint items, and of the lines of plans.

import { DeleteOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Button, Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { findAuthorities } from '../../agencies/queries.ts'
import { RemotePicker } from '../../ui/remote-picker.tsx'
import { findItems, itemLabel } from './queries.ts'

/** An authority with its items, as they stand: what is chosen has a name also where the lists do not hold it. */
export interface KnownPart {
  readonly authorityId: string
  readonly authorityName: string
  readonly items: readonly {
    readonly id: string
    readonly code: string
    readonly name: string
    readonly subItem?: string | null
  }[]
}

interface PickerProps<Value> {
  readonly known: readonly KnownPart[]
  readonly label: string
  readonly id?: string
  readonly value?: Value
  readonly onChange?: (value: Value | undefined) => void
}

/** An authority that takes part. */
export function PartPicker({ known, label, ...picker }: PickerProps<string>) {
  const shown = known.find(({ authorityId }) => authorityId === picker.value)?.authorityName
  return (
    <RemotePicker
      {...picker}
      label={label}
      placeholder={label}
      about={['authorities']}
      find={findAuthorities}
      shown={shown}
    />
  )
}

/** Items in force of one authority. */
export function ItemsPicker({
  authority,
  known,
  label,
  ...picker
}: PickerProps<string[]> & { readonly authority: string | undefined }) {
  const found = useQuery({
    queryKey: ['pick', 'items', authority],
    enabled: authority !== undefined,
    queryFn: () => findItems('', authority ?? ''),
    staleTime: 30_000,
  })
  const own = known.find(({ authorityId }) => authorityId === authority)?.items ?? []
  const options = [
    ...(found.data ?? []),
    ...own
      .filter(({ id }) => !found.data?.some(({ value }) => value === id))
      .map((item) => ({ value: item.id, label: itemLabel({ subItem: null, ...item }) })),
  ]
  return (
    <Select
      {...picker}
      mode="multiple"
      aria-label={label}
      placeholder={label}
      optionFilterProp="label"
      disabled={authority === undefined}
      loading={found.isFetching}
      options={options}
    />
  )
}

/** The others that take part, each with items of its own: the rows `others` of a form. */
export function OtherParts({
  others,
  known,
  words,
}: {
  /** As they stand in the form. */
  readonly others: readonly { readonly authorityId?: string }[] | undefined
  readonly known: readonly KnownPart[]
  readonly words: {
    readonly part: string
    readonly items: string
    readonly add: string
    readonly remove: string
  }
}) {
  const { t } = useTranslation()
  return (
    <Form.List name="others">
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className="part-line">
              <Form.Item
                name={[name, 'authorityId']}
                rules={[{ required: true, message: t('ui.form.missing', { label: words.part }) }]}
              >
                <PartPicker known={known} label={words.part} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined aria-hidden />}
                aria-label={words.remove}
                title={words.remove}
                onClick={() => remove(name)}
              />
              <Form.Item name={[name, 'itemIds']} className="phrase">
                <ItemsPicker authority={others?.[name]?.authorityId} known={known} label={words.items} />
              </Form.Item>
            </div>
          ))}
          <Button onClick={() => add({})}>{words.add}</Button>
        </>
      )}
    </Form.List>
  )
}
