// Who is signed in, and for which authority.

import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Answer, answerOf, api } from './api.ts'
import { noteServerTime } from './ui/server-time.ts'
import { useWrite } from './use-write.ts'

export type Me = Answer<'/api/v1/me'>

export const ME = ['me'] as const

/** The person at the screen; undefined until the server answered. */
export function useMe() {
  return useQuery({ queryKey: ME, queryFn: () => answerOf(api.GET('/api/v1/me')), staleTime: 60_000 })
}

/** What this server is: engine, real or simulated, version. Answered also before sign-in. */
export function useSystem() {
  return useQuery({
    queryKey: ['system'],
    queryFn: async () => {
      const system = await answerOf(api.GET('/api/v1/system'))
      noteServerTime(system.now)
      return system
    },
    staleTime: 300_000,
  })
}

/** Acting for another of one's authorities changes everything on the screen. */
export function useActing() {
  return useWrite((authorityId: string, headers) =>
    answerOf(api.POST('/api/v1/me/acting', { body: { authorityId }, headers })),
  )
}

/** Ends the session; what was fetched is forgotten. */
export function useSignOut() {
  const client = useQueryClient()
  return useWrite(() => answerOf(api.DELETE('/api/v1/session')), {
    changes: [],
    onDone: () => client.clear(),
  })
}
