// What of tasks waits for somebody, what he started, and what a search finds.

import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import { covers, type Reach } from '../../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../../platform/waiting.ts'
import { listTasks, partsOfTasks, type TaskRow } from './tasks.store.ts'

const MOST = 100
const MOST_FOUND = 8

/** What tasks put on the first page and into the search. What is asked of participants, the consultation says. */
export function tasksOwnContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: (reader, person) => toSend(reader, person, reachOf),
    startedBy: (reader, person) => underWay(reader, person, reachOf),
    search: (reader, _, text, person) => searchTasks(reader, reachOf('task.list', person), text),
  }
}

/** Drafts that are a head's to send out, and answers that are all there. */
async function toSend(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const seen = reachOf('task.list', person)
  const reach = reachOf('task.dispatch', person)
  if (!seen || !reach) return []
  const isHis = (row: TaskRow) => covers(reach, { authorityId: row.leadAuthorityId })
  const drafted = await listTasks(reader, seen, { state: 'drafted', after: undefined, limit: MOST })
  return drafted
    .filter((row) => isHis(row) && !row.drafterIds.includes(person.personId))
    .map((row) => ({
      code: row.mode === null ? 'task.settle' : 'task.dispatch',
      params: { task: row.name, number: row.number, person: row.draftedByName },
      link: `/tasks/${row.id}`,
      since: sinceDay(row.startsOn),
    }))
}

/** Tasks that are out, with whoever has not answered. */
async function underWay(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const seen = reachOf('task.list', person)
  if (!seen) return []
  const out = await listTasks(reader, seen, { state: 'consulting', after: undefined, limit: MOST })
  const own = out.filter(({ draftedById }) => draftedById === person.personId)
  const parts = await partsOfTasks(
    reader,
    own.map(({ id }) => id),
  )
  return own.map((row) => {
    const open = parts.filter(({ taskId, state }) => taskId === row.id && state === 'invited')
    return {
      code: 'task.consulted',
      params: { task: row.name, number: row.number, open: open.length },
      link: `/tasks/${row.id}`,
      since: row.dispatchedAt?.toISOString() ?? sinceDay(row.startsOn),
      withWhom: open.map(({ authorityName }) => authorityName).join('、'),
    }
  })
}

async function searchTasks(
  reader: Reader,
  reach: Reach | undefined,
  text: string,
): Promise<readonly Finding[]> {
  if (!reach) return []
  const rows = await listTasks(reader, reach, { q: text, after: undefined, limit: MOST_FOUND - 1 })
  return rows.map(({ id, name, number, leadAuthorityName }) => ({
    type: 'task',
    title: name,
    subtitle: `${leadAuthorityName} · ${number}`,
    link: `/tasks/${id}`,
  }))
}

/** The first moment of a day, in China. */
function sinceDay(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}
