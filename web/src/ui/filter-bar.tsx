import { FilterOutlined } from '@ant-design/icons'
import { Button, Grid } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filtersOf, useListSearch } from './list-search.ts'

interface FilterBarProps {
  readonly filters: ReactNode
  /** What else is done with a list: columns, views, export. */
  readonly tools?: ReactNode
}

/** The filters of a list beside its tools; on a phone they fold, and the button says how many are set. */
export function FilterBar({ filters, tools }: FilterBarProps) {
  const { t } = useTranslation()
  const isWide = Grid.useBreakpoint().md ?? true
  const { search, replace } = useListSearch()
  const [isOpen, setOpen] = useState(false)
  const id = useId()
  const count = Object.keys(filtersOf(search)).length
  const isShown = Boolean(filters) && (isWide || isOpen)
  const reset = (
    <Button type="link" className="reset" disabled={count === 0} onClick={() => replace()}>
      {t('ui.reset_filters')}
    </Button>
  )
  return (
    <div className="list-head">
      {filters && !isWide ? (
        <Button
          icon={<FilterOutlined aria-hidden />}
          aria-expanded={isOpen}
          aria-controls={id}
          onClick={() => setOpen(!isOpen)}
        >
          {count === 0 ? t('ui.list.filters') : t('ui.list.filters_set', { count })}
        </Button>
      ) : null}
      <div className="filters" id={id} hidden={!isShown}>
        {isShown ? filters : null}
        {isShown ? reset : null}
      </div>
      {tools ? <div className="list-tools">{tools}</div> : null}
    </div>
  )
}
