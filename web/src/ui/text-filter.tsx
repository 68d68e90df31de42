import { Input } from 'antd'
import { useTranslation } from 'react-i18next'

interface TextFilterProps {
  readonly label: string
  readonly value: string | undefined
  readonly onChange: (value: string) => void
  readonly placeholder?: string
}

/** A filter by text: Enter or leaving the field applies it. */
export function TextFilter({ label, value, onChange, placeholder }: TextFilterProps) {
  const { t } = useTranslation()
  const apply = (text: string) => {
    if (text.trim() !== (value ?? '')) onChange(text.trim())
  }
  return (
    <label>
      {label}
      <Input.Search
        key={value ?? ''}
        defaultValue={value}
        placeholder={placeholder}
        allowClear
        aria-label={label}
        enterButton={false}
        title={t('shell.search')}
        onSearch={apply}
        onBlur={(event) => apply(event.target.value)}
      />
    </label>
  )
}
