// What the pages of 回避、替换、跳过、作废 read.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Row } from '../../api.ts'
import type { SearchTexts } from '../../ui/list-search.ts'

export type Events = Answer<'/api/v1/draws/{id}/events'>
export type DrawEvent = Events['events'][number]
export type DrawRequest = Events['requests'][number]
export type MyPost = Row<'/api/v1/me/posts'>
export type Replacement = Row<'/api/v1/replacements'>
export type Rate = Row<'/api/v1/replacement-rates'>

const AGAIN_MS = 2_000

/** What happened to a draw after its certificate, and what waits for a second person. */
export const useEvents = (id: string) =>
  useQuery({
    queryKey: ['draws', id, 'events'],
    queryFn: () => answerOf(api.GET('/api/v1/draws/{id}/events', { params: { path: { id } } })),
  })

/** Where the person at the screen was drawn. */
export const useMyPosts = (isWanted: boolean) =>
  useQuery({
    queryKey: ['draws', 'posts', 'mine'],
    enabled: isWanted,
    queryFn: () => answerOf(api.GET('/api/v1/me/posts')),
  })

export const useReplacements = (query: SearchTexts) =>
  useQuery({
    queryKey: ['draws', 'replacements', query],
    queryFn: () => answerOf(api.GET('/api/v1/replacements', { params: { query: query as object } })),
  })

/** One; while its source has not spoken, its page looks again. */
export const useReplacement = (id: string) =>
  useQuery({
    queryKey: ['draws', 'replacements', id],
    enabled: id !== '',
    refetchInterval: ({ state: { data } }) => (data?.state === 'announced' ? AGAIN_MS : false),
    queryFn: () => answerOf(api.GET('/api/v1/replacements/{id}', { params: { path: { id } } })),
  })

export const useRates = (year: number, by: 'person' | 'authority') =>
  useQuery({
    queryKey: ['draws', 'rates', year, by],
    queryFn: () => answerOf(api.GET('/api/v1/replacement-rates', { params: { query: { year, by } } })),
  })
