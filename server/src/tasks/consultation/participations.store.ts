// 会商: every statement about who takes part. Items and pools are sets that are written once; a change writes the next.

import { sql } from 'kysely'
import { dayOf } from '../../platform/clock.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import { grouped } from '../../registers/index.ts'
import { insertItems, itemsOf } from './items.store.ts'
import { joinedBy } from '../drafters.store.ts'
import type { Offer } from './participations.rules.ts'
import { insertPool, poolsOf } from './pools.store.ts'
import type { ParticipationFacts, ParticipationState } from './shapes.ts'

/** Which participations are asked for, over all tasks. */
export interface ParticipationFilter {
  readonly authorityIds: readonly string[]
  readonly states: readonly string[]
  readonly after: string | undefined
  readonly limit: number
}

/** An authority that is put into a task. */
export interface NewParticipation {
  readonly id: string
  readonly authorityId: string
  readonly isLead: boolean
  readonly members?: number | undefined
  readonly classes?: readonly string[] | undefined
  readonly itemIds?: readonly string[] | undefined
}

/** Everybody who was ever asked, the lead first, with items and pools. For rules and the draw: it asks for no reach. */
export async function participationsOf(reader: Reader, taskId: string): Promise<readonly ParticipationRow[]> {
  const rows = await all(reader)
    .where('m.task_id', '=', taskId)
    .orderBy('m.is_lead', 'desc')
    .orderBy('a.name')
    .orderBy('m.id')
    .execute()
  return complete(reader, rows)
}

/** The same, and nobody else changes or answers one of them until the transaction ends. */
export async function lockParticipations(
  writer: Writer,
  taskId: string,
): Promise<readonly ParticipationRow[]> {
  await writer
    .selectFrom('tasks.participation')
    .select('id')
    .where('task_id', '=', taskId)
    .orderBy('id')
    .forUpdate()
    .execute()
  return participationsOf(writer, taskId)
}

/** One of them, as far as its task is seen. */
export async function findParticipation(
  reader: Reader,
  reach: Reach,
  id: string,
): Promise<ParticipationRow | undefined> {
  const rows = await all(reader)
    .where('m.id', '=', id)
    .where(within(reach, { authorities: 't.party_ids', division: 't.open_division_code' }))
    .execute()
  return (await complete(reader, rows))[0]
}

/** Of some authorities, the newest task first, one more than the limit; without items and pools. */
export function listParticipations(reader: Reader, reach: Reach, filter: ParticipationFilter) {
  const { authorityIds, states, after, limit } = filter
  return all(reader)
    .where(within(reach, { authorities: 't.party_ids', division: 't.open_division_code' }))
    .where('m.authority_id', 'in', [NOBODY, ...authorityIds])
    .where('m.is_lead', '=', false)
    .where('m.invited_at', 'is not', null)
    .$if(states.length > 0, (query) => query.where('m.state', 'in', [...states]))
    .$if(after !== undefined, (query) => query.where('m.id', '<', after!))
    .orderBy('m.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type ListedParticipation = Awaited<ReturnType<typeof listParticipations>>[number]

/** A participation with what goes with it. */
export type ParticipationRow = Omit<ListedParticipation, 'state'> &
  ParticipationFacts & { readonly remindedOn: string | null }

/** Puts authorities into a task, with the items that its plan has for them. The lead must be among them. */
export async function insertParticipations(
  writer: Writer,
  task: { readonly taskId: string; readonly divisionCode: string; readonly by: string },
  parts: readonly NewParticipation[],
): Promise<void> {
  if (parts.length === 0) return
  const values = parts.map(({ id, authorityId, isLead, members, classes, itemIds = [] }) => ({
    id,
    task_id: task.taskId,
    division_code: task.divisionCode,
    authority_id: authorityId,
    is_lead: isLead,
    state: 'prepared',
    ...(members === undefined ? {} : { members }),
    ...(classes === undefined ? {} : { classes: texts(classes) }),
    item_set: itemIds.length === 0 ? 0 : 1,
    drafter_ids: itemIds.length === 0 ? [] : [task.by],
  }))
  await writer.insertInto('tasks.participation').values(values).execute()
  await insertItems(
    writer,
    parts.map(({ id, itemIds = [] }) => ({ participationId: id, set: 1, itemIds })),
  )
}

/** Asks an authority again that was let go, or gives it other numbers. */
export async function askParticipation(
  writer: Writer,
  id: string,
  {
    members,
    classes,
  }: { readonly members?: number | undefined; readonly classes?: readonly string[] | undefined },
): Promise<void> {
  await writer
    .updateTable('tasks.participation')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: 'prepared',
      ...(members === undefined ? {} : { members }),
      ...(classes === undefined ? {} : { classes: texts(classes) }),
    }))
    .where('id', '=', id)
    .execute()
}

