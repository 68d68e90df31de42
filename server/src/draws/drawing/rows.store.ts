// The rows of a result: who was drawn, who visits whom. Every statement may be repeated: a draw has one result.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { registerReadAt } from '../draws/register-read.store.ts'

/** One who was drawn, as the lists say it. */
export interface SelectedLine {
  readonly code: string
  readonly stratum: string
  readonly ticket: string | null
  readonly batch: number | null
  /** The team that visits it. */
  readonly place: string | null
  /** Codes of the authorities for which nobody could be found. */
  readonly lacking: readonly string[]
}

/** Somebody's place: a team, or a subject. */
export interface PostLine {
  readonly place: string
  readonly alias: string
}

/** Enters who was drawn. Throws where a code is none of the register's: what was frozen came from there. */
export async function insertSelected(
  writer: Writer,
  drawId: string,
  lines: readonly SelectedLine[],
): Promise<void> {
  const column = <T>(of: (line: SelectedLine) => T): T[] => lines.map(of)
  const { rows } = await sql<{ readonly found: number }>`
    with line as (
      select l.*, i.subject_id, i.division_code
        from unnest(${column((l) => l.code)}::text[], ${column((l) => l.stratum)}::text[], ${column((l) => l.ticket)}::text[],
               ${column((l) => l.batch)}::int[], ${column((l) => l.place)}::text[], ${column((l) => l.lacking.join())}::text[])
             l (code, stratum, ticket, batch, place, lacking)
        join registers.subject_identity i on i.code = l.code),
    entered as (
      insert into draws.selected (draw_id, division_code, code, subject_id, stratum, ticket, batch, place, lacking)
      select ${drawId}, division_code, code, subject_id, stratum, ticket, batch, place, string_to_array(lacking, ',')
        from line order by code
      on conflict do nothing)
    select count(*)::int as found from line`.execute(writer)
  const found = rows[0]?.found ?? 0
  if (found !== lines.length) throw new Error(`${lines.length - found} codes are not in the register`)
}

/** Enters who inspects. */
export async function insertPosts(writer: Writer, drawId: string, lines: readonly PostLine[]): Promise<void> {
  await sql`
    insert into draws.post (draw_id, place, alias)
    select ${drawId}, place, alias
      from unnest(${lines.map((l) => l.place)}::text[], ${lines.map((l) => l.alias)}::text[]) l (place, alias)
    on conflict do nothing`.execute(writer)
}

/** What the certificate says of each stratum. */
export async function insertStrata(
  writer: Writer,
  drawId: string,
  strata: readonly {
    readonly code: string
    readonly rows: number
    readonly n: number
    readonly cut?: string
    readonly next?: string
  }[],
): Promise<void> {
  await writer
    .insertInto('draws.stratum_result')
    .values(
      strata.map(({ code, rows, n, cut, next }) => ({
        draw_id: drawId,
        stratum: code,
        rows,
        n,
        cut: cut ?? null,
        next_ticket: next ?? null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/**
 * How many of each kind were drawn, of those that were counted when the lists were frozen: an industry is its letter. Each is of the
 * kind that he was when the register was read, before whatever changed him since: a sealed list may open months later. All are counted
 * as they are now; who has changed is then counted again.
 */
export async function countDrawn(writer: Writer, drawId: string): Promise<void> {
  const at = (await registerReadAt(writer, drawId)) ?? null
  await sql`
    with now_is as (
      select c.stratum, s.division_code, s.industry_code, s.entity_type, count(*)::int as rows
        from draws.selected c
        join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code
       where c.draw_id = ${drawId} and c.entered_n = 0
       group by 1, 2, 3, 4),
    changed as (
      select distinct on (h.subject_id, f.facet) c.stratum, f.facet, h.fields -> f.field ->> 0 as was,
             case f.facet when 'division' then s.division_code when 'industry' then s.industry_code else s.entity_type end as present
        from registers.subject_change h
       cross join (values ('division', 'division_code'), ('industry', 'industry_code'), ('entityType', 'entity_type')) f (facet, field)
        join draws.selected c on c.division_code = h.division_code and c.subject_id = h.subject_id
             and c.draw_id = ${drawId} and c.entered_n = 0
        join registers.subject s on s.id = h.subject_id and s.division_code = h.division_code
       where h.state = 'effective' and h.decided_at > ${at}::timestamptz and h.fields ? f.field
       order by h.subject_id, f.facet, h.decided_at, h.id),
    counted (stratum, facet, value, rows) as (
      select stratum, 'division', division_code, rows from now_is union all
      select stratum, 'industry', industry_code, rows from now_is union all
      select stratum, 'entityType', entity_type, rows from now_is union all
      select stratum, facet, was, 1 from changed union all
      select stratum, facet, present, -1 from changed),
    drawn as (
      select stratum, facet, coalesce(nullif(case facet when 'industry' then left(value, 1) else value end, ''), '0') as value,
             sum(rows)::int as rows
        from counted group by 1, 2, 3)
    update draws.group_count g
       set drawn = coalesce((select d.rows from drawn d
             where d.stratum = g.stratum and d.facet = g.facet and d.value = g.value), 0)
     where g.draw_id = ${drawId}`.execute(writer)
}

/** Which files hold the lists of the result. */
export async function insertResultLists(
  writer: Writer,
  drawId: string,
  lists: readonly {
    readonly name: string
    readonly fileHash: string
    readonly bytes: number
    readonly rows: number
  }[],
): Promise<void> {
  await writer
    .insertInto('draws.draw_list')
    .values(
      lists.map(({ name, fileHash, bytes, rows }) => ({
        draw_id: drawId,
        name,
        is_result: true,
        file_hash: fileHash,
        bytes,
        rows,
      })),
    )
    .execute()
}
