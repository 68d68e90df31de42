import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { findTags, type TagKind } from './queries.ts'

interface TagInputProps {
  readonly id?: string
  readonly value?: string[]
  readonly onChange?: (words: string[]) => void
  /** Which words in use are offered; none where not given. */
  readonly kind?: TagKind
  readonly 'aria-describedby'?: string
}

/** Short free words, with those that are in use offered. */
export function TagInput({ kind, value = [], onChange, ...rest }: TagInputProps) {
  const [text, setText] = useState('')
  const q = useDeferredValue(text.trim())
  const found = useQuery({
    queryKey: ['pick', 'tags', kind, q],
    queryFn: () => (kind === undefined ? [] : findTags(kind, q)),
    staleTime: 30_000,
  })
  return (
    <Select<string[]>
      {...rest}
      mode="tags"
      value={value}
      options={[...(found.data ?? [])]}
      tokenSeparators={['，', ',', '、', '；', ';']}
      suffixIcon={null}
      showSearch={{ filterOption: false, onSearch: setText }}
      onChange={(words) => {
        setText('')
        onChange?.([...new Set(words.map((word) => word.trim()).filter((word) => word !== ''))])
      }}
    />
  )
}
