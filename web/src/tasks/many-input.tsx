import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import type { Choice } from '../ui/remote-picker.tsx'

interface ManyInputProps {
  readonly id?: string
  readonly value?: string[]
  readonly onChange?: (values: string[]) => void
  readonly find: (q: string) => Promise<readonly Choice[]>
  /** Names the question, so that answers are kept apart. */
  readonly about?: string
  readonly isDisabled?: boolean
  /** What values are called that the list does not hold. */
  readonly nameOf?: (value: string) => string
  readonly placeholder?: string
  readonly 'aria-describedby'?: string
}

/** Several of many that the server finds by a few letters. */
export function ManyInput({
  find,
  about = 'authorities',
  isDisabled = false,
  nameOf,
  value = [],
  onChange,
  ...rest
}: ManyInputProps) {
  const [text, setText] = useState('')
  const [known, setKnown] = useState<readonly Choice[]>([])
  const q = useDeferredValue(text.trim())
  const found = useQuery({ queryKey: ['pick', about, q], queryFn: () => find(q), staleTime: 30_000 })
  const first = useQuery({ queryKey: ['pick', about, ''], queryFn: () => find(''), staleTime: 30_000 })
  const chosen = nameOf ? value.map((one) => ({ value: one, label: nameOf(one) })) : []
  const offered = [...chosen, ...(found.data ?? []), ...known, ...(first.data ?? [])]
  const options = offered.filter((each, at) => offered.findIndex((one) => one.value === each.value) === at)
  return (
    <Select<string[], Choice>
      {...rest}
      mode="multiple"
      disabled={isDisabled}
      value={value}
      options={options}
      showSearch={{ filterOption: false, onSearch: setText }}
      onChange={(values, choices) => {
        setKnown(Array.isArray(choices) ? choices : [])
        setText('')
        onChange?.(values)
      }}
    />
  )
}
