// A list for work: the filters and the place are in the address; wide it is a table, on a phone each row is a card.

import type { UseQueryResult } from '@tanstack/react-query'
import { Button, Grid, Table, type TableColumnsType } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { numberText } from './format.ts'
import { EmptyState, Failure } from './notices.tsx'
import { PageHead } from './page-head.tsx'

interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string | null | undefined
  /** About how many there are in all. */
  readonly about?: number | null | undefined
}

export interface Column<Item> {
  readonly key: string
  readonly title: string
  readonly show: (item: Item) => ReactNode
  readonly width?: number
  readonly isNumber?: boolean
  /** The one that names the row: the heading of its card on a phone. */
  readonly isName?: boolean
}

interface ListProps<Item> {
  readonly query: UseQueryResult<Page<Item>>
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly empty: string
  /** The cursor that the address names, and how to go to another. */
  readonly cursor?: string | undefined
  readonly onCursor?: (cursor: string | undefined) => void
  readonly isDimmed?: (item: Item) => boolean
}

interface ListPageProps<Item> extends ListProps<Item> {
  readonly title: string
  readonly lead?: ReactNode
  readonly acts?: ReactNode
  readonly filters?: ReactNode
}

/** A page that is one list. */
export function ListPage<Item>({ title, lead, acts, filters, ...list }: ListPageProps<Item>) {
  return (
    <article className="list-page">
      <PageHead title={title} lead={lead} acts={acts} />
      {filters ? <div className="filters">{filters}</div> : null}
      <List {...list} />
    </article>
  )
}

/** The rows, and the way to more of them. */
export function List<Item>(list: ListProps<Item>) {
  const { query, columns, keyOf, empty, isDimmed } = list
  const isTable = Grid.useBreakpoint().md ?? true
  if (query.isError && !query.data)
    return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const items = query.data?.items ?? []
  if (query.data && items.length === 0) return <EmptyState sentence={empty} />
  return (
    <>
      {isTable ? (
        <Table<Item>
          size="small"
          rowKey={keyOf}
          columns={columns.map(tableColumn) as TableColumnsType<Item>}
          dataSource={items}
          loading={query.isPending}
          pagination={false}
          rowClassName={(item) => (isDimmed?.(item) ? 'dimmed' : '')}
          scroll={{ x: 'max-content' }}
        />
      ) : (
        <ul className="cards" aria-busy={query.isPending}>
          {items.map((item) => (
            <Card key={keyOf(item)} item={item} columns={columns} isDimmed={isDimmed?.(item) ?? false} />
          ))}
        </ul>
      )}
      <Paging {...list} />
    </>
  )
}

function Paging<Item>({ query, cursor, onCursor }: ListProps<Item>) {
  const { t } = useTranslation()
  const { next, about, items = [] } = query.data ?? {}
  if (!query.data) return null
  const isAll = !cursor && !next
  return (
    <div className="paging">
      <span className="fine" role="status">
        {isAll
          ? t('ui.rows_all', { count: items.length })
          : about
            ? t('ui.rows_about', { count: items.length, about: numberText(about) })
            : t('ui.rows_here', { count: items.length })}
      </span>
      {onCursor && !isAll ? (
        <>
          <Button size="small" disabled={!cursor} onClick={() => onCursor(undefined)}>
            {t('ui.first_page')}
          </Button>
          <Button size="small" disabled={!next} onClick={() => onCursor(next ?? undefined)}>
            {t('ui.next_page')}
          </Button>
        </>
      ) : null}
    </div>
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