/** What an authority has settled; what is left out stays. Whoever writes it does not decide on it. */
export async function prepareParticipation(
  writer: Writer,
  id: string,
  settled: {
    readonly by: string
    readonly now: Date
    readonly itemIds?: readonly string[] | undefined
    readonly pool?:
      | readonly { readonly inspectorId: string; readonly classes: readonly string[] }[]
      | undefined
    readonly members?: number | undefined
    readonly classes?: readonly string[] | undefined
    readonly drawn?: number | undefined
    readonly conflictsConfirmed?: boolean | undefined
  },
): Promise<void> {
  const { by, now, itemIds, pool, members, classes, drawn, conflictsConfirmed } = settled
  // Another pool has other declarations: they are confirmed anew.
  const confirmed = conflictsConfirmed ?? (pool === undefined ? undefined : false)
  const set = await writer
    .updateTable('tasks.participation')
    .set((eb) => ({
      version: eb('version', '+', 1),
      prepared_by: by,
      drafter_ids: joinedBy(by),
      ...(members === undefined ? {} : { members }),
      ...(classes === undefined ? {} : { classes: texts(classes) }),
      ...(drawn === undefined ? {} : { drawn }),
      ...(itemIds === undefined ? {} : { item_set: eb('item_set', '+', 1) }),
      ...(pool === undefined ? {} : { pool_set: eb('pool_set', '+', 1) }),
      ...(confirmed === undefined ? {} : confirmation(confirmed, by, now)),
    }))
    .where('id', '=', id)
    .returning(['item_set', 'pool_set'])
    .executeTakeFirstOrThrow()
  if (itemIds) await insertItems(writer, [{ participationId: id, set: set.item_set, itemIds }])
  if (pool) await insertPool(writer, { participationId: id, set: set.pool_set, members: pool })
}

/** Dispatching: the lead's part is settled by whoever dispatches, all others are asked until a day. */
export async function inviteAll(
  writer: Writer,
  taskId: string,
  asked: { readonly round: number; readonly replyBy: string; readonly now: Date; readonly by: string },
): Promise<void> {
  await settleLead(writer, taskId, asked)
  await writer
    .updateTable('tasks.participation')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state: 'invited',
      round: asked.round,
      reply_by: asked.replyBy,
      invited_at: asked.now,
      reminded_at: null,
    }))
    .where('task_id', '=', taskId)
    .where('is_lead', '=', false)
    .where('state', '=', 'prepared')
    .execute()
}

/** The lead's own part is settled: by dispatching, or where it inspects alone. */
export async function settleLead(
  writer: Writer,
  taskId: string,
  { by, now }: { readonly by: string; readonly now: Date },
): Promise<void> {
  await writer
    .updateTable('tasks.participation')
    .set((eb) => ({ version: eb('version', '+', 1), state: 'accepted', answered_by: by, answered_at: now }))
    .where('task_id', '=', taskId)
    .where('is_lead', '=', true)
    .where('state', '=', 'prepared')
    .execute()
}

/** Something that belongs to the task has changed, though no column of it has: whoever agreed to less is asked again (`askAnew`). `drafterId`: of a draft, who did. */
export async function raiseTask(writer: Writer, taskId: string, drafterId?: string): Promise<void> {
  await writer
    .updateTable('tasks.task')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(drafterId === undefined ? {} : { drafter_ids: joinedBy(drafterId) }),
    }))
    .where('id', '=', taskId)
    .execute()
}

