import { Form, Input, Space } from 'antd'
import { useTranslation } from 'react-i18next'
import { DayInput } from '../../ui/day-input.tsx'

interface MomentInputProps {
  readonly id: string
  readonly label: string
  readonly hint?: string
  /** `2026-11-21T09:30`, in China's time. */
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A day and a time of day, as people here say them: China has one time. */
export function MomentInput({ id, label, hint, value, onChange }: MomentInputProps) {
  const { t } = useTranslation('draws')
  const [day = '', time = ''] = value.split('T')
  return (
    <Form.Item label={label} htmlFor={id} {...(hint === undefined ? {} : { extra: hint })}>
      <Space>
        <DayInput
          id={id}
          label={t('freeze.day', { what: label })}
          value={day}
          isClearable={false}
          onChange={(next) => next && onChange(`${next}T${time}`)}
        />
        <Input
          type="time"
          value={time}
          aria-label={t('freeze.time', { what: label })}
          onChange={(event) => onChange(`${day}T${event.target.value}`)}
        />
      </Space>
    </Form.Item>
  )
}
