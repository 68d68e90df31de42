// What of the catalogue waits for somebody, what he started, and what a search finds.

import type { Person } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import { covers, type Reach } from '../../platform/reach.ts'
import type { Contribution, Finding, ReachOf, Waiting } from '../../platform/waiting.ts'
import { listDocuments } from './documents.store.ts'
import { placeOfItem } from './items.representation.ts'
import { listItems } from './items.store.ts'
import { placeOfJoint } from './joint.representation.ts'
import { listJoint } from './joint.store.ts'
import { listStatements } from './statements.store.ts'

/** How far a person reaches by an action. */
interface Looking {
  readonly now: Date
  readonly reachOf: ReachOf
}

const MOST = 100
const MOST_FOUND = 8

/** What the catalogue puts on the first page and into the search. */
export function catalogueContribution(reachOf: ReachOf): Contribution {
  return {
    waitingFor: async (reader, person, now) => [
      ...(await itemsToDecide(reader, person, { now, reachOf })),
      ...(await jointToDecide(reader, person, { now, reachOf })),
      ...(await documentsToReceive(reader, person, { now, reachOf })),
      ...(await statementsToReceive(reader, person, { now, reachOf })),
    ],
    startedBy: (reader, person, now) => proposedBy(reader, person, { now, reachOf }),
    search: (reader, _, text, person) => searchItems(reader, reachOf('item.list', person), text),
  }
}

async function itemsToDecide(
  reader: Reader,
  person: Person,
  { now, reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const reach = reachOf('item.approve', person)
  if (!reach) return []
  const filter = { state: 'proposed', after: undefined, limit: MOST }
  const rows = await listItems(reader, reach, dayOf(now), filter)
  return rows
    .filter((row) => row.proposedById !== person.personId && covers(reach, placeOfItem(row)))
    .map((row) => ({
      code: 'item.decide',
      params: { item: row.name, code: row.code, authority: row.authorityName },
      link: `/registers/items/${row.id}`,
      since: row.proposedAt?.toISOString() ?? now.toISOString(),
    }))
}

async function jointToDecide(
  reader: Reader,
  person: Person,
  { now, reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const reach = reachOf('jointItem.approve', person)
  if (!reach) return []
  const rows = await listJoint(reader, reach, { state: 'proposed', after: undefined, limit: MOST })
  return rows
    .filter((row) => row.proposedById !== person.personId && covers(reach, placeOfJoint(row)))
    .map((row) => ({
      code: 'jointItem.decide',
      params: { item: row.name, authority: row.leadAuthorityName },
      link: `/registers/joint-items/${row.id}`,
      since: row.proposedAt?.toISOString() ?? now.toISOString(),
    }))
}

async function documentsToReceive(
  reader: Reader,
  person: Person,
  { now, reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const reach = reachOf('operatingDocument.receive', person)
  if (!reach) return []
  const filter = { state: 'submitted', latest: true, after: undefined, limit: MOST }
  const rows = await listDocuments(reader, reach, filter)
  return rows
    .filter(({ uploadedById }) => uploadedById !== person.personId)
    .map((row) => ({
      code: 'operatingDocument.receive',
      params: { title: row.title, number: row.number, authority: row.authorityName },
      link: `/registers/documents/${row.id}`,
      since: row.submittedOn === null ? now.toISOString() : sinceDay(row.submittedOn),
    }))
}

async function statementsToReceive(
  reader: Reader,
  person: Person,
  { reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const reach = reachOf('unsuitableStatement.receive', person)
  if (!reach) return []
  const rows = await listStatements(reader, reach, { state: 'submitted', after: undefined, limit: MOST })
  return rows
    .filter(({ submittedById }) => submittedById !== person.personId)
    .map((row) => ({
      code: 'unsuitableStatement.receive',
      params: { authority: row.authorityName, count: row.items.length },
      link: `/registers/statements/${row.id}`,
      since: row.submittedAt.toISOString(),
    }))
}

/** What this person proposed and nobody has decided on yet. */
async function proposedBy(
  reader: Reader,
  person: Person,
  { now, reachOf }: Looking,
): Promise<readonly Waiting[]> {
  const items = reachOf('item.propose', person)
  const joint = reachOf('jointItem.propose', person)
  const common = { state: 'proposed', after: undefined, limit: MOST }
  const own = items ? await listItems(reader, items, dayOf(now), common) : []
  const together = joint ? await listJoint(reader, joint, common) : []
  const isHis = ({ proposedById }: { readonly proposedById: string | null }) =>
    proposedById === person.personId
  return [
    ...own.filter(isHis).map((row) => ({
      code: 'item.proposed',
      params: { item: row.name, code: row.code, authority: row.authorityName },
      link: `/registers/items/${row.id}`,
      since: row.proposedAt?.toISOString() ?? now.toISOString(),
      withWhom: row.authorityName,
    })),
    ...together.filter(isHis).map((row) => ({
      code: 'jointItem.proposed',
      params: { item: row.name, authority: row.leadAuthorityName },
      link: `/registers/joint-items/${row.id}`,
      since: row.proposedAt?.toISOString() ?? now.toISOString(),
      withWhom: row.leadAuthorityName,
    })),
  ]
}

/** Items by name, sub-item, object or code; none for whoever may not list them. */
async function searchItems(
  reader: Reader,
  reach: Reach | undefined,
  text: string,
): Promise<readonly Finding[]> {
  if (!reach) return []
  // Whether the last day of one has passed is of no interest here; any day will do.
  const filter = { q: text, after: undefined, limit: MOST_FOUND - 1 }
  const rows = await listItems(reader, reach, '2000-01-01', filter)
  return rows.map(({ id, code, name, subItem, authorityName }) => ({
    type: 'item',
    title: subItem === null ? name : `${name}：${subItem}`,
    subtitle: `${authorityName} · ${code}`,
    link: `/registers/items/${id}`,
  }))
}

/** The first moment of a day, in China. */
function sinceDay(day: string): string {
  return new Date(`${day}T00:00:00+08:00`).toISOString()
}
