// Who was drawn and who visits whom, as rows: every read. A draw shows them when it is certified and, sealed, opened.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/** In the order in which it was drawn, one more than the limit: stratum by stratum, ticket by ticket, or batch by batch. Asks for no reach: of a draw that was found within one. */
export async function selectedOf(
  reader: Reader,
  drawId: string,
  {
    after,
    limit,
    stratum,
  }: {
    readonly after: readonly string[] | undefined
    readonly limit: number
    readonly stratum: string | undefined
  },
) {
  return selected(reader, drawId)
    .select(['c.subject_id as subjectId', 's.name', 'c.ticket', 'c.batch', 'c.place', 'c.lacking'])
    .select(ORDER.as('order'))
    .$if(stratum !== undefined, (query) => query.where('c.stratum', '=', stratum!))
    .$if(after !== undefined, (query) => {
      const [ofStratum, ofPlace, code] = after!
      return query.where(
        sql<boolean>`(c.stratum, ${ORDER}, c.code) > (${ofStratum}::text collate "C", ${ofPlace}::text collate "C", ${code}::text collate "C")`,
      )
    })
    .limit(limit + 1)
    .execute()
}

/** The same from the beginning, for everybody: of natural persons no name, and nothing of a draw whose list is not open. */
export async function drawnOfOpen(reader: Reader, drawId: string, limit: number) {
  const rows = await selected(reader, drawId)
    .innerJoin('draws.draw as d', 'd.id', 'c.draw_id')
    .select(['s.name', 's.kind'])
    .where('d.state', '=', 'certified')
    .where((eb) => eb.or([eb('d.is_sealed', '=', false), eb('d.opened_at', 'is not', null)]))
    .limit(limit)
    .execute()
  return rows.map(({ kind, name, ...row }) => ({ ...row, name: kind === 'NATURAL_PERSON' ? null : name }))
}

export type DrawnRow = Awaited<ReturnType<typeof drawnOfOpen>>[number]

/** Where a subject stands within its stratum, as text. */
const ORDER = sql<string>`coalesce(c.ticket, lpad(c.batch::text, 9, '0'))`

function selected(reader: Reader, drawId: string) {
  return reader
    .selectFrom('draws.selected as c')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'c.subject_id').onRef('s.division_code', '=', 'c.division_code'),
    )
    .select(['c.code', 'c.stratum', 'c.entered_n as entered', 'c.left_n as left'])
    .where('c.draw_id', '=', drawId)
    .orderBy('c.stratum')
    .orderBy(ORDER)
    .orderBy('c.code')
}

/** The places of a draw with how many subjects each visits, one more than the limit. Asks for no reach: of a draw that was found within one. */
export async function placesOf(
  reader: Reader,
  drawId: string,
  {
    after,
    limit,
    q,
  }: { readonly after: string | undefined; readonly limit: number; readonly q: string | undefined },
) {
  const rows = await reader
    .selectFrom('draws.post as p')
    .select('p.place')
    .select(
      sql<number>`(select count(*)::int from draws.selected c where c.draw_id = p.draw_id and c.place = p.place and c.left_n is null)`.as(
        'load',
      ),
    )
    // A place is a team, or a subject by its code.
    .select((eb) =>
      eb
        .selectFrom('draws.selected as c')
        .innerJoin('registers.subject as s', (join) =>
          join.onRef('s.id', '=', 'c.subject_id').onRef('s.division_code', '=', 'c.division_code'),
        )
        .select('s.name')
        .whereRef('c.draw_id', '=', 'p.draw_id')
        .whereRef('c.code', '=', 'p.place')
        .as('subject'),
    )
    .where('p.draw_id', '=', drawId)
    .$if(q !== undefined, (query) => query.where('p.place', '=', q!))
    .$if(after !== undefined, (query) => query.where('p.place', '>', after!))
    .groupBy(['p.draw_id', 'p.place'])
    .orderBy('p.place')
    .limit(limit + 1)
    .execute()
  return rows
}

/** Who stands or stood at some places of a draw. Asks for no reach: of a draw that was found within one. */
export async function membersAt(reader: Reader, drawId: string, places: readonly string[]) {
  if (places.length === 0) return []
  return members(reader)
    .where('p.draw_id', '=', drawId)
    .where('p.place', 'in', [...places])
    .orderBy('p.place')
    .orderBy('f.authority_id')
    .orderBy('p.alias')
    .execute()
}

/** Where an inspector stands now, in all draws whose lists may be seen. Asks for no reach: about himself. */
export async function currentPostsOf(reader: Reader, inspectorId: string) {
  return members(reader)
    .innerJoin('draws.draw as d', 'd.id', 'p.draw_id')
    .innerJoin('tasks.task as t', 't.id', 'd.task_id')
    .select(['p.draw_id as drawId', 'd.name as drawName', 't.name as taskName', 'd.mode'])
    .where('f.inspector_id', '=', inspectorId)
    .where('p.left_n', 'is', null)
    .where('d.state', '=', 'certified')
    .where((eb) => eb.or([eb('d.is_sealed', '=', false), eb('d.opened_at', 'is not', null)]))
    .orderBy('d.certified_at', 'desc')
    .execute()
}

function members(reader: Reader) {
  return reader
    .selectFrom('draws.post as p')
    .innerJoin('draws.drawn_from as f', (join) =>
      join.onRef('f.draw_id', '=', 'p.draw_id').onRef('f.alias', '=', 'p.alias'),
    )
    .innerJoin('registers.inspector as i', 'i.id', 'f.inspector_id')
    .innerJoin('agencies.person as n', 'n.id', 'i.person_id')
    .innerJoin('agencies.authority as a', 'a.id', 'f.authority_id')
    .select(['p.place', 'p.alias', 'p.entered_n as entered', 'p.left_n as left'])
    .select(['f.authority_id as authorityId', 'a.name as authorityName', 'n.name as personName'])
    .select(['f.inspector_id as inspectorId', 'i.person_id as personId'])
}
