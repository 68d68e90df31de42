// What the pages of 冻结 and 承诺 read.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api } from '../../api.ts'

export type Findings = Answer<'/api/v1/draws/{id}/findings'>
export type Finding = Findings['findings'][number]

/** What the freeze found; asked anew whenever the draw has moved. */
export const useFindings = (id: string, version: number) =>
  useQuery({
    queryKey: ['draws', id, 'findings', version],
    queryFn: () => answerOf(api.GET('/api/v1/draws/{id}/findings', { params: { path: { id } } })),
  })
