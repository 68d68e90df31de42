import { useQuery } from '@tanstack/react-query'
import { answerOf, api, type Answer } from '../api.ts'
import type { SearchTexts } from '../ui/list-search.ts'

export type Job = Answer<'/api/v1/jobs/{id}'>

const RUNNING: readonly Job['state'][] = ['waiting', 'running']

export const useJobs = (query: SearchTexts) =>
  useQuery({
    queryKey: ['jobs', query],
    queryFn: () => answerOf(api.GET('/api/v1/jobs', { params: { query } })),
    refetchInterval: ({ state }) =>
      state.data?.items.some((job) => RUNNING.includes(job.state)) ? 2000 : false,
  })

/** One job, asked again and again while it runs; none while its id is empty. */
export const useJob = (id: string) =>
  useQuery({
    queryKey: ['jobs', id],
    enabled: id !== '',
    queryFn: () => answerOf(api.GET('/api/v1/jobs/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data && RUNNING.includes(state.data.state) ? 1000 : false),
  })
