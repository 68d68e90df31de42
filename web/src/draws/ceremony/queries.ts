// What the pages of the room read: what its run need, and what every screen of it shows.

import { useQuery } from '@tanstack/react-query'
import { type Answer, answerOf, api } from '../../api.ts'

/** The ceremony, as those see it who run it. */
export type Ceremony = Answer<'/api/v1/draws/{id}/ceremony'>
export type CeremonySource = Ceremony['sources'][number]
/** What the phones and the big screen show too. */
export type Room = Answer<'/api/v1/public/rooms/{code}'>

const AGAIN_MS = 2_000

/** A ceremony; what others do in the room meanwhile is seen without being asked for. */
export const useCeremony = (id: string, eventN = 0) =>
  useQuery({
    queryKey: ['draws', id, 'ceremony', eventN],
    enabled: id !== '',
    refetchInterval: AGAIN_MS,
    queryFn: () =>
      answerOf(
        api.GET('/api/v1/draws/{id}/ceremony', {
          params: { path: { id }, query: eventN === 0 ? {} : { eventN } },
        }),
      ),
  })

/** What a room shows; nothing is asked while there is none. */
export const useRoom = (code: string | undefined) =>
  useQuery({
    queryKey: ['draws', 'room', code],
    enabled: code !== undefined,
    refetchInterval: AGAIN_MS,
    queryFn: () =>
      answerOf(api.GET('/api/v1/public/rooms/{code}', { params: { path: { code: code ?? '' }, query: {} } })),
  })
