// What the page of a sealed list reads.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Row } from '../../api.ts'

export type SealedLine = Row<'/api/v1/draws/{id}/sealed-list'>
export type Reading = Row<'/api/v1/draws/{id}/readings'>

/** A page of a sealed list; asked for only once a purpose was stated, and never again by itself: each reading is written down. */
export const useSealedList = (
  id: string,
  asked: { readonly purpose: string; readonly after: string | undefined } | undefined,
) =>
  useQuery({
    queryKey: ['sealed', id, asked],
    enabled: asked !== undefined,
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    retry: false,
    gcTime: 0,
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/draws/{id}/sealed-list', {
          params: { path: { id }, query: asked?.after === undefined ? {} : { after: asked.after } },
          headers: { purpose: encodeURIComponent(asked?.purpose ?? '') },
        }),
      ),
  })

/** Who has read it. */
export const useReadings = (id: string, after: string | undefined) =>
  useQuery({
    queryKey: ['draws', id, 'readings', after],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/draws/{id}/readings', {
          params: { path: { id }, query: after === undefined ? {} : { after } },
        }),
      ),
  })
