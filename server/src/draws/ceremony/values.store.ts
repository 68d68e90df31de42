// The values of sources: every statement about what was typed, recorded, and settled.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { StoredValue, Typing } from './values.rules.ts'

/** Whose value: the draw's sources (event 0), or the fresh source of a substitute. */
export interface ValueKey {
  readonly drawId: string
  readonly eventN: number
  readonly source: string
}

/** What was typed for the sources of a draw or an event, in order. */
export function typingsOf(
  reader: Reader,
  drawId: string,
  eventN: number,
): Promise<readonly (Typing & { readonly source: string })[]> {
  return reader
    .selectFrom('draws.typed_value as t')
    .innerJoin('agencies.person as p', 'p.id', 't.typed_by')
    .select([
      't.source',
      't.attempt',
      't.typed_by as personId',
      'p.name as personName',
      'p.authority_id as authorityId',
      't.text',
      't.at',
    ])
    .where('t.draw_id', '=', drawId)
    .where('t.event_n', '=', eventN)
    .orderBy('t.attempt')
    .orderBy('t.at')
    .orderBy('t.typed_by')
    .execute()
}

export async function insertTyping(
  writer: Writer,
  { drawId, eventN, source }: ValueKey,
  typing: { readonly attempt: number; readonly by: string; readonly text: string; readonly at: Date },
): Promise<void> {
  await writer
    .insertInto('draws.typed_value')
    .values({
      draw_id: drawId,
      event_n: eventN,
      source,
      attempt: typing.attempt,
      typed_by: typing.by,
      text: typing.text,
      at: typing.at,
    })
    .execute()
}

/** The values that are there, settled or waiting for their outsiders. */
export function storedValuesOf(
  reader: Reader,
  drawId: string,
  eventN: number,
): Promise<readonly (StoredValue & { readonly source: string })[]> {
  return reader
    .selectFrom('draws.source_value')
    .select([
      'source',
      'value',
      'round',
      'signature',
      'at',
      'by',
      'record_hash as recordHash',
      'settled_at as settledAt',
    ])
    .where('draw_id', '=', drawId)
    .where('event_n', '=', eventN)
    .execute()
}

/** What a beacon gave: settled at once, for its signature holds. */
export async function insertBeacon(
  writer: Writer,
  { drawId, eventN, source }: ValueKey,
  beacon: {
    readonly value: string
    readonly round: number
    readonly signature: string
    readonly settledAt: Date
  },
): Promise<void> {
  await writer
    .insertInto('draws.source_value')
    .values({
      draw_id: drawId,
      event_n: eventN,
      source,
      value: beacon.value,
      round: beacon.round,
      signature: beacon.signature,
      settled_at: beacon.settledAt,
    })
    .execute()
}

/** A record that waits for its two outsiders; others may be named until both have signed. */
export async function setRecord(
  writer: Writer,
  { drawId, eventN, source }: ValueKey,
  record: {
    readonly value: string
    readonly at: Date
    readonly by: readonly string[]
    readonly recordHash: string
  },
): Promise<void> {
  const names = { at: record.at, by: [...record.by], record_hash: record.recordHash }
  await writer
    .insertInto('draws.source_value')
    .values({ draw_id: drawId, event_n: eventN, source, value: record.value, ...names })
    .onConflict((conflict) =>
      conflict.columns(['draw_id', 'event_n', 'source']).doUpdateSet({
        ...names,
        version: sql`draws.source_value.version + 1`,
      }),
    )
    .execute()
}

/** The records of a draw and of its events that wait for signatures, and whom each names. */
export function openRecords(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.source_value')
    .select(['event_n as eventN', 'source', 'by', 'record_hash as recordHash', 'settled_at as settledAt'])
    .where('draw_id', '=', drawId)
    .where('record_hash', 'is not', null)
    .execute()
}

/** Both outsiders have signed. */
export async function settle(writer: Writer, { drawId, eventN, source }: ValueKey, at: Date): Promise<void> {
  await writer
    .updateTable('draws.source_value')
    .set({ settled_at: at, version: sql`version + 1` })
    .where('draw_id', '=', drawId)
    .where('event_n', '=', eventN)
    .where('source', '=', source)
    .execute()
}

/** The substitutes of a draw that wait for their number. */
export async function openEvents(reader: Reader, drawId: string): Promise<readonly number[]> {
  const rows = await reader
    .selectFrom('draws.event')
    .select('n')
    .where('draw_id', '=', drawId)
    .where('type', '=', 'substitute')
    .where('settled_at', 'is', null)
    .orderBy('n')
    .execute()
  return rows.map(({ n }) => n)
}

/** Draws and announced substitutes that may still want a beacon. */
export async function waitingForBeacons(
  reader: Reader,
): Promise<readonly { readonly drawId: string; readonly eventN: number }[]> {
  const draws = await reader
    .selectFrom('draws.draw as d')
    .select(['d.id as drawId', sql<number>`0`.as('eventN')])
    .where('d.state', '=', 'closed')
    .execute()
  const events = await reader
    .selectFrom('draws.event as e')
    .select(['e.draw_id as drawId', 'e.n as eventN'])
    .where('e.type', '=', 'substitute')
    .where('e.settled_at', 'is', null)
    .execute()
  return [...draws, ...events]
}

/** Whose person somebody is. */
export async function authorityOfPerson(reader: Reader, personId: string): Promise<string | undefined> {
  if (personId === '') return undefined
  const row = await reader
    .selectFrom('agencies.person')
    .select('authority_id as authorityId')
    .where('id', '=', personId)
    .executeTakeFirst()
  return row?.authorityId
}
