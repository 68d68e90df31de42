// What the screens of the consultation ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../../api.ts'
import { useCodeLists } from '../../law/queries.ts'
import { useFormat } from '../../ui/format.ts'
import type { SearchTexts } from '../../ui/list-search.ts'

export type Participation = Answer<'/api/v1/participations/{id}'>
export type Participations = Answer<'/api/v1/tasks/{id}/participations'>
export type Invitation = Row<'/api/v1/participations'>
export type Candidate = Answer<'/api/v1/participations/{id}/candidates'>['inspectors'][number]
export type Opinion = Row<'/api/v1/tasks/{id}/opinions'>

/** What may have changed when somebody prepared, answered or asked. */
export const CHANGES = [['participations'], ['opinions'], ['tasks'], ['schemes'], ['todo'], ['started']]

export const useParticipations = (taskId: string) =>
  useQuery({
    queryKey: ['participations', 'of', taskId],
    queryFn: () =>
      answerOf(api.GET('/api/v1/tasks/{id}/participations', { params: { path: { id: taskId } } })),
  })

export const useInvitations = (query: SearchTexts) =>
  useQuery({
    queryKey: ['participations', 'mine', query],
    queryFn: () => answerOf(api.GET('/api/v1/participations', { params: { query: query as object } })),
  })

export const useCandidates = (id: string) =>
  useQuery({
    queryKey: ['participations', 'candidates', id],
    queryFn: () => answerOf(api.GET('/api/v1/participations/{id}/candidates', { params: { path: { id } } })),
    staleTime: 30_000,
  })

export const useOpinions = (taskId: string) =>
  useQuery({
    queryKey: ['opinions', taskId],
    queryFn: () => answerOf(api.GET('/api/v1/tasks/{id}/opinions', { params: { path: { id: taskId } } })),
  })

/** Names and choices of a list of the law. */
export function useListOfCodes(list: string) {
  const { lang } = useFormat()
  const codes = useCodeLists().data?.items.find(({ id }) => id === list)?.codes ?? []
  return {
    nameOf: (code: string) => codes.find((each) => each.code === code)?.label[lang] ?? code,
    choices: codes.map(({ code, label }) => ({ value: code, label: label[lang] })),
  }
}
