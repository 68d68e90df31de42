import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Row } from '../api.ts'

export type Parameter = Row<'/api/v1/law/parameters'>
export type ParameterHistory = Answer<'/api/v1/law/parameters/{key}'>
export type InForce = ParameterHistory['entries'][number]
export type Overridden = Parameter['overridden'][number]
export type Unit = Parameter['unit']
export type Value = InForce['value']
export type Proposal = Row<'/api/v1/law/entries'>
export type ProposalState = Proposal['state']
export type Calendar = Row<'/api/v1/law/calendars'>

/** Where and when the law is asked; without a day, today. */
export interface Place {
  readonly division: string
  readonly on?: string | undefined
}

const queryOf = ({ division, on }: Place) => ({ division, ...(on ? { on } : {}) })

export const useParameters = (place: Place) =>
  useQuery({
    queryKey: ['law', 'parameters', place],
    queryFn: () => answerOf(api.GET('/api/v1/law/parameters', { params: { query: queryOf(place) } })),
    enabled: place.division !== '',
  })

export const useParameter = (key: string, place: Place) =>
  useQuery({
    queryKey: ['law', 'parameter', key, place],
    queryFn: () =>
      answerOf(api.GET('/api/v1/law/parameters/{key}', { params: { path: { key }, query: queryOf(place) } })),
    enabled: place.division !== '',
  })

export const useCodeLists = () =>
  useQuery({
    queryKey: ['law', 'codes'],
    queryFn: () => answerOf(api.GET('/api/v1/law/codes')),
    staleTime: 600_000,
  })

export const useProposals = (state: ProposalState | undefined) =>
  useQuery({
    queryKey: ['law', 'entries', state],
    queryFn: () => answerOf(api.GET('/api/v1/law/entries', { params: { query: state ? { state } : {} } })),
  })

export const useCalendars = () =>
  useQuery({ queryKey: ['law', 'calendars'], queryFn: () => answerOf(api.GET('/api/v1/law/calendars')) })

export const useDeadline = (
  asked: { readonly division: string; readonly key: string; readonly start: string } | undefined,
) =>
  useQuery({
    queryKey: ['law', 'deadline', asked],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/law/deadline', { params: { query: asked ?? { division: '', key: '', start: '' } } }),
      ),
    enabled: asked !== undefined,
  })

export type Comparison = Answer<'/api/v1/law/comparison'>
export type Compared = Comparison['items'][number]
export type ComparedPlace = Comparison['places'][number]

/** Several places beside each other: `410928@2023-06-30,150525@2024-06-03`. */
export const useComparison = (places: string | undefined) =>
  useQuery({
    queryKey: ['law', 'comparison', places],
    queryFn: () =>
      answerOf(api.GET('/api/v1/law/comparison', { params: { query: places ? { places } : {} } })),
    placeholderData: (previous) => previous,
  })
