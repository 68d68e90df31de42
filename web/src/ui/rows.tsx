// Rows of anything: wide they are a table, on a phone each is a card.

import { Grid, Skeleton, Table, type TableColumnsType } from 'antd'
import type { HTMLAttributes, ReactNode } from 'react'
import { nameColumn } from './column-choice.tsx'
import { useRowKeys } from './row-keys.ts'
import { RowGaps, useRowWindow, WindowBody, WindowTable } from './row-window.tsx'
import { AllRows, CHOICE_HEAD, HeadCell, RowChoice, type Selection, toggle } from './selection.tsx'

export interface Column<Item> {
  readonly key: string
  readonly title: string
  readonly show: (item: Item) => ReactNode
  readonly width?: number
  readonly isNumber?: boolean
  /** The one that names the row: the heading of its card on a phone. */
  readonly isName?: boolean
  /** Not shown until somebody chooses it. */
  readonly isSpare?: boolean
}

interface RowsProps<Item> {
  readonly items: readonly Item[]
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly isLoading?: boolean
  readonly isDimmed?: (item: Item) => boolean
  /** Columns keep their widths and text wraps, instead of the table growing sideways. */
  readonly isFixed?: boolean
  /** Shows a row's record beside the list. */
  readonly onPeek?: ((item: Item) => void) | undefined
  readonly selection?: Selection | undefined
}

/** The rows. */
export function Rows<Item>(rows: RowsProps<Item>) {
  const isTable = Grid.useBreakpoint().md ?? true
  return isTable ? <RowTable {...rows} /> : <Cards {...rows} />
}

const PARTS = { table: WindowTable, header: { cell: HeadCell }, body: { wrapper: WindowBody } }
const SKELETON = <Skeleton active title={false} paragraph={{ rows: 9 }} />

function RowTable<Item>({ items, columns, keyOf, isLoading = false, isDimmed, ...rows }: RowsProps<Item>) {
  const { selection, onPeek } = rows
  const { holder, items: near, offset, gaps } = useRowWindow(items)
  const beyond = { before: offset, after: items.length - offset - near.length }
  const attributesOf = useRowKeys({
    items: near,
    beyond,
    keyOf,
    onPeek,
    onSelect: selecting(selection, keyOf),
  })
  const name = nameColumn(columns)
  const shown = [
    ...(selection ? [choiceColumn({ keyOf, selection, offset })] : []),
    ...columns.map((column) => tableColumn(column, column === name)),
  ]
  return (
    <div ref={holder} className="rows" aria-busy={isLoading}>
      <AllRows value={selection && { selection, ids: items.map(keyOf) }}>
        <RowGaps value={gaps}>
          <Table<Item>
            size="small"
            rowKey={keyOf}
            columns={shown as TableColumnsType<Item>}
            dataSource={near}
            loading={isLoading && items.length > 0}
            locale={isLoading ? { emptyText: SKELETON } : {}}
            pagination={false}
            rowClassName={(item) => (isDimmed?.(item) ? 'dimmed' : '')}
            onRow={(item, at = 0) => ({
              ...attributesOf(item),
              ...(gaps ? { 'aria-rowindex': offset + at + 2 } : {}),
            })}
            components={PARTS}
            {...(rows.isFixed ? { tableLayout: 'fixed' as const } : { scroll: { x: 'max-content' } })}
          />
        </RowGaps>
      </AllRows>
    </div>
  )
}

function tableColumn<Item>({ key, title, show, width, isNumber }: Column<Item>, isName: boolean) {
  return {
    key,
    title,
    ...(width === undefined ? {} : { width }),
    ...(isNumber ? { align: 'right' as const, className: 'number' } : {}),
    ...(isName ? { onCell: () => ({ className: 'row-name' }) } : {}),
    render: (_: unknown, item: Item) => show(item),
  }
}

interface Choosing<Item> {
  readonly keyOf: (item: Item) => string
  readonly selection: Selection
  readonly offset: number
}

function choiceColumn<Item>({ keyOf, selection, offset }: Choosing<Item>) {
  return {
    key: 'choice',
    title: '',
    onHeaderCell: () => ({ [CHOICE_HEAD]: true }),
    width: 44,
    render: (_: unknown, item: Item, at: number) => (
      <RowChoice selection={selection} id={keyOf(item)} row={offset + at + 1} />
    ),
  }
}

function selecting<Item>(selection: Selection | undefined, keyOf: (item: Item) => string) {
  return selection ? (item: Item) => toggle(selection, keyOf(item)) : undefined
}

function Cards<Item>({ items, columns, keyOf, isLoading = false, isDimmed, ...rows }: RowsProps<Item>) {
  const { selection, onPeek } = rows
  const attributesOf = useRowKeys({ items, keyOf, onPeek, onSelect: selecting(selection, keyOf) })
  if (isLoading && items.length === 0) return SKELETON
  return (
    <ul className="cards" aria-busy={isLoading}>
      {items.map((item, at) => (
        <Card
          key={keyOf(item)}
          item={item}
          columns={columns}
          isDimmed={isDimmed?.(item) ?? false}
          rowKey={keyOf(item)}
          attributes={attributesOf(item)}
          choice={selection ? <RowChoice selection={selection} id={keyOf(item)} row={at + 1} /> : undefined}
        />
      ))}
    </ul>
  )
}

interface CardProps<Item> {
  readonly rowKey: string
  readonly item: Item
  readonly columns: readonly Column<Item>[]
  readonly isDimmed: boolean
  readonly attributes: HTMLAttributes<HTMLElement>
  readonly choice: ReactNode
}

function Card<Item>({ rowKey, item, columns, isDimmed, attributes, choice }: CardProps<Item>) {
  const name = nameColumn(columns)
  return (
    <li
      {...attributes}
      data-row-key={rowKey}
      className={`${attributes.className ?? ''} ${isDimmed ? 'dimmed' : ''}`}
    >
      <div className="card-name row-name">
        {choice}
        {name?.show(item)}
      </div>
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
