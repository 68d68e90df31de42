// A list for work: the filters and the place are in the address; wide it is a table, on a phone each row is a card.

import { ExportOutlined } from '@ant-design/icons'
import type { UseQueryResult } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type BulkAct, BulkBar } from './bulk-bar.tsx'
import { ColumnChooser, nameColumn, useColumnChoice } from './column-choice.tsx'
import { FilterBar } from './filter-bar.tsx'
import { filtersOf, queryOf, useListSearch } from './list-search.ts'
import { EmptyState, Failure, isForbidden } from './notices.tsx'
import { PageHead } from './page-head.tsx'
import { Paging } from './paging.tsx'
import { Peek } from './peek.tsx'
import { type Column, Rows } from './rows.tsx'
import { ViewsMenu } from './views-menu.tsx'

export type { BulkAct } from './bulk-bar.tsx'

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
  /** How many rows a page has, and how to ask for another number. */
  readonly limit?: string | undefined
  readonly onLimit?: ((limit: string | undefined) => void) | undefined
  readonly isDimmed?: (item: Item) => boolean
  readonly isFixed?: boolean
  /** What stands in the drawer that a click on a row opens. */
  readonly peek?: ((item: Item) => ReactNode) | undefined
  /** What can be done to several rows at once; rows can be selected where there is any. */
  readonly bulk?: readonly BulkAct<Item>[] | undefined
}

interface ListPageProps<Item> extends ListProps<Item> {
  readonly title: string
  readonly lead?: ReactNode
  readonly acts?: ReactNode
  readonly filters?: ReactNode
  /** The address that answers with a file of what is seen; the filters of the page are added to it. */
  readonly exportHref?: string | undefined
  /** Whether that address takes the names of the columns that are shown. */
  readonly exportsColumns?: boolean
}

/** A page that is one list, with its filters, views, columns and export. */
export function ListPage<Item>(page: ListPageProps<Item>) {
  const { title, lead, acts, filters, exportHref, exportsColumns = false, ...list } = page
  const path = useRouterState({ select: ({ location }) => location.pathname })
  const { search, change } = useListSearch()
  const choice = useColumnChoice(path, list.columns)
  const query = useKept(list.query)
  const tools = (
    <>
      {filters ? <ViewsMenu page={path} /> : null}
      <ColumnChooser columns={list.columns} choice={choice} />
      {exportHref ? (
        <ExportLink
          href={exportHref}
          query={{
            ...filtersOf(search),
            ...(exportsColumns ? { columns: choice.shown.map(({ key }) => key).join(',') } : {}),
          }}
        />
      ) : null}
    </>
  )
  // Whoever may not read it is told so; filters and acts would only be there in vain.
  if (isForbidden(list.query))
    return (
      <article className="list-page">
        <PageHead title={title} />
        <Failure error={list.query.error} />
      </article>
    )
  return (
    <article className="list-page">
      <PageHead title={title} lead={lead} acts={acts} />
      <FilterBar filters={filters} tools={tools} />
      <List
        limit={search['limit']}
        {...(list.onCursor ? { onLimit: (limit) => change({ limit }) } : {})}
        {...list}
        query={query}
        columns={choice.shown}
      />
    </article>
  )
}

/** The rows, and the way to more of them. */
export function List<Item>(list: ListProps<Item>) {
  const { query, columns, keyOf, empty, isDimmed, peek, bulk } = list
  const [peeked, setPeeked] = useState<string | undefined>()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  if (query.isError && !query.data)
    return <Failure error={query.error} onRetry={() => void query.refetch()} />
  const items = query.data?.items ?? []
  const nameOf = (item: Item): ReactNode => nameColumn(columns)?.show(item)
  const isLoading = query.isPending || query.isPlaceholderData
  if (query.data && items.length === 0 && !isLoading) return <EmptyState sentence={empty} />
  return (
    <>
      {bulk && bulk.length > 0 ? (
        <BulkBar
          acts={bulk}
          chosen={items.filter((item) => chosen.has(keyOf(item)))}
          nameOf={nameOf}
          onClear={() => setChosen(new Set())}
        />
      ) : null}
      <Rows
        items={items}
        columns={columns}
        keyOf={keyOf}
        isLoading={isLoading}
        isFixed={list.isFixed ?? false}
        onPeek={peek ? (item) => setPeeked(keyOf(item)) : undefined}
        selection={bulk && bulk.length > 0 ? { chosen, onChange: setChosen } : undefined}
        {...(isDimmed ? { isDimmed } : {})}
      />
      {query.data ? (
        <Paging
          items={items.length}
          next={query.data.next}
          about={query.data.about}
          cursor={list.cursor}
          onCursor={list.onCursor}
          limit={list.limit}
          onLimit={list.onLimit}
        />
      ) : null}
      {peek ? (
        <Peek items={items} keyOf={keyOf} at={peeked} onMove={setPeeked} name={nameOf} show={peek} />
      ) : null}
    </>
  )
}

/** While another page or filter loads, what was there stays, so that nothing jumps. */
function useKept<T>(query: UseQueryResult<T>): UseQueryResult<T> {
  const [kept, setKept] = useState(query.data)
  if (query.data !== undefined && query.data !== kept) setKept(query.data)
  if (query.data !== undefined || query.isError || kept === undefined) return query
  return { ...query, data: kept, isPlaceholderData: true } as UseQueryResult<T>
}

function ExportLink({
  href,
  query,
}: {
  readonly href: string
  readonly query: Readonly<Record<string, string>>
}) {
  const { t } = useTranslation()
  const asked = queryOf(query)
  const joined = asked === '' ? href : `${href}${href.includes('?') ? '&' : '?'}${asked}`
  return (
    <Button icon={<ExportOutlined aria-hidden />} href={joined} download title={t('ui.list.export_what')}>
      {t('ui.list.export')}
    </Button>
  )
}
