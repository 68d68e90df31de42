// A scheme that waits for somebody: written, its task agreed, and for another head of the lead to publish.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { ReachOf, Waiting } from '../../platform/waiting.ts'
import { draftsOfAgreed } from './schemes.store.ts'

/** Drafts whose task is agreed, for whoever may publish them and wrote nothing of them. */
export async function schemesToPublish(
  reader: Reader,
  person: Person,
  reachOf: ReachOf,
): Promise<readonly Waiting[]> {
  const reach = reachOf('scheme.publish', person)
  if (!reach) return []
  const rows = await draftsOfAgreed(reader, reach)
  return rows
    .filter(({ drafterIds }) => !drafterIds.includes(person.personId))
    .map((row) => ({
      code: 'scheme.publish',
      params: { task: row.taskName, number: row.taskNumber, version: row.number, person: row.writtenByName },
      link: `/tasks/${row.taskId}/scheme`,
      since: row.writtenAt.toISOString(),
    }))
}
