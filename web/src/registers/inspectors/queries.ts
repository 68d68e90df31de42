// What the screens of the register of inspectors ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../../api.ts'
import { useCodeLists } from '../../law/queries.ts'
import { useFormat } from '../../ui/format.ts'
import type { SearchTexts } from '../../ui/list-search.ts'
import type { Choice } from '../../ui/remote-picker.tsx'

export type Inspector = Answer<'/api/v1/inspectors/{id}'>
export type Leave = Row<'/api/v1/inspectors/{id}/leaves'>
export type Declaration = Row<'/api/v1/inspectors/{id}/declarations'>
export type Expert = Answer<'/api/v1/technical-experts/{id}'>
export type TagKind = 'enforcementCategory' | 'qualification' | 'specialism'

export const useInspectors = (query: SearchTexts) =>
  useQuery({
    queryKey: ['inspectors', query],
    queryFn: () => answerOf(api.GET('/api/v1/inspectors', { params: { query: query as object } })),
  })

export const useInspector = (id: string) =>
  useQuery({
    queryKey: ['inspectors', id],
    queryFn: () => answerOf(api.GET('/api/v1/inspectors/{id}', { params: { path: { id } } })),
  })

export const useLeaves = (id: string) =>
  useQuery({
    queryKey: ['inspectors', id, 'leaves'],
    queryFn: () => answerOf(api.GET('/api/v1/inspectors/{id}/leaves', { params: { path: { id } } })),
  })

/** Each asking is written down: it is asked for when somebody wants it, and not again by itself. */
export const useDeclarations = (id: string) =>
  useQuery({
    queryKey: ['declarations', id],
    queryFn: () => answerOf(api.GET('/api/v1/inspectors/{id}/declarations', { params: { path: { id } } })),
    staleTime: Infinity,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })

export const useExperts = (query: SearchTexts) =>
  useQuery({
    queryKey: ['experts', query],
    queryFn: () => answerOf(api.GET('/api/v1/technical-experts', { params: { query: query as object } })),
  })

export const useExpert = (id: string) =>
  useQuery({
    queryKey: ['experts', id],
    queryFn: () => answerOf(api.GET('/api/v1/technical-experts/{id}', { params: { path: { id } } })),
  })

/** Words that are in use, by a few letters. */
export async function findTags(kind: TagKind, q: string): Promise<readonly Choice[]> {
  const query = q === '' ? { kind } : { kind, q }
  const { items } = await answerOf(api.GET('/api/v1/inspector-tags', { params: { query } }))
  return items.map(({ word }) => ({ value: word, label: word }))
}

/** As what somebody may stand in the register. */
export function useCategories(): readonly Choice[] {
  const lists = useCodeLists()
  const { lang } = useFormat()
  const list = lists.data?.items.find(({ id }) => id === 'inspector-categories')
  return (list?.codes ?? []).map(({ code, label }) => ({ value: code, label: label[lang] }))
}
