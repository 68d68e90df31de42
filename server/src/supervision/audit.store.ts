// Reads the audit trail. Nothing here writes: the trail is written by `record` and by triggers.

import { sql } from 'kysely'
import type { Reader } from '../platform/database/database.ts'
import { beginning } from '../platform/database/like.ts'
import { keyOf, type Page, pageOf } from '../platform/http/pages.ts'
import { type Reach, within } from '../platform/reach.ts'
import { found } from '../platform/refusal.ts'
import type { AuditEvent, EventDetail, EventQuery } from './schema.ts'

const SHOWN_CHANGES = 200

/** The newest events first, within the reach: of an authority, of a division's authorities, or of oneself. */
export async function listEvents(reader: Reader, reach: Reach, query: EventQuery): Promise<Page<AuditEvent>> {
  const limit = query.limit ?? 50
  const after = keyOf(query.after, ['instant', 'id'])
  let rows = events(reader, reach)
    .orderBy('e.at', 'desc')
    .orderBy('e.id', 'desc')
    .limit(limit + 1)
  if (after) rows = rows.where(sql<boolean>`(e.at, e.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  if (query.action)
    rows = query.action.endsWith('.')
      ? rows.where('e.action', 'like', beginning(query.action))
      : rows.where('e.action', '=', query.action)
  if (query.outcome) rows = rows.where('e.outcome', '=', query.outcome)
  if (query.person) rows = rows.where('e.actor_id', '=', query.person)
  if (query.authority) rows = rows.where('e.authority_id', '=', query.authority)
  if (query.objectType) rows = rows.where('e.object_type', '=', query.objectType)
  if (query.objectId) rows = rows.where('e.object_id', '=', query.objectId)
  if (query.from)
    rows = rows.where(sql<boolean>`e.at >= ${query.from}::date::timestamp at time zone 'Asia/Shanghai'`)
  if (query.until)
    rows = rows.where(sql<boolean>`e.at < (${query.until}::date + 1)::timestamp at time zone 'Asia/Shanghai'`)
  return pageOf(await rows.execute(), limit, {
    key: (row) => [row.exact_at, row.id],
    show: eventOf,
  })
}

/** One event with what it changed and where it stands in the log. Throws NotFound. */
export async function getEvent(reader: Reader, reach: Reach, id: string): Promise<EventDetail> {
  const event = found(
    await events(reader, reach).select('e.request_id').where('e.id', '=', id).executeTakeFirst(),
    'event',
  )
  // The changes of an event are those of the leaves of its transaction: audit.change has no index of its own for it.
  const changes = reader
    .selectFrom('audit.change as c')
    .innerJoin('log.leaf as l', 'l.id', 'c.leaf_id')
    .where('l.xid', '=', event.xid)
    .where('c.event_id', '=', id)
  const { count } = await changes
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  const shown = await changes
    .selectAll('c')
    .orderBy('c.leaf_id')
    .orderBy('c.leaf_ordinal')
    .limit(SHOWN_CHANGES)
    .execute()
  const leaf = await reader
    .selectFrom('log.leaf as l')
    .leftJoin('log.sequence as s', 's.leaf_id', 'l.id')
    .select(['l.id', 'l.body', 's.leaf_index'])
    .where('l.xid', '=', event.xid)
    .where('l.body', 'like', `%"id":"${id}"%"type":"event"%`)
    .executeTakeFirstOrThrow()
  return {
    ...eventOf(event),
    requestId: event.request_id,
    changes: shown.map((c) => ({
      table: c.table_name,
      key: c.row_key,
      op: c.op as 'insert' | 'update' | 'delete',
      before: imageOf(c.before),
      after: imageOf(c.after),
    })),
    changesInAll: count,
    leaf: {
      id: leaf.id,
      body: leaf.body,
      index: leaf.leaf_index,
      receipt: leaf.leaf_index === null ? null : `/api/v1/public/log/receipts/${leaf.id}`,
    },
  }
}

function events(reader: Reader, reach: Reach) {
  return (
    reader
      .selectFrom('audit.event as e')
      .leftJoin('agencies.person as p', 'p.id', 'e.actor_id')
      .leftJoin('agencies.authority as a', 'a.id', 'e.authority_id')
      .select([
        'e.id',
        'e.xid',
        'e.at',
        'e.action',
        'e.outcome',
        'e.actor_kind',
        'e.actor_id',
        'p.name as actor_name',
      ])
      .select([
        'e.authority_id',
        'a.name as authority_name',
        'e.object_type',
        'e.object_id',
        'e.purpose',
        'e.refusal_code',
      ])
      // The driver's Date has milliseconds; the key of a page needs every microsecond.
      .select(sql<string>`e.at::text`.as('exact_at'))
      .where((eb) =>
        eb.or([
          within(reach, { authority: 'e.authority_id', division: 'a.division_code', person: 'e.actor_id' }),
          // What the program or somebody unknown did belongs to no authority; whoever oversees at all sees it.
          eb('e.authority_id', 'is', null),
        ]),
      )
  )
}

type EventRow = Awaited<ReturnType<ReturnType<typeof events>['execute']>>[number]

function eventOf(row: EventRow): AuditEvent {
  return {
    id: row.id,
    at: row.at.toISOString(),
    action: row.action,
    outcome: row.outcome as AuditEvent['outcome'],
    actor: { kind: row.actor_kind as AuditEvent['actor']['kind'], id: row.actor_id, name: row.actor_name },
    authority: row.authority_id ? { id: row.authority_id, name: row.authority_name ?? '' } : null,
    object: row.object_type ? { type: row.object_type, id: row.object_id } : null,
    purpose: row.purpose,
    refusalCode: row.refusal_code,
  }
}

function imageOf(text: string | null): Record<string, unknown> | null {
  return text === null ? null : (JSON.parse(text) as Record<string, unknown>)
}
