// The shelf on which a person's saved views stand: kept by the server, so that they are there on every machine.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useMemo } from 'react'
import { answerOf, api, ifMatch } from '../api.ts'
import { ViewShelfProvider, type ViewShelf } from '../ui/view-shelf.ts'

const VIEWS = ['saved-views'] as const

/** Everything below it can keep and find saved views. */
export function SavedViews({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: VIEWS,
    queryFn: () => answerOf(api.GET('/api/v1/saved-views')),
    staleTime: 300_000,
  })
  const shelf = useMemo((): ViewShelf | undefined => {
    if (!data) return undefined
    const thenAgain = async (done: Promise<unknown>): Promise<void> => {
      // Also after a refusal: somebody else may have been quicker.
      await done.finally(() => client.invalidateQueries({ queryKey: VIEWS }))
    }
    return {
      views: data.items,
      save: (body) => thenAgain(answerOf(api.POST('/api/v1/saved-views', { body }))),
      rename: ({ id, version }, name) =>
        thenAgain(
          answerOf(
            api.PATCH('/api/v1/saved-views/{id}', {
              params: { path: { id } },
              body: { name },
              headers: ifMatch(version),
            }),
          ),
        ),
      remove: ({ id, version }) =>
        thenAgain(
          answerOf(
            api.DELETE('/api/v1/saved-views/{id}', {
              params: { path: { id } },
              headers: ifMatch(version),
            }),
          ),
        ),
    }
  }, [data, client])
  return <ViewShelfProvider value={shelf}>{children}</ViewShelfProvider>
}
