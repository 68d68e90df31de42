// What the page of a sealed list reads.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Row } from '../../api.ts'

export type SealedLine = Row<'/api/v1/draws/{id}/sealed-list'>
export type Reading = Row<'/api/v1/draws/{id}/readings'>
export type Readings = Answer<'/api/v1/draws/{id}/readings'>
export type SealedProof = Answer<'/api/v1/draws/{id}/sealed-lines/{code}'>
export type Assignment = Row<'/api/v1/me/assignments'>
export type { Draw } from '../queries.ts'

/** What is read for, as its header carries it. */
export function purposeOf(purpose: string) {
  return { purpose: encodeURIComponent(purpose.trim()) }
}

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
          headers: purposeOf(asked?.purpose ?? ''),
        }),
      ),
  })

/** Who has read it. */
export const useReadings = (id: string, after: string | undefined) =>
  useQuery({
    queryKey: ['draws', id, 'readings', after],
    // What is read above this list must not be read again because somebody turns its pages.
    placeholderData: keepPreviousData,
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/draws/{id}/readings', {
          params: { path: { id }, query: after === undefined ? {} : { after } },
        }),
      ),
  })

/** What the person at the screen is to visit. Asked for once: of what is sealed, each reading is written down. */
export const useAssignments = () =>
  useQuery({
    queryKey: ['assignments'],
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
    queryFn: () => answerOf(api.GET('/api/v1/me/assignments')),
  })
