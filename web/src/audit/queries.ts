import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../api.ts'
import type { SearchTexts } from '../ui/list-search.ts'

export type Event = Row<'/api/v1/audit/events'>
export type EventWithChanges = Answer<'/api/v1/audit/events/{id}'>

export const useEvents = (query: SearchTexts) =>
  useQuery({
    queryKey: ['events', query],
    queryFn: () => answerOf(api.GET('/api/v1/audit/events', { params: { query } })),
  })

export const useEvent = (id: string) =>
  useQuery({
    queryKey: ['events', id],
    queryFn: () => answerOf(api.GET('/api/v1/audit/events/{id}', { params: { path: { id } } })),
  })
