import { DatePicker } from 'antd'
import dayjs from 'dayjs'
import { useFormat } from './format.ts'

interface DayInputProps {
  readonly id?: string
  readonly value?: string | undefined
  readonly onChange?: (day: string | undefined) => void
  readonly label?: string
  readonly isClearable?: boolean
  readonly placeholder?: string
}

/** A calendar day, kept as `2026-11-21` and shown as people here write it. */
export function DayInput({ id, value, onChange, label, placeholder, isClearable = true }: DayInputProps) {
  const { lang } = useFormat()
  return (
    <DatePicker
      {...(id === undefined ? {} : { id })}
      {...(label === undefined ? {} : { 'aria-label': label })}
      {...(placeholder === undefined ? {} : { placeholder })}
      className="day"
      value={value ? dayjs(value) : null}
      allowClear={isClearable}
      format={[lang === 'zh-CN' ? 'YYYY年M月D日' : 'D MMM YYYY', 'YYYY-MM-DD', 'YYYYMMDD']}
      onChange={(day) => onChange?.(day ? day.format('YYYY-MM-DD') : undefined)}
    />
  )
}
