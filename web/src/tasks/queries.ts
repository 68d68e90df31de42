// What the screens of tasks ask the server.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer, type Body, type Row } from '../api.ts'
import type { SearchTexts } from '../ui/list-search.ts'
import type { Choice } from '../ui/remote-picker.tsx'

export { useDivisionNames, useIndustryNames } from '../registers/subjects/names.ts'

export type Task = Answer<'/api/v1/tasks/{id}'>
export type ListedTask = Row<'/api/v1/tasks'>
export type Figures = NonNullable<Task['figures']>
export type Scope = Task['scope']
export type Design = Task['design']
export type NewTask = Body<'/api/v1/tasks'>
export type PreviewBody = Body<'/api/v1/task-previews'>
export type Preview = Answer<'/api/v1/task-previews', 'post'>
export type Simulation = Answer<'/api/v1/tasks/{id}/simulations', 'post'>
export type SimulationBody = Body<'/api/v1/tasks/{id}/simulations'>
export type Visit = Row<'/api/v1/visits'>
export type PlanLine = Answer<'/api/v1/plan-lines/{id}'>

export const useTasks = (query: SearchTexts) =>
  useQuery({
    queryKey: ['tasks', query],
    queryFn: () => answerOf(api.GET('/api/v1/tasks', { params: { query: query as object } })),
  })

export const useTask = (id: string) =>
  useQuery({
    queryKey: ['tasks', id],
    enabled: id !== '',
    queryFn: () => answerOf(api.GET('/api/v1/tasks/{id}', { params: { path: { id } } })),
  })

export const useExclusions = (id: string) =>
  useQuery({
    queryKey: ['tasks', id, 'exclusions'],
    queryFn: () => answerOf(api.GET('/api/v1/tasks/{id}/exclusions', { params: { path: { id } } })),
  })

/** What would be drawn; the last answer stays while the next is counted. */
export const usePreview = (body: PreviewBody | undefined) =>
  useQuery({
    queryKey: ['task-previews', body],
    enabled: body !== undefined,
    retry: false,
    placeholderData: (previous) => previous,
    queryFn: () => answerOf(api.POST('/api/v1/task-previews', { body: body! })),
  })

export const useSimulation = (id: string, body: SimulationBody) =>
  useQuery({
    queryKey: ['tasks', id, 'simulation', body],
    placeholderData: (previous) => previous,
    queryFn: () => answerOf(api.POST('/api/v1/tasks/{id}/simulations', { params: { path: { id } }, body })),
  })

export const useVisits = (query: SearchTexts) =>
  useQuery({
    queryKey: ['visits', query],
    queryFn: () => answerOf(api.GET('/api/v1/visits', { params: { query: query as object } })),
  })

export const usePlanLine = (id: string) =>
  useQuery({
    queryKey: ['plan-lines', id],
    enabled: id !== '',
    queryFn: () => answerOf(api.GET('/api/v1/plan-lines/{id}', { params: { path: { id } } })),
  })

/** Lines of published plans that an authority leads. */
export async function findLines(q: string, lead: string): Promise<readonly Choice[]> {
  const { items: plans } = await answerOf(
    api.GET('/api/v1/plans', { params: { query: { state: 'published', limit: 20 } } }),
  )
  const found = await Promise.all(
    plans.map(async ({ id, title }) => {
      const { items } = await answerOf(
        api.GET('/api/v1/plans/{id}/lines', { params: { path: { id }, query: { lead, limit: 200 } } }),
      )
      return items
        .filter(({ taskName }) => taskName.includes(q))
        .map((line) => ({ value: line.id, label: `${line.taskName}（${title}）` }))
    }),
  )
  return found.flat()
}
