// What of this register waits for somebody, what he started, and what a search finds.

import type { Person, Role } from '../../platform/actor.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { Reach } from '../../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../../platform/waiting.ts'
import { whyNotDecide } from './changes.rules.ts'
import { type ChangeRow, countReturns, listChanges } from './changes.store.ts'
import { searchSubjects } from './search.store.ts'
import { namesOf } from './subjects.store.ts'

/** How far a person reaches by an action. */
const OVERSEERS: readonly Role[] = ['oversight', 'conferenceOffice']
const MOST = 100
const MOST_FOUND = 8

/** What this register puts on the first page and into the search. */
export function subjectContribution(
  reachOf: ReachOf,
  { churnDays }: { readonly churnDays: number },
): Contribution {
  return {
    waitingFor: async (reader, person, now) => [
      ...(await decisionsFor(reader, person, reachOf)),
      ...(await returnsFor(reader, person, { now, churnDays, reachOf })),
    ],
    startedBy: (reader, person) => startedBy(reader, person, reachOf),
    search: (reader, _, text, person) => searchRegister(reader, reachOf('subject.list', person), text),
  }
}

/** Proposed changes that this person may decide on. */
async function decisionsFor(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const reach = reachOf('subjectChange.approve', person)
  const rows = reach ? await listChanges(reader, reach, { state: 'proposed', limit: MOST }) : []
  return rows
    .filter((row) => whyNotDecide(row, person.personId) === undefined)
    .map((row) => ({ code: `subjectChange.decide.${row.kind}`, ...about(row) }))
}

/** Subjects that were taken out and put back: what whoever oversees should look at (I4). */
async function returnsFor(
  reader: Reader,
  person: Person,
  { now, churnDays, reachOf }: { readonly now: Date; readonly churnDays: number; readonly reachOf: ReachOf },
): Promise<readonly Waiting[]> {
  const oversees = person.grants.some(({ role }) => OVERSEERS.includes(role))
  const reach = oversees ? reachOf('subjectChange.list', person) : undefined
  if (!reach) return []
  const since = new Date(now.getTime() - churnDays * 86_400_000)
  const { count, last } = await countReturns(reader, reach, { since, days: churnDays })
  if (count === 0) return []
  const params = { count, days: churnDays }
  const link = '/registers/changes?returned=true'
  return [{ code: 'subject.returned', params, link, since: (last ?? now).toISOString() }]
}

/** This person's proposals that nobody has decided on yet. */
async function startedBy(reader: Reader, person: Person, reachOf: ReachOf): Promise<readonly Waiting[]> {
  const reach = reachOf('subjectChange.list', person)
  if (!reach) return []
  const filter = { state: 'proposed', proposedBy: person.personId, limit: MOST }
  const rows = await listChanges(reader, reach, filter)
  return rows.map((row) => ({ code: `subjectChange.proposed.${row.kind}`, ...about(row) }))
}

function about({ id, subjectName, subjectCode, proposedAt }: ChangeRow) {
  return {
    params: { name: subjectName, code: subjectCode },
    link: `/registers/changes/${id}`,
    since: proposedAt.toISOString(),
  }
}

/** Subjects by code, name or initials; for the three administrators none. */
async function searchRegister(
  reader: Reader,
  reach: Reach | undefined,
  text: string,
): Promise<readonly Finding[]> {
  if (!reach) return []
  const { rows } = await searchSubjects(reader, reach, { q: text }, { limit: MOST_FOUND })
  const names = await namesOf(reader, {
    divisions: rows.map(({ divisionCode }) => divisionCode),
    authorities: [],
  })
  return rows.map(({ id, name, code, divisionCode }) => ({
    type: 'subject',
    title: name,
    subtitle: `${code} · ${names.get(divisionCode) ?? divisionCode}`,
    link: `/registers/subjects/${id}`,
  }))
}
