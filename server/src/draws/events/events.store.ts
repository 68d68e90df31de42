// Events: every statement that writes or reads their rows. The bytes stand among the manifests.

import { sql } from 'kysely'
import type { FreshSource } from '@sunlot/draw'
import type { Reader, Writer } from '../../platform/database/database.ts'

/** The events of a draw, in their order, with who asked and who approved. Asks for no reach: of a draw that was found within one. */
export async function eventsOf(reader: Reader, drawId: string) {
  const rows = await reader
    .selectFrom('draws.event as e')
    .innerJoin('agencies.person as b', 'b.id', 'e.by_person')
    .innerJoin('agencies.person as a', 'a.id', 'e.approved_by')
    .select(['e.n', 'e.type', 'e.reason', 'e.evidence', 'e.code', 'e.alias', 'e.entered', 'e.source', 'e.at'])
    .select(['e.settled_at as settledAt', 'b.name as byName', 'a.name as approvedByName'])
    .select(['e.by_person as byPersonId', 'e.approved_by as approvedById'])
    .where('e.draw_id', '=', drawId)
    .orderBy('e.n')
    .execute()
  return rows.map((row) => ({ ...row, source: row.source as unknown as FreshSource | null }))
}

/** An event as it is written. */
export interface NewEvent {
  readonly drawId: string
  readonly n: number
  readonly type: string
  readonly reason: string | null
  readonly evidence: string | null
  readonly code: string | null
  readonly alias: string | null
  readonly entered: string | null
  readonly source: FreshSource | null
  readonly by: string
  readonly approvedBy: string
  readonly at: Date
}

export async function insertEvent(writer: Writer, event: NewEvent): Promise<void> {
  const { drawId, by, approvedBy, source, ...rest } = event
  await writer
    .insertInto('draws.event')
    .values({
      ...rest,
      draw_id: drawId,
      source: source === null ? null : JSON.stringify(source),
      by_person: by,
      approved_by: approvedBy,
      // A substitute is settled when its source has spoken; everything else is what it is at once.
      settled_at: event.type === 'substitute' ? null : event.at,
    })
    .execute()
}

/** A substitute's source has spoken: who enters, or nobody. */
export async function settleEvent(
  writer: Writer,
  drawId: string,
  { n, entered, now }: { readonly n: number; readonly entered: string; readonly now: Date },
): Promise<void> {
  await writer
    .updateTable('draws.event')
    .set({ entered, settled_at: now, version: sql`version + 1` })
    .where('draw_id', '=', drawId)
    .where('n', '=', n)
    .execute()
}

/** Substitutes whose value is settled while they are not. Asks for no reach: for the system's own step. */
export async function settledSources(reader: Reader) {
  const rows = await reader
    .selectFrom('draws.event as e')
    .innerJoin('draws.source_value as v', (join) =>
      join.onRef('v.draw_id', '=', 'e.draw_id').onRef('v.event_n', '=', 'e.n'),
    )
    .innerJoin('draws.manifest as m', (join) =>
      join
        .onRef('m.draw_id', '=', 'e.draw_id')
        .on('m.name', '=', sql<string>`'events/' || lpad(e.n::text, 4, '0') || '.json'`),
    )
    .select(['e.draw_id as drawId', 'e.n', 'e.source', 'm.leaf_id as leafId'])
    .where('e.type', '=', 'substitute')
    .where('e.settled_at', 'is', null)
    .where('v.settled_at', 'is not', null)
    .orderBy('e.draw_id')
    .orderBy('e.n')
    .execute()
  return rows.map(({ leafId, ...row }) => ({
    ...row,
    leafId: leafId === null ? '' : String(leafId),
    source: row.source as unknown as FreshSource,
  }))
}

/** Who leaves by substitutes whose source has not spoken yet, and from which place. */
export function openSubstitutes(reader: Reader, drawId: string) {
  return (
    reader
      .selectFrom('draws.event as e')
      .innerJoin('draws.post as p', (join) =>
        join.onRef('p.draw_id', '=', 'e.draw_id').onRef('p.alias', '=', 'e.alias').on('p.left_n', 'is', null),
      )
      .innerJoin('draws.drawn_from as f', (join) =>
        join.onRef('f.draw_id', '=', 'e.draw_id').onRef('f.alias', '=', 'e.alias'),
      )
      .select(['e.n', 'p.alias', 'p.place', 'f.authority_id as authorityId'])
      .where('e.draw_id', '=', drawId)
      .where('e.type', '=', 'substitute')
      .where('e.settled_at', 'is', null)
      // In mode subjects somebody stands at many places: the event names the one.
      .where((eb) => eb.or([eb('e.code', 'is', null), eb('p.place', '=', eb.ref('e.code'))]))
      .execute()
  )
}
