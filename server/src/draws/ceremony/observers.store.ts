// Who is in a room with a device of his own, and who was put out of it: every statement.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'

/** Somebody in a room, with what he added. */
export type Observer = Awaited<ReturnType<typeof observersOf>>[number]

/** Everybody who is in a room, by number; who was put out is not. */
export function observersOf(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.observer as o')
    .leftJoin('draws.contribution as c', 'c.observer_id', 'o.id')
    .select(['o.id', 'o.number', 'o.role', 'o.name', 'o.public_key as publicKey', 'c.number as contributed'])
    .select('o.joined_at as joinedAt')
    .where('o.draw_id', '=', drawId)
    .where('o.left_at', 'is', null)
    .orderBy('o.number')
    .execute()
}

/** Who was put out of a room, and when: by number alone. */
export async function thosePutOut(reader: Reader, drawId: string) {
  const rows = await reader
    .selectFrom('draws.observer')
    .select(['number', 'left_at as at'])
    .where('draw_id', '=', drawId)
    .where('left_at', 'is not', null)
    .orderBy('number')
    .execute()
  return rows.flatMap(({ number, at }) => (at === null ? [] : [{ number, at: at.toISOString() }]))
}

/** Who holds a token, in this room. */
export function observerByToken(reader: Reader, drawId: string, tokenHash: Buffer) {
  return reader
    .selectFrom('draws.observer')
    .select(['id', 'number', 'role', 'public_key as publicKey'])
    .where('draw_id', '=', drawId)
    .where('token_hash', '=', tokenHash)
    .where('left_at', 'is', null)
    .executeTakeFirst()
}

/** Who came in with a key, in this room. */
export function observerByKey(reader: Reader, drawId: string, publicKey: string) {
  return reader
    .selectFrom('draws.observer')
    .select(['id', 'number', 'joined_at as joinedAt', 'left_at as leftAt'])
    .where('draw_id', '=', drawId)
    .where('public_key', '=', publicKey)
    .executeTakeFirst()
}

/**
 * How many came in since a room was opened and are there, and how many ever came: numbers have no gap, whoever was put out. A
 * room that is opened again for a substitute's outsiders has its places anew, as those of the ceremony have gone home.
 */
export async function countObservers(
  reader: Reader,
  { drawId, openedAt }: { readonly drawId: string; readonly openedAt: Date },
): Promise<{ readonly here: number; readonly ever: number }> {
  return reader
    .selectFrom('draws.observer')
    .select(({ fn }) => [
      fn.countAll<number>().as('ever'),
      fn
        .countAll<number>()
        .filterWhere('left_at', 'is', null)
        .filterWhere('joined_at', '>=', openedAt)
        .as('here'),
    ])
    .where('draw_id', '=', drawId)
    .executeTakeFirstOrThrow()
}

/** Puts a device out: its token opens nothing any more, its number stays its own. */
export async function putOut(
  writer: Writer,
  id: string,
  { by, reason, at }: { readonly by: string; readonly reason: string; readonly at: Date },
): Promise<void> {
  await writer
    .updateTable('draws.observer')
    .set({ left_at: at, left_by: by, left_reason: reason, version: sql`version + 1` })
    .where('id', '=', id)
    .execute()
}

export async function insertObserver(
  writer: Writer,
  observer: {
    readonly id: string
    readonly drawId: string
    readonly number: number
    readonly role: string
    readonly name: string | undefined
    readonly tokenHash: Buffer
    readonly publicKey: string
    readonly at: Date
  },
): Promise<void> {
  await writer
    .insertInto('draws.observer')
    .values({
      id: observer.id,
      draw_id: observer.drawId,
      number: observer.number,
      role: observer.role,
      name: observer.name?.normalize('NFC') ?? null,
      token_hash: observer.tokenHash,
      public_key: observer.publicKey,
      joined_at: observer.at,
    })
    .execute()
}
