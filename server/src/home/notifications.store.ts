import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { keyOf, type Page, pageOf } from '../platform/http/pages.ts'
import { type Reach, within } from '../platform/reach.ts'
import { found, type Params } from '../platform/refusal.ts'
import type { Notification } from './schema.ts'

/** A notification before it has an id. */
export interface NewNotification {
  readonly id: string
  readonly personId: string
  readonly code: string
  readonly params: Params
  readonly link?: string
  readonly now: Date
}

/** Tells a person of something, in the transaction in which it happens. */
export async function notify(
  writer: Writer,
  { id, personId, code, params, link, now }: NewNotification,
): Promise<void> {
  await writer
    .insertInto('platform.notification')
    .values({ id, person_id: personId, code, params: JSON.stringify(params), link: link ?? null, at: now })
    .execute()
}

/** The newest first. */
export async function listNotifications(
  reader: Reader,
  reach: Reach,
  query: { readonly after?: string; readonly limit?: number },
): Promise<Page<Notification> & { readonly unread: number }> {
  const limit = query.limit ?? 50
  const after = keyOf(query.after, ['instant', 'id'])
  const mine = reader.selectFrom('platform.notification as n').where(within(reach, { person: 'n.person_id' }))
  let rows = mine
    .select([
      'n.id',
      'n.code',
      'n.params',
      'n.link',
      'n.at',
      'n.read_at',
      sql<string>`n.at::text`.as('exact_at'),
    ])
    .orderBy('n.at', 'desc')
    .orderBy('n.id', 'desc')
    .limit(limit + 1)
  if (after) rows = rows.where(sql<boolean>`(n.at, n.id) < (${after[0]}::timestamptz, ${after[1]}::uuid)`)
  const { unread } = await mine
    .where('n.read_at', 'is', null)
    .select((eb) => eb.fn.countAll<number>().as('unread'))
    .executeTakeFirstOrThrow()
  const page = pageOf(await rows.execute(), limit, {
    key: (row) => [row.exact_at, row.id],
    show: (row) => ({
      id: row.id,
      code: row.code,
      params: row.params as Params,
      link: row.link,
      at: row.at.toISOString(),
      read: row.read_at !== null,
    }),
  })
  return { ...page, unread }
}

/** Marks one of a person's own notifications as read. Throws NotFound. */
export async function markRead(
  writer: Writer,
  reach: Reach,
  { id, now }: { readonly id: string; readonly now: Date },
): Promise<void> {
  const row = await writer
    .updateTable('platform.notification as n')
    .set({ read_at: sql`coalesce(n.read_at, ${now})` })
    .where('n.id', '=', id)
    .where(within(reach, { person: 'n.person_id' }))
    .returning('n.id')
    .executeTakeFirst()
  found(row, 'notification')
}
