// Who takes part in what is done jointly, and with which items: of joint items, and of the lines of plans.

import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
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
