import { Select } from 'antd'
import type { Choice } from './remote-picker.tsx'

interface ChoiceFilterProps {
  readonly label: string
  readonly value: string | undefined
  readonly choices: readonly Choice[]
  readonly onChange: (value: string | undefined) => void
}

/** A filter by one of a few. */
export function ChoiceFilter({ label, value, choices, onChange }: ChoiceFilterProps) {
  return (
    <label>
      {label}
      <Select
        aria-label={label}
        className="choice"
        value={value ?? ''}
        options={[...choices]}
        onChange={(next) => onChange(next || undefined)}
      />
    </label>
  )
}
