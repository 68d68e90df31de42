// What the screens of the catalogue ask the server.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Row } from '../../api.ts'
import type { SearchTexts } from '../../ui/list-search.ts'
import type { Choice } from '../../ui/remote-picker.tsx'

export type Item = Answer<'/api/v1/items/{id}'>
export type Citation = Row<'/api/v1/citations'>
export type Checklist = Row<'/api/v1/items/{id}/checklists'>
export type Checkpoint = Checklist['checkpoints'][number]
export type JointItem = Answer<'/api/v1/joint-items/{id}'>
export type OperatingDocument = Answer<'/api/v1/operating-documents/{id}'>
export type Statement = Answer<'/api/v1/unsuitable-statements/{id}'>
export type StatementPreview = Answer<'/api/v1/unsuitable-statement-preview'>

type Query = Record<string, string>

export const useItems = (query: SearchTexts) =>
  useQuery({
    queryKey: ['items', query],
    queryFn: () => answerOf(api.GET('/api/v1/items', { params: { query: query as Query } })),
  })

export const useItem = (id: string) =>
  useQuery({
    queryKey: ['items', id],
    queryFn: () => answerOf(api.GET('/api/v1/items/{id}', { params: { path: { id } } })),
  })

export const useChecklists = (id: string) =>
  useQuery({
    queryKey: ['items', id, 'checklists'],
    queryFn: () => answerOf(api.GET('/api/v1/items/{id}/checklists', { params: { path: { id } } })),
  })

export const useCitations = (query: SearchTexts) =>
  useQuery({
    queryKey: ['citations', query],
    queryFn: () => answerOf(api.GET('/api/v1/citations', { params: { query: query as Query } })),
  })

export const useJointItems = (query: SearchTexts) =>
  useQuery({
    queryKey: ['joint-items', query],
    queryFn: () => answerOf(api.GET('/api/v1/joint-items', { params: { query: query as Query } })),
  })

export const useJointItem = (id: string) =>
  useQuery({
    queryKey: ['joint-items', id],
    queryFn: () => answerOf(api.GET('/api/v1/joint-items/{id}', { params: { path: { id } } })),
  })

export const useDocuments = (query: SearchTexts) =>
  useQuery({
    queryKey: ['operating-documents', query],
    queryFn: () => answerOf(api.GET('/api/v1/operating-documents', { params: { query: query as Query } })),
  })

export const useDocument = (id: string) =>
  useQuery({
    queryKey: ['operating-documents', id],
    queryFn: () => answerOf(api.GET('/api/v1/operating-documents/{id}', { params: { path: { id } } })),
  })

export const useStatements = (query: SearchTexts) =>
  useQuery({
    queryKey: ['statements', query],
    queryFn: () => answerOf(api.GET('/api/v1/unsuitable-statements', { params: { query: query as Query } })),
  })

export const useStatement = (id: string) =>
  useQuery({
    queryKey: ['statements', id],
    queryFn: () => answerOf(api.GET('/api/v1/unsuitable-statements/{id}', { params: { path: { id } } })),
  })

/** What an authority would submit today; nothing is asked without an authority. */
export const useStatementPreview = (authority: string | undefined) =>
  useQuery({
    queryKey: ['statements', 'preview', authority],
    enabled: authority !== undefined,
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/unsuitable-statement-preview', {
          params: { query: { authority: authority ?? '' } },
        }),
      ),
  })

/** Citations by a few letters of their title or number. */
export async function findCitations(q: string): Promise<readonly Choice[]> {
  const { items } = await answerOf(api.GET('/api/v1/citations', { params: { query: q === '' ? {} : { q } } }))
  return items.map((each) => ({ value: each.id, label: citationLabel(each) }))
}

/** Items in force of one authority by a few letters. */
export async function findItems(q: string, authority: string): Promise<readonly Choice[]> {
  const query = { authority, state: 'effective', ...(q === '' ? {} : { q }) } as const
  const { items } = await answerOf(api.GET('/api/v1/items', { params: { query } }))
  return items.map((each) => ({ value: each.id, label: itemLabel(each) }))
}

/** `SJ-001 示例检查：子项`. */
export function itemLabel({
  code,
  name,
  subItem,
}: {
  readonly code: string
  readonly name: string
  readonly subItem: string | null
}): string {
  return `${code} ${subItem ? `${name}：${subItem}` : name}`
}

/** `《示例法》（主席令第1号）`. */
export function citationLabel({
  title,
  documentNumber,
}: {
  readonly title: string
  readonly documentNumber: string | null
}): string {
  return documentNumber ? `《${title}》（${documentNumber}）` : `《${title}》`
}
