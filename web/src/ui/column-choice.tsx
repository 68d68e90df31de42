// Which columns of a list somebody wants to see. This browser remembers it for each list.

import { SettingOutlined } from '@ant-design/icons'
import { Button, Checkbox, Popover } from 'antd'
import { useTranslation } from 'react-i18next'
import { inMain } from './popup.ts'
import { useRemembered } from './preference.ts'
import type { Column } from './rows.tsx'

interface ColumnChoice<Item> {
  /** Those that are shown, in their order. */
  readonly shown: readonly Column<Item>[]
  readonly isShown: (key: string) => boolean
  readonly show: (key: string, isShown: boolean) => void
  /** Absent where nothing was chosen. */
  readonly reset?: (() => void) | undefined
}

/** The columns of a list as they were chosen; `name` names the list. */
export function useColumnChoice<Item>(name: string, columns: readonly Column<Item>[]): ColumnChoice<Item> {
  const [remembered, remember] = useRemembered(`columns.${name}`)
  const hidden = hiddenOf(remembered) ?? columns.filter(({ isSpare }) => isSpare).map(({ key }) => key)
  const isShown = (key: string): boolean => {
    const column = columns.find((each) => each.key === key)
    return column === nameColumn(columns) || !hidden.includes(key)
  }
  return {
    shown: columns.filter(({ key }) => isShown(key)),
    isShown,
    show: (key, wanted) =>
      remember(
        JSON.stringify(wanted ? hidden.filter((each) => each !== key) : [...new Set([...hidden, key])]),
      ),
    reset: remembered === undefined ? undefined : () => remember(undefined),
  }
}

/** The column that names a row; it is always there. */
export function nameColumn<Item>(columns: readonly Column<Item>[]): Column<Item> | undefined {
  return columns.find(({ isName }) => isName) ?? columns[0]
}

/** A button with the columns to choose from. */
export function ColumnChooser<Item>({
  columns,
  choice,
}: {
  readonly columns: readonly Column<Item>[]
  readonly choice: ColumnChoice<Item>
}) {
  const { t } = useTranslation()
  const fixed = nameColumn(columns)
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      getPopupContainer={inMain}
      content={
        <fieldset className="column-choice">
          <legend className="visually-hidden">{t('ui.list.columns')}</legend>
          {columns.map(({ key, title }) => (
            <Checkbox
              key={key}
              checked={choice.isShown(key)}
              disabled={key === fixed?.key}
              onChange={(event) => choice.show(key, event.target.checked)}
            >
              {title}
            </Checkbox>
          ))}
          <Button size="small" disabled={!choice.reset} onClick={choice.reset}>
            {t('ui.list.columns_reset')}
          </Button>
        </fieldset>
      }
    >
      <Button icon={<SettingOutlined aria-hidden />}>{t('ui.list.columns')}</Button>
    </Popover>
  )
}

/** Anything may stand in a browser's memory. */
function hiddenOf(remembered: string | undefined): readonly string[] | undefined {
  if (remembered === undefined) return undefined
  try {
    const keys: unknown = JSON.parse(remembered)
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : undefined
  } catch {
    return undefined
  }
}
