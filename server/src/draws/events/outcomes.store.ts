// What an event does to the rows of a result: who left, who entered. The certificate's own rows stay as they were drawn.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'

/** A subject that is drawn now, and how many of its stratum were skipped. Asks for no reach: of a draw that was found within one. */
export async function selectedNow(reader: Reader, drawId: string, code: string) {
  const row = await reader
    .selectFrom('draws.selected as c')
    .select(['c.code', 'c.stratum', 'c.place', 'c.batch', 'c.division_code as divisionCode'])
    .select((eb) =>
      eb
        .selectFrom('draws.selected as o')
        .select(({ fn }) => fn.countAll<number>().as('skips'))
        .where('o.draw_id', '=', drawId)
        // Nobody leaves but by a skip.
        .where('o.left_n', 'is not', null)
        .whereRef('o.stratum', '=', 'c.stratum')
        .as('skips'),
    )
    .where('c.draw_id', '=', drawId)
    .where('c.code', '=', code)
    .where('c.left_n', 'is', null)
    .executeTakeFirst()
  return row && { ...row, skips: Number(row.skips) }
}

/** A subject leaves: the people that it alone had leave with it, a team stays. */
export async function leaveSubject(
  writer: Writer,
  drawId: string,
  { code, n }: { readonly code: string; readonly n: number },
): Promise<void> {
  await writer
    .updateTable('draws.selected')
    .set({ left_n: n, version: sql`version + 1` })
    .where('draw_id', '=', drawId)
    .where('code', '=', code)
    .execute()
  await writer
    .updateTable('draws.post')
    .set({ left_n: n, version: sql`version + 1` })
    .where('draw_id', '=', drawId)
    .where('place', '=', code)
    .where('left_n', 'is', null)
    .execute()
}

/** The one behind it enters. Throws where its code is none of the register's: what was frozen came from there. */
export async function enterSubject(
  writer: Writer,
  drawId: string,
  subject: {
    readonly code: string
    readonly stratum: string
    readonly ticket: string
    readonly place: string | null
    readonly lacking: readonly string[]
    readonly n: number
  },
): Promise<void> {
  const { code, stratum, ticket, place, lacking, n } = subject
  const { numAffectedRows } = await sql`
    insert into draws.selected (draw_id, division_code, code, subject_id, stratum, ticket, place, lacking, entered_n)
    select ${drawId}, i.division_code, i.code, i.subject_id, ${stratum}, ${ticket}, ${place}, ${[...lacking]}::text[], ${n}
      from registers.subject_identity i where i.code = ${code}`.execute(writer)
  if (numAffectedRows !== 1n) throw new Error(`${code} is not in the register`)
}

/** A skipped subject comes with certainty into the next draw of its plan entry. */
export async function carrySubject(
  writer: Writer,
  carried: {
    readonly drawId: string
    readonly divisionCode: string
    readonly code: string
    readonly planRef: string
    readonly n: number
  },
): Promise<void> {
  await writer
    .insertInto('draws.carried')
    .values({
      draw_id: carried.drawId,
      division_code: carried.divisionCode,
      code: carried.code,
      plan_ref: carried.planRef,
      event_n: carried.n,
    })
    .execute()
}

/** An inspector leaves a place, and another takes it. */
export async function changePost(
  writer: Writer,
  drawId: string,
  change: { readonly place: string; readonly leaver: string; readonly enters: string; readonly n: number },
): Promise<void> {
  const { place, leaver, enters, n } = change
  await writer
    .updateTable('draws.post')
    .set({ left_n: n, version: sql`version + 1` })
    .where('draw_id', '=', drawId)
    .where('place', '=', place)
    .where('alias', '=', leaver)
    .execute()
  await writer
    .insertInto('draws.post')
    .values({ draw_id: drawId, place, alias: enters, entered_n: n })
    .execute()
}

/** Who stands behind an alias: the person, for news of it. */
export async function personBehind(
  reader: Reader,
  drawId: string,
  alias: string,
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('draws.drawn_from as f')
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .select('i.person_id as personId')
    .where('f.draw_id', '=', drawId)
    .where('f.alias', '=', alias)
    .executeTakeFirst()
  return row?.personId
}
