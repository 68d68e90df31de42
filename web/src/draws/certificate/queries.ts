// What everybody can read of a draw, shown to officials beside what they alone see.

import { useQuery } from '@tanstack/react-query'
import { answerOf, api } from '../../api.ts'

export const usePublicDraw = (name: string) =>
  useQuery({
    queryKey: ['draws', 'public', name],
    queryFn: () => answerOf(api.GET('/api/v1/public/draws/{name}', { params: { path: { name } } })),
  })

export const useChanges = (name: string) =>
  useQuery({
    queryKey: ['draws', 'changes', name],
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/public/draws/{name}/changes', { params: { path: { name }, query: { limit: 1 } } }),
      ),
  })
