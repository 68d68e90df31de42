// Rows of anything: wide they are a table, on a phone each is a card.

import { Grid, Table, type TableColumnsType } from 'antd'
import type { ReactNode } from 'react'

export interface Column<Item> {
  readonly key: string
  readonly title: string
  readonly show: (item: Item) => ReactNode
  readonly width?: number
  readonly isNumber?: boolean
  /** The one that names the row: the heading of its card on a phone. */
  readonly isName?: boolean
}

interface RowsProps<Item> {
  readonly items: readonly Item[]
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly isLoading?: boolean
  readonly isDimmed?: (item: Item) => boolean
  /** Columns keep their widths and text wraps, instead of the table growing sideways. */
  readonly isFixed?: boolean
}

/** The rows. */
export function Rows<Item>({
  items,
  columns,
  keyOf,
  isLoading = false,
  isDimmed,
  isFixed = false,
}: RowsProps<Item>) {
  const isTable = Grid.useBreakpoint().md ?? true
  if (!isTable)
    return (
      <ul className="cards" aria-busy={isLoading}>
        {items.map((item) => (
          <Card key={keyOf(item)} item={item} columns={columns} isDimmed={isDimmed?.(item) ?? false} />
        ))}
      </ul>
    )
  return (
    <Table<Item>
      size="small"
      rowKey={keyOf}
      columns={columns.map(tableColumn) as TableColumnsType<Item>}
      dataSource={items}
      loading={isLoading}
      pagination={false}
      rowClassName={(item) => (isDimmed?.(item) ? 'dimmed' : '')}
      {...(isFixed ? { tableLayout: 'fixed' as const } : { scroll: { x: 'max-content' } })}
    />
  )
}

function tableColumn<Item>({ key, title, show, width, isNumber }: Column<Item>) {
  return {
    key,
    title,
    ...(width === undefined ? {} : { width }),
    ...(isNumber ? { align: 'right' as const, className: 'number' } : {}),
    render: (_: unknown, item: Item) => show(item),
  }
}

function Card<Item>({
  item,
  columns,
  isDimmed,
}: {
  readonly item: Item
  readonly columns: readonly Column<Item>[]
  readonly isDimmed: boolean
}) {
  const name = columns.find(({ isName }) => isName) ?? columns[0]
  return (
    <li className={isDimmed ? 'dimmed' : ''}>
      <div className="card-name">{name?.show(item)}</div>
      <dl>
        {columns
          .filter((column) => column !== name)
          .map(({ key, title, show }) => (
            <div key={key}>
              <dt>{title}</dt>
              <dd>{show(item)}</dd>
            </div>
          ))}
      </dl>
    </li>
  )
}
