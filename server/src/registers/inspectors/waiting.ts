// What of this register waits for its clerk, and what a search finds.

import { addDays } from '../../law/index.ts'
import type { Person } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Reach } from '../../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../../platform/waiting.ts'
import { daysOf } from './inspectors.representation.ts'
import { EXPIRING_DAYS } from './inspectors.rules.ts'
import { listEndingWarrants, listInspectors } from './inspectors.store.ts'

const MOST = 20
const MOST_FOUND = 8

/** What this part of the registers puts on the first page and into the search. */
export function inspectorContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: (reader, person, now) => waitingFor(reader, person, { now, reachOf }),
    search: (reader, _, text, person) => searchInspectors(reader, reachOf('inspector.list', person), text),
  }
}

/** Warrants of his own authority that end soon or have ended: whoever has none is not drawn. */
async function waitingFor(
  reader: Reader,
  person: Person,
  { now, reachOf }: { readonly now: Date; readonly reachOf: ReachOf },
): Promise<readonly Waiting[]> {
  const reach = reachOf('inspector.edit', person)
  const authority = person.acting?.authorityId
  if (!reach || authority === undefined) return []
  const days = daysOf(now)
  const rows = await listEndingWarrants(reader, reach, days, { authority, limit: MOST })
  return rows.map(({ id, name, warrantUntil }) => {
    const until = warrantUntil ?? days.today
    const isOver = until < days.today
    return {
      code: isOver ? 'inspector.warrant_expired' : 'inspector.warrant_expiring',
      params: { person: name, until },
      link: `/registers/inspectors/${id}`,
      since: new Date(`${addDays(until, isOver ? 1 : -EXPIRING_DAYS)}T00:00:00+08:00`).toISOString(),
    }
  })
}

/** Inspectors by name, unit or warrant; none for whoever may not list them. */
async function searchInspectors(
  reader: Reader,
  reach: Reach | undefined,
  text: string,
): Promise<readonly Finding[]> {
  if (!reach) return []
  // How long a warrant still holds is of no interest here; any day will do.
  const days = { today: '2000-01-01', soon: '2000-01-01' }
  const rows = await listInspectors(reader, reach, days, { q: text, limit: MOST_FOUND - 1 })
  return rows.map(({ id, name, authorityName, unitName, warrantNumber }) => ({
    type: 'inspector',
    title: name,
    subtitle: [authorityName, unitName, warrantNumber].filter((part) => part !== null).join(' · '),
    link: `/registers/inspectors/${id}`,
  }))
}