// `in ()` is not SQL.
const NOBODY = '00000000-0000-0000-0000-000000000000'

const texts = (words: readonly string[]): string[] => [...new Set(words.map((word) => word.normalize('NFC')))]

function confirmation(confirmed: boolean, by: string, now: Date) {
  return confirmed
    ? { conflicts_confirmed_by: by, conflicts_confirmed_at: now }
    : { conflicts_confirmed_by: null, conflicts_confirmed_at: null }
}

async function complete(
  reader: Reader,
  rows: readonly ListedParticipation[],
): Promise<readonly ParticipationRow[]> {
  const ids = rows.map(({ id }) => id)
  const items = grouped(await itemsOf(reader, ids), ({ participationId }) => participationId)
  const pools = grouped(await poolsOf(reader, ids), ({ participationId }) => participationId)
  return rows.map((row) => ({
    ...row,
    state: row.state as ParticipationState,
    items: items.get(row.id) ?? [],
    pool: pools.get(row.id) ?? [],
    isOutdated: isOutdated(row),
    remindedOn: row.remindedAt === null ? null : dayOf(row.remindedAt),
  }))
}

/** What the lead changes takes acceptances back at once; this holds whatever changed the scheme. */
function isOutdated({ state, isLead, scheme, ...row }: ListedParticipation): boolean {
  if (isLead || state !== 'accepted') return false
  return (
    (scheme?.id ?? null) !== row.acceptedSchemeId || (scheme?.version ?? null) !== row.acceptedSchemeVersion
  )
}

function all(reader: Reader) {
  return reader
    .selectFrom('tasks.participation as m')
    .innerJoin('tasks.task as t', 't.id', 'm.task_id')
    .innerJoin('agencies.authority as a', 'a.id', 'm.authority_id')
    .innerJoin('agencies.authority as l', 'l.id', 't.lead_authority_id')
    .leftJoin('agencies.person as p', 'p.id', 'm.prepared_by')
    .leftJoin('agencies.person as q', 'q.id', 'm.answered_by')
    .leftJoin('agencies.person as c', 'c.id', 'm.conflicts_confirmed_by')
    .select(['m.id', 'm.version', 'm.state', 'm.round', 'm.members', 'm.classes', 'm.drawn'])
    .select(['t.name as taskName', 't.number as taskNumber', 't.state as taskState'])
    .select(['t.starts_on as startsOn', 't.ends_on as endsOn', 't.party_ids as partyIds'])
    .select(['t.lead_authority_id as leadAuthorityId', 'l.name as leadAuthorityName'])
    .select(['m.task_id as taskId', 'm.division_code as divisionCode', 'm.is_lead as isLead'])
    .select(['m.authority_id as authorityId', 'a.name as authorityName', 'm.prepared_by as preparedById'])
    .select(['p.name as preparedByName', 'm.invited_at as invitedAt', 'm.reply_by as replyBy'])
    .select(['m.reminded_at as remindedAt', 'm.answered_by as answeredById', 'q.name as answeredByName'])
    .select(['m.answered_at as answeredAt', 'm.refusal_reason as refusalReason'])
    .select(['m.refusal_statement as refusalStatement', 'c.name as conflictsConfirmedByName'])
    .select(['m.conflicts_confirmed_at as conflictsConfirmedAt', 'm.drafter_ids as drafterIds'])
    .select(sql<boolean>`m.conflicts_confirmed_at is not null`.as('conflictsConfirmed'))
    .select([
      'm.accepted_scheme_id as acceptedSchemeId',
      'm.accepted_scheme_version as acceptedSchemeVersion',
    ])
    .select('t.version as taskVersion')
    .select(
      sql<Offer['scheme']>`(select jsonb_build_object('id', s.id, 'version', s.version) from tasks.scheme s
        where s.task_id = t.id order by s.number desc limit 1)`.as('scheme'),
    )
}
