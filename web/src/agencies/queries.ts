// What the screens of this feature ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../api.ts'
import type { Choice } from '../ui/remote-picker.tsx'
import type { SearchTexts } from '../ui/list-search.ts'

export type Authority = Answer<'/api/v1/authorities/{id}'>
export type Unit = Row<'/api/v1/authorities/{id}/units'>
export type Person = Answer<'/api/v1/people/{id}'>
export type Grant = Row<'/api/v1/grants'>
export type Division = Row<'/api/v1/divisions'>
export type Conference = Answer<'/api/v1/conferences/{id}'>
export type OrganisationImport = Answer<'/api/v1/organisation-imports/{id}'>

type Query = Record<string, string>

export const useAuthorities = (query: SearchTexts) =>
  useQuery({
    queryKey: ['authorities', query],
    queryFn: () => answerOf(api.GET('/api/v1/authorities', { params: { query: query as Query } })),
  })

export const useAuthority = (id: string) =>
  useQuery({
    queryKey: ['authorities', id],
    enabled: id !== '',
    queryFn: () => answerOf(api.GET('/api/v1/authorities/{id}', { params: { path: { id } } })),
  })

export const useUnits = (id: string) =>
  useQuery({
    queryKey: ['authorities', id, 'units'],
    enabled: id !== '',
    queryFn: () => answerOf(api.GET('/api/v1/authorities/{id}/units', { params: { path: { id } } })),
  })

export const usePeople = (query: SearchTexts) =>
  useQuery({
    queryKey: ['people', query],
    queryFn: () => answerOf(api.GET('/api/v1/people', { params: { query: query as Query } })),
  })

export const usePerson = (id: string) =>
  useQuery({
    queryKey: ['people', id],
    queryFn: () => answerOf(api.GET('/api/v1/people/{id}', { params: { path: { id } } })),
  })

export const useGrants = (query: SearchTexts) =>
  useQuery({
    queryKey: ['grants', query],
    queryFn: () => answerOf(api.GET('/api/v1/grants', { params: { query: query as Query } })),
  })

export const useGrant = (id: string) =>
  useQuery({
    queryKey: ['grants', id],
    queryFn: () => answerOf(api.GET('/api/v1/grants/{id}', { params: { path: { id } } })),
  })

export const useConferences = (query: SearchTexts) =>
  useQuery({
    queryKey: ['conferences', query],
    queryFn: () => answerOf(api.GET('/api/v1/conferences', { params: { query: query as Query } })),
  })

export const useConference = (id: string) =>
  useQuery({
    queryKey: ['conferences', id],
    queryFn: () => answerOf(api.GET('/api/v1/conferences/{id}', { params: { path: { id } } })),
  })

export const useDivisions = (query: SearchTexts) =>
  useQuery({
    queryKey: ['divisions', query],
    queryFn: () => answerOf(api.GET('/api/v1/divisions', { params: { query: query as Query } })),
  })

export const useDivision = (code: string) =>
  useQuery({
    queryKey: ['divisions', code],
    enabled: code !== '',
    queryFn: () => answerOf(api.GET('/api/v1/divisions/{code}', { params: { path: { code } } })),
  })

export const useImports = ({ after }: SearchTexts) =>
  useQuery({
    queryKey: ['imports', after],
    queryFn: () =>
      answerOf(api.GET('/api/v1/organisation-imports', { params: { query: after ? { after } : {} } })),
  })

export const useImport = (id: string, query: SearchTexts) =>
  useQuery({
    queryKey: ['imports', id, query],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/organisation-imports/{id}', { params: { path: { id }, query: query as Query } }),
      ),
    placeholderData: (before) => before,
  })

/** Divisions by a few letters of their name, or by their code. */
export async function findDivisions(q: string): Promise<readonly Choice[]> {
  const { items } = await answerOf(api.GET('/api/v1/divisions', { params: { query: q === '' ? {} : { q } } }))
  return items.map(({ code, name }) => ({ value: code, label: `${name}（${code}）` }))
}

/** Authorities by a few letters of their name. */
export async function findAuthorities(q: string): Promise<readonly Choice[]> {
  const { items } = await answerOf(
    api.GET('/api/v1/authorities', { params: { query: q === '' ? {} : { q } } }),
  )
  return items.filter(({ closedOn }) => !closedOn).map(({ id, name }) => ({ value: id, label: name }))
}

/** People, of one authority where it is given. */
export async function findPeople(q: string, authority?: string): Promise<readonly Choice[]> {
  const query = { ...(q === '' ? {} : { q }), ...(authority === undefined ? {} : { authority }) }
  const { items } = await answerOf(api.GET('/api/v1/people', { params: { query } }))
  return items
    .filter(({ leftOn }) => !leftOn)
    .map(({ id, name, authorityName, post }) => ({
      value: id,
      label: `${name}（${[authorityName, post].filter(Boolean).join('，')}）`,
    }))
}
