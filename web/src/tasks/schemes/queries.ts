// What the screens of schemes ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../../api.ts'

export type Scheme = Answer<'/api/v1/schemes/{id}'>
export type SchemeHead = Row<'/api/v1/tasks/{id}/schemes'>
export type Term = Scheme['terms'][number]
export type Section = Scheme['sections'][number]

export const CHANGES = [['schemes'], ['tasks'], ['todo'], ['started']]

export const useSchemes = (taskId: string) =>
  useQuery({
    queryKey: ['schemes', 'of', taskId],
    queryFn: () => answerOf(api.GET('/api/v1/tasks/{id}/schemes', { params: { path: { id: taskId } } })),
  })

export const useScheme = (id: string | undefined) =>
  useQuery({
    queryKey: ['schemes', id],
    enabled: id !== undefined,
    queryFn: () => answerOf(api.GET('/api/v1/schemes/{id}', { params: { path: { id: id ?? '' } } })),
  })
