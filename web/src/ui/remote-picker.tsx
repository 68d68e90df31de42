import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { useDeferredValue, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface Choice {
  readonly value: string
  readonly label: string
}

interface RemotePickerProps {
  readonly id?: string
  readonly value?: string | undefined
  readonly onChange?: (value: string | undefined) => void
  /** Names the question, so that answers are kept apart. */
  readonly about: readonly unknown[]
  readonly find: (q: string) => Promise<readonly Choice[]>
  /** What the chosen value is called, where the list does not hold it. */
  readonly shown?: string | undefined
  readonly placeholder?: string
  readonly label?: string
  readonly isClearable?: boolean
  readonly 'aria-describedby'?: string
}

/** Chooses one of many that the server finds by a few letters. */
export function RemotePicker({
  about,
  find,
  shown,
  isClearable = false,
  label,
  value,
  onChange,
  ...rest
}: RemotePickerProps) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<Choice | undefined>()
  const q = useDeferredValue(text.trim())
  const found = useQuery({ queryKey: ['pick', ...about, q], queryFn: () => find(q), staleTime: 30_000 })
  const options = withChosen(
    found.data ?? [],
    chosen?.value === value ? chosen : value && shown ? { value, label: shown } : undefined,
  )
  return (
    <Select<string, Choice>
      {...rest}
      {...(value === undefined ? {} : { value })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      className="picker"
      allowClear={isClearable}
      placeholder={rest.placeholder ?? t('ui.form.pick')}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? t('ui.loading') : t('ui.none')}
      options={[...options]}
      onChange={(next, choice) => {
        setChosen(Array.isArray(choice) ? choice[0] : choice)
        onChange?.(next)
      }}
    />
  )
}

function withChosen(options: readonly Choice[], chosen: Choice | undefined): readonly Choice[] {
  return chosen && !options.some(({ value }) => value === chosen.value) ? [chosen, ...options] : options
}
