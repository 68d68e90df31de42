// What the pages of 抽取 read.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Row } from '../api.ts'
import { noteServerTime } from '../ui/server-time.ts'
import type { SearchTexts } from '../ui/list-search.ts'

/** A draw, as its page has it. */
export type Draw = Answer<'/api/v1/draws/{id}'>
export type ListedDraw = Row<'/api/v1/draws'>
export type DrawState = Draw['state']

/** While the system is at work on a draw, its page looks again after so many milliseconds. */
const AGAIN_MS = 2_000
const MOVING: readonly DrawState[] = ['freezing', 'committed', 'closing', 'closed', 'drawing']

export const useDraws = (query: SearchTexts) =>
  useQuery({
    queryKey: ['draws', query],
    queryFn: () => answerOf(api.GET('/api/v1/draws', { params: { query: query as object } })),
  })

/** A draw; what others do to it meanwhile is seen without being asked for. */
export const useDraw = (id: string) =>
  useQuery({
    queryKey: ['draws', id],
    enabled: id !== '',
    refetchInterval: ({ state: { data } }) => (data && MOVING.includes(data.state) ? AGAIN_MS : false),
    queryFn: async () => {
      const draw = await answerOf(api.GET('/api/v1/draws/{id}', { params: { path: { id } } }))
      noteServerTime(draw.now)
      return draw
    },
  })
