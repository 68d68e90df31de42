// A list for work: the filters and the place are in the address; wide it is a table, on a phone each row is a card.

import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { EmptyState, Failure } from './notices.tsx'
import { PageHead } from './page-head.tsx'
import { Paging } from './paging.tsx'
import { type Column, Rows } from './rows.tsx'

interface Page<Item> {
  readonly items: readonly Item[]
  /** Where the next page begins; absent on the last. */
  readonly next?: string | null | undefined
  /** About how many there are in all. */
  readonly about?: number | null | undefined
}

interface ListProps<Item> {
  readonly query: UseQueryResult<Page<Item>>
  readonly columns: readonly Column<Item>[]
  readonly keyOf: (item: Item) => string
  readonly empty: string
  /** The cursor that the address names, and how to go to another. */
  readonly cursor?: string | undefined
  readonly onCursor?: ((cursor: string | undefined) => void) | undefined
  readonly isDimmed?: (item: Item) => boolean
  readonly isFixed?: boolean
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
  if (query.isError && !query.data)
    return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const items = query.data?.items ?? []
  if (query.data && items.length === 0) return <EmptyState sentence={empty} />
  return (
    <>
      <Rows
        items={items}
        columns={columns}
        keyOf={keyOf}
        isLoading={query.isPending}
        isFixed={list.isFixed ?? false}
        {...(isDimmed ? { isDimmed } : {})}
      />
      {query.data ? (
        <Paging
          items={items.length}
          next={query.data.next}
          about={query.data.about}
          cursor={list.cursor}
          onCursor={list.onCursor}
        />
      ) : null}
    </>
  )
}
