import { useNavigate, useSearch } from '@tanstack/react-router'

export type SearchTexts = Readonly<Record<string, string | undefined>>

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
    onCursor: (cursor: string | undefined) => go({ ...search, after: cursor }, false),
  }
}
