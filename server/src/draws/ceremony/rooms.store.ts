// 抽取现场: every statement about rooms, who is in them, and what they add.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { DrawState } from '../shapes.ts'

/** A room that is open. `ended`: nobody comes in any more. */
export interface Room {
  readonly drawId: string
  readonly code: string
  readonly revision: number
  readonly openedAt: Date
  readonly endedAt: Date | null
}

const ROOM = [
  'r.draw_id as drawId',
  'r.code',
  'r.revision',
  'r.opened_at as openedAt',
  'r.ended_at as endedAt',
] as const

/** The open room of a code, also of one that was taken back. */
export function findRoomByCode(reader: Reader, code: string): Promise<Room | undefined> {
  return reader
    .selectFrom('draws.room as r')
    .select(ROOM)
    .where((eb) => eb.or([eb('r.code', '=', code), sql<boolean>`r.former_codes @> array[${code}]::text[]`]))
    .where('r.ended_at', 'is', null)
    .executeTakeFirst()
}

/** The room of a draw, open or ended. */
export function roomOf(reader: Reader, drawId: string): Promise<Room | undefined> {
  return reader.selectFrom('draws.room as r').select(ROOM).where('r.draw_id', '=', drawId).executeTakeFirst()
}

/** The same, and nobody else numbers observers or contributions until the transaction ends. */
export function lockRoom(writer: Writer, drawId: string): Promise<Room | undefined> {
  return writer
    .selectFrom('draws.room as r')
    .select(ROOM)
    .where('r.draw_id', '=', drawId)
    .forUpdate()
    .executeTakeFirst()
}

/** Whether a code is another open room's. */
export async function isCodeTaken(reader: Reader, code: string): Promise<boolean> {
  return (await findRoomByCode(reader, code)) !== undefined
}

export async function insertRoom(
  writer: Writer,
  room: { readonly drawId: string; readonly code: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await writer
    .insertInto('draws.room')
    .values({ draw_id: room.drawId, code: room.code, opened_by: room.by, opened_at: room.at })
    .execute()
}

/** Gives a room another code: nobody comes in by the old one any more, and who is in goes on. */
export async function renewCode(writer: Writer, drawId: string, code: string): Promise<void> {
  await writer
    .updateTable('draws.room')
    .set({
      code,
      former_codes: sql`former_codes || code`,
      revision: sql`revision + 1`,
      version: sql`version + 1`,
    })
    .where('draw_id', '=', drawId)
    .execute()
}

/** Opens a room again, under another code: outsiders of a substitute come long after the draw. */
export async function reopenRoom(
  writer: Writer,
  {
    drawId,
    code,
    by,
    at,
  }: { readonly drawId: string; readonly code: string; readonly by: string; readonly at: Date },
): Promise<void> {
  await writer
    .updateTable('draws.room')
    .set({
      code,
      opened_by: by,
      opened_at: at,
      ended_at: null,
      former_codes: [],
      revision: sql`revision + 1`,
      version: sql`version + 1`,
    })
    .where('draw_id', '=', drawId)
    .execute()
}

/** Ends the rooms of draws that were certified or void before `before`. Says how many. */
export async function endRoomsSince(writer: Writer, before: Date, now: Date): Promise<number> {
  const { numUpdatedRows } = await writer
    .updateTable('draws.room')
    .set({ ended_at: now, revision: sql`revision + 1`, version: sql`version + 1` })
    .where('draw_id', 'in', overRooms(writer, before))
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Whether there is a room to be ended: looked at each second, written down only where there is. */
export async function hasOverRooms(reader: Reader, before: Date): Promise<boolean> {
  return (await overRooms(reader, before).limit(1).executeTakeFirst()) !== undefined
}

function overRooms(reader: Reader, before: Date) {
  return (
    reader
      .selectFrom('draws.room as r')
      .innerJoin('draws.draw as d', 'd.id', 'r.draw_id')
      .select('r.draw_id')
      .where('r.ended_at', 'is', null)
      // While a draw is under way its room stays, however long ago it was opened.
      .where(sql<boolean>`coalesce(d.certified_at, d.ended_at) is not null`)
      // A room that was opened again stays open for its day.
      .where(sql<boolean>`greatest(coalesce(d.certified_at, d.ended_at), r.opened_at) < ${before}`)
      .where(
        sql<boolean>`not exists (select from draws.event e where e.draw_id = d.id and e.type = 'substitute' and e.settled_at is null)`,
      )
  )
}

/** Says that something about a draw is new: whoever watches its room is told. A draw without a room: nothing. */
export async function bumpRoom(writer: Writer, drawId: string): Promise<void> {
  await writer
    .updateTable('draws.room')
    .set({ revision: sql`revision + 1`, version: sql`version + 1` })
    .where('draw_id', '=', drawId)
    .execute()
}

/** The revisions of rooms, as far as they are there. */
export async function revisionsOf(
  reader: Reader,
  drawIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await reader
    .selectFrom('draws.room')
    .select(['draw_id', 'revision'])
    .where('draw_id', 'in', drawIds)
    .execute()
  return new Map(rows.map(({ draw_id, revision }) => [draw_id, revision]))
}

/** What was added, by number. */
export type Given = Awaited<ReturnType<typeof contributionsOf>>[number]

/** What was added in a room, in the order of the numbers. */
export function contributionsOf(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.contribution')
    .select(['number', 'observer_id as observerId', 'value', 'note'])
    .where('draw_id', '=', drawId)
    .orderBy('number')
    .execute()
}

export async function insertContribution(
  writer: Writer,
  given: {
    readonly drawId: string
    readonly number: number
    readonly observerId: string
    readonly value: string
    readonly note: string | undefined
    readonly at: Date
  },
): Promise<void> {
  await writer
    .insertInto('draws.contribution')
    .values({
      draw_id: given.drawId,
      number: given.number,
      observer_id: given.observerId,
      value: given.value,
      note: given.note ?? null,
      given_at: given.at,
    })
    .execute()
}

/** The state of a draw, which nobody changes until the transaction ends; contributors do not wait for each other. */
export async function holdState(
  writer: Writer,
  drawId: string,
): Promise<{ readonly state: DrawState; readonly certificateHash: string | null }> {
  const { state, certificateHash } = await writer
    .selectFrom('draws.draw')
    .select(['state', 'certificate_hash as certificateHash'])
    .where('id', '=', drawId)
    .forShare()
    .executeTakeFirstOrThrow()
  return { state: state as DrawState, certificateHash }
}

/** Who signed what of a draw: of one tag. */
export function signaturesOf(reader: Reader, drawId: string, tag: string) {
  return reader
    .selectFrom('draws.signature')
    .select(['hash', 'by', 'alg', 'public_key as key', 'value'])
    .where('draw_id', '=', drawId)
    .where('tag', '=', tag)
    .execute()
}
