// What the screens of checks, tables and consolidation ask the server.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Row } from '../api.ts'
import type { SearchTexts } from '../ui/list-search.ts'

export type PlanImport = Answer<'/api/v1/plan-imports/{id}'>
export type ImportRow = PlanImport['rows']['items'][number]
export type Candidate = Row<'/api/v1/plans/{id}/candidates'>
export type Overlaps = Answer<'/api/v1/plans/{id}/overlaps'>
export type Overlap = Overlaps['items'][number]
export type Offer = Overlap['offers'][number]

/** The forms in which plans are taken away. */
export const FORMS = ['county', 'shanggao', 'changzhi', 'fenyang', 'attachment1', 'attachment4'] as const

/** What may have changed when a table was taken in, or tasks were consolidated. */
export const TABLE_CHANGES = [
  ['plans'],
  ['plan-lines'],
  ['plan-imports'],
  ['candidates'],
  ['overlaps'],
  ['amendments'],
]

export const usePlanImport = (id: string, { result, after, limit }: SearchTexts) =>
  useQuery({
    queryKey: ['plan-imports', id, result, after, limit],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/plan-imports/{id}', {
          params: {
            path: { id },
            query: {
              ...(result ? { result: result as ImportRow['result'] } : {}),
              ...(after ? { after } : {}),
              ...(limit ? { limit: Number(limit) } : {}),
            },
          },
        }),
      ),
  })

export const useCandidates = (id: string) =>
  useQuery({
    queryKey: ['candidates', id],
    queryFn: () => answerOf(api.GET('/api/v1/plans/{id}/candidates', { params: { path: { id } } })),
  })

export const useOverlaps = (id: string) =>
  useQuery({
    queryKey: ['overlaps', id],
    enabled: id !== '',
    queryFn: () => answerOf(api.GET('/api/v1/plans/{id}/overlaps', { params: { path: { id } } })),
  })

/** Across the plans of a division and a year that one sees. */
export const useOverlapsHere = ({ division, year }: SearchTexts, isAsked: boolean) =>
  useQuery({
    queryKey: ['overlaps', 'here', division, year],
    enabled: isAsked,
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/plan-overlaps', {
          params: {
            query: { ...(division ? { division } : {}), ...(year ? { year: Number(year) } : {}) },
          },
        }),
      ),
  })

export const useAmendmentChecks = (id: string) =>
  useQuery({
    queryKey: ['amendments', 'checks', id],
    queryFn: () => answerOf(api.GET('/api/v1/amendments/{id}/checks', { params: { path: { id } } })),
  })
