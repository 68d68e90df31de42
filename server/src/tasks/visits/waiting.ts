// Declared visits that wait for a second person.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { ReachOf, Waiting } from '../../platform/waiting.ts'
import { listVisits } from './visits.store.ts'

const MOST = 100

/** What a head is to confirm: what others of his authority have declared. */
export async function visitsWaitingFor(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const reach = reachOf('visit.confirm', person)
  if (!reach) return []
  const rows = await listVisits(reader, reach, { state: 'pending', after: undefined, limit: MOST })
  return rows
    .filter(({ enteredById }) => enteredById !== person.personId)
    .map((row) => ({
      code: 'visit.confirm',
      params: { subject: row.subjectName, day: row.onDay, person: row.enteredByName ?? '' },
      link: '/tasks/visits?state=pending',
      since: (row.declaredAt ?? new Date(0)).toISOString(),
    }))
}
