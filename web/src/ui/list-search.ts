import { useNavigate, useSearch } from '@tanstack/react-router'

export type SearchTexts = Readonly<Record<string, string | undefined>>

/** What an address says besides its filters: where in the list, how much of it, which tab. */
const NOT_FILTERS: readonly string[] = ['after', 'limit', 'tab']

/** The filters among what an address says; those that are empty left out. */
export function filtersOf(search: SearchTexts): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([name, value]) =>
      value && !NOT_FILTERS.includes(name) ? [[name, value]] : [],
    ),
  )
}

/** Filters as an address writes them, in one order; empty without any. */
export function queryOf(filters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(filters)
  query.sort()
  return query.toString()
}

/** The filters in the address, and how to change some of them; a change begins at the first page again. */
export function useListSearch() {
  const search: SearchTexts = useSearch({ strict: false })
  const navigate = useNavigate()
  const go = (next: SearchTexts, replace: boolean) => {
    const given = Object.fromEntries(
      Object.entries(next).filter(([, value]) => value !== undefined && value !== ''),
    )
    void navigate({ to: '.', search: given as never, replace })
  }
  return {
    search,
    change: (part: SearchTexts) => go({ ...search, after: undefined, ...part }, true),
    /** Other filters altogether; none: all are taken away. */
    replace: (next: SearchTexts = {}) => go(next, false),
    onCursor: (cursor: string | undefined) => go({ ...search, after: cursor }, false),
  }
}
