// What the screens of plans ask the server.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api, type Body, type Row } from '../api.ts'
import type { SearchTexts } from '../ui/list-search.ts'

export type Plan = Answer<'/api/v1/plans/{id}'>
export type Line = Answer<'/api/v1/plan-lines/{id}'>
export type NewLine = Body<'/api/v1/plans/{id}/lines'>
export type Scope = Line['scope']
export type Amendment = Answer<'/api/v1/amendments/{id}'>
export type Change = Amendment['changes'][number]
export type Filing = Row<'/api/v1/filings'>
export type Duty = Row<'/api/v1/filing-duties'>
export type Finding = Row<'/api/v1/plans/{id}/checks'>

type Query = Record<string, string>

/** What may have changed when anything of a plan was done. */
export const PLAN_CHANGES = [['plans'], ['plan-lines'], ['amendments'], ['filings'], ['todo'], ['started']]

export const usePlans = (query: SearchTexts) =>
  useQuery({
    queryKey: ['plans', query],
    queryFn: () => answerOf(api.GET('/api/v1/plans', { params: { query: query as Query } })),
  })

export const usePlan = (id: string) =>
  useQuery({
    queryKey: ['plans', id],
    queryFn: () => answerOf(api.GET('/api/v1/plans/{id}', { params: { path: { id } } })),
  })

export const useLines = (id: string, query: SearchTexts) =>
  useQuery({
    queryKey: ['plan-lines', 'of', id, query],
    queryFn: () =>
      answerOf(api.GET('/api/v1/plans/{id}/lines', { params: { path: { id }, query: query as Query } })),
  })

/** A line; nothing is asked without an id. */
export const useLine = (id: string | undefined) =>
  useQuery({
    queryKey: ['plan-lines', id],
    enabled: id !== undefined,
    queryFn: () => answerOf(api.GET('/api/v1/plan-lines/{id}', { params: { path: { id: id ?? '' } } })),
  })

export const useAmendments = (id: string) =>
  useQuery({
    queryKey: ['amendments', id],
    queryFn: () => answerOf(api.GET('/api/v1/plans/{id}/amendments', { params: { path: { id } } })),
  })

export const useChecks = (id: string) =>
  useQuery({
    queryKey: ['plans', id, 'checks'],
    queryFn: () => answerOf(api.GET('/api/v1/plans/{id}/checks', { params: { path: { id } } })),
  })

export const useFilings = (query: SearchTexts) =>
  useQuery({
    queryKey: ['filings', query],
    queryFn: () => answerOf(api.GET('/api/v1/filings', { params: { query: query as Query } })),
  })

/** What an authority owes in a year. Nothing is asked without an authority, nor where it is not one's own. */
export const useDuties = (authority: string | undefined, year: number | undefined) =>
  useQuery({
    queryKey: ['filings', 'duties', authority, year],
    enabled: authority !== undefined,
    retry: false,
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/filing-duties', {
          params: { query: { authority: authority ?? '', ...(year === undefined ? {} : { year }) } },
        }),
      ),
  })
