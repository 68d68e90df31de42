// What the pages of the press and of the result read.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Row } from '../../api.ts'
import type { Draw } from '../queries.ts'

/** Who presses, who has, and how far the machine is. */
export type Presses = Answer<'/api/v1/draws/{id}/presses'>
export type Press = Presses['presses'][number]
export type Selected = Row<'/api/v1/draws/{id}/selected'>
export type Post = Row<'/api/v1/draws/{id}/posts'>

const AGAIN_MS = 1_000

/** The presses of a draw; what others press meanwhile is seen without being asked for. */
export const usePresses = (draw: Pick<Draw, 'id' | 'state'>) =>
  useQuery({
    queryKey: ['draws', draw.id, 'presses', draw.state],
    refetchInterval: draw.state === 'closed' || draw.state === 'drawing' ? AGAIN_MS : false,
    queryFn: () => answerOf(api.GET('/api/v1/draws/{id}/presses', { params: { path: { id: draw.id } } })),
  })

/** Who was drawn, a page of it. */
export const useSelected = (id: string, query: { readonly after?: string; readonly stratum?: string }) =>
  useQuery({
    queryKey: ['draws', id, 'selected', query],
    queryFn: () => answerOf(api.GET('/api/v1/draws/{id}/selected', { params: { path: { id }, query } })),
  })

/** Who visits whom, a page of it. */
export const usePosts = (
  id: string,
  query: { readonly after?: string; readonly limit?: number; readonly q?: string },
) =>
  useQuery({
    queryKey: ['draws', id, 'posts', query],
    queryFn: () => answerOf(api.GET('/api/v1/draws/{id}/posts', { params: { path: { id }, query } })),
  })
