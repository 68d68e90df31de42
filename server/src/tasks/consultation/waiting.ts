// What of consultations waits for somebody: an invitation to prepare or to answer, an opinion to reply to, a scheme to publish.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import { covers } from '../../platform/reach.ts'
import type { Contribution, ReachOf, Waiting } from '../../platform/waiting.ts'
import { schemesToPublish } from '../schemes/waiting.ts'
import { listParticipations, type ListedParticipation } from './participations.store.ts'

const MOST = 100

/** What the consultation puts on the first page. */
export function consultationContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: async (reader, person) => [
      ...(await toAnswer(reader, person, reachOf)),
      ...(await schemesToPublish(reader, person, reachOf)),
    ],
  }
}

/**
 * Invitations to the authority for which somebody acts: a clerk prepares what its heads decide on. Whoever prepared it
 * does not decide, so that it no longer waits for him.
 */
async function toAnswer(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const seen = reachOf('participation.mine', person)
  const acting = person.acting?.authorityId
  if (!seen || acting === undefined) return []
  const rows = await listParticipations(reader, seen, {
    authorityIds: [acting],
    states: ['invited'],
    after: undefined,
    limit: MOST,
  })
  const may = (action: string, { authorityId }: ListedParticipation): boolean => {
    const reach = reachOf(action, person)
    return reach !== undefined && covers(reach, { authorityId })
  }
  return rows
    .filter((row) => row.taskState === 'consulting')
    .flatMap((row) => {
      const isPrepared = row.preparedById !== null && row.conflictsConfirmed
      if (may('participation.accept', row) && !row.drafterIds.includes(person.personId))
        return [waitingOf(row, 'participation.answer')]
      const isHisTurn = !isPrepared && row.preparedById !== person.personId
      return may('participation.prepare', row) && isHisTurn ? [waitingOf(row, 'participation.prepare')] : []
    })
}

function waitingOf(row: ListedParticipation, code: string): Waiting {
  const due = row.replyBy === null ? {} : { due: { on: row.replyBy, law: 'tasks.consultation_required' } }
  return {
    code,
    params: { task: row.taskName, number: row.taskNumber, authority: row.leadAuthorityName },
    link: `/tasks/${row.taskId}/answer`,
    since: row.invitedAt?.toISOString() ?? '',
    ...due,
  }
}
