import { Input, InputNumber, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../ui/format.ts'
import { type Unit, useCodeLists, type Value } from './queries.ts'

interface ValueInputProps {
  readonly unit: Unit
  readonly list: string | null
  readonly id?: string
  readonly value?: Value
  readonly onChange?: (value: Value | undefined) => void
}

/** The input that fits how a parameter is measured. Ratios are typed in per cent and kept in basis points. */
export function ValueInput({ unit, list, id, value, onChange }: ValueInputProps) {
  const { t } = useTranslation('law')
  const { lang } = useFormat()
  const lists = useCodeLists()
  const codes = (lists.data?.items.find((each) => each.id === list)?.codes ?? []).map(({ code, label }) => ({
    value: code,
    label: label[lang],
  }))
  const named = id === undefined ? {} : { id }
  const change = (next: Value | null | undefined) => onChange?.(next ?? undefined)
  switch (unit) {
    case 'working_day':
    case 'year':
    case 'person':
    case 'authority':
    case 'time':
      return (
        <InputNumber<number>
          {...named}
          value={typeof value === 'number' ? value : null}
          min={0}
          precision={0}
          suffix={t(`unit_names.${unit}`)}
          onChange={change}
        />
      )
    case 'ratio':
      return (
        <InputNumber<number>
          {...named}
          value={typeof value === 'number' ? value / 100 : null}
          min={0}
          max={100}
          precision={2}
          suffix="%"
          onChange={(percent) => change(percent === null ? undefined : Math.round(percent * 100))}
        />
      )
    case 'boolean':
      return (
        <Select<string>
          {...named}
          {...(typeof value === 'boolean' ? { value: String(value) } : {})}
          options={[
            { value: 'true', label: t('yes') },
            { value: 'false', label: t('no') },
          ]}
          onChange={(next) => change(next === 'true')}
        />
      )
    case 'code':
      return (
        <Select<string>
          {...named}
          {...(typeof value === 'string' ? { value } : {})}
          options={codes}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={change}
        />
      )
    case 'codes':
      return (
        <Select<string[]>
          {...named}
          mode="multiple"
          value={Array.isArray(value) ? [...value] : []}
          options={codes}
          showSearch={{ optionFilterProp: 'label' }}
          onChange={change}
        />
      )
    case 'month_days':
      return (
        <Select<string[]>
          {...named}
          mode="tags"
          value={Array.isArray(value) ? [...value] : []}
          tokenSeparators={[',', '，', ' ']}
          onChange={change}
        />
      )
    case 'month_day':
    case 'text':
      return (
        <Input
          {...named}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => change(event.target.value)}
        />
      )
  }
}
