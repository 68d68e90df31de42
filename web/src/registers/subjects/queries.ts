// What the screens of the register of subjects ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../../api.ts'
import type { SearchTexts } from '../../ui/list-search.ts'
import type { Choice } from '../../ui/remote-picker.tsx'

export type Subject = Answer<'/api/v1/subjects/{id}'>
export type ListedSubject = Row<'/api/v1/subjects'>
export type Change = Answer<'/api/v1/subject-changes/{id}'>
export type History = Answer<'/api/v1/subjects/{id}/history'>
export type Figures = Answer<'/api/v1/subject-figures'>
export type Premises = Subject['premises'][number]
export type Licence = Subject['licences'][number]

export const useSubjects = (query: SearchTexts) =>
  useQuery({
    queryKey: ['subjects', query],
    queryFn: () => answerOf(api.GET('/api/v1/subjects', { params: { query: query as object } })),
  })

export const useSubject = (id: string) =>
  useQuery({
    queryKey: ['subjects', id],
    queryFn: () => answerOf(api.GET('/api/v1/subjects/{id}', { params: { path: { id } } })),
  })

export const useHistory = (id: string) =>
  useQuery({
    queryKey: ['subjects', id, 'history'],
    queryFn: () => answerOf(api.GET('/api/v1/subjects/{id}/history', { params: { path: { id } } })),
  })

export const useChanges = (query: SearchTexts) =>
  useQuery({
    queryKey: ['subject-changes', query],
    queryFn: () => answerOf(api.GET('/api/v1/subject-changes', { params: { query: query as object } })),
  })

export const useChange = (id: string) =>
  useQuery({
    queryKey: ['subject-changes', id],
    queryFn: () => answerOf(api.GET('/api/v1/subject-changes/{id}', { params: { path: { id } } })),
  })

export const useFigures = (division: string | undefined) =>
  useQuery({
    queryKey: ['subject-figures', division],
    queryFn: () =>
      answerOf(api.GET('/api/v1/subject-figures', { params: { query: division ? { division } : {} } })),
  })

/** Industries by a few letters of their name, or by their code; the sections where nothing is typed. */
export async function findIndustries(q: string): Promise<readonly Choice[]> {
  const { items } = await answerOf(
    api.GET('/api/v1/industries', { params: { query: q === '' ? {} : { q } } }),
  )
  return items.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))
}

/** Counties by a few letters of their name, or by their code. */
export async function findCounties(q: string): Promise<readonly Choice[]> {
  const query = { revoked: false, ...(q === '' ? {} : { q }) }
  const { items } = await answerOf(api.GET('/api/v1/divisions', { params: { query } }))
  return items.map(({ code, name, level, hasChildren }) => ({
    value: code,
    label: `${name}（${code}）`,
    disabled: level === 'province' || hasChildren,
  }))
}

/** Subjects by code, name or initials. */
export async function findSubjects(q: string): Promise<readonly Choice[]> {
  if (q.length < 2) return []
  const { items } = await answerOf(api.GET('/api/v1/subjects', { params: { query: { q, limit: 20 } } }))
  return items.map(({ id, name, code }) => ({ value: id, label: `${name}（${code}）` }))
}

/** Inspection items by a few letters of their name. */
export async function findItems(q: string): Promise<readonly Choice[]> {
  const { items } = await answerOf(
    api.GET('/api/v1/items', { params: { query: { limit: 20, ...(q === '' ? {} : { q }) } } }),
  )
  return items.map(({ id, name, code }) => ({ value: id, label: `${code} ${name}` }))
}
