// 行政区划: every statement about divisions.

import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'
import { containing } from '../platform/database/like.ts'
import type { Division } from './divisions.schema.ts'

/** A division as the list of codes has it. */
export interface DivisionRow {
  readonly code: string
  readonly name: string
  /** Absent for a province. */
  readonly parent?: string
  readonly status: string
}

/** Which divisions are asked for; `after` is the last code of the page before. */
export interface DivisionFilter {
  readonly under?: string | undefined
  readonly q?: string | undefined
  readonly revoked: boolean
  readonly after: string | undefined
  readonly limit: number
}

/** Children of a division, or provinces, or whatever bears a name or begins with a code; one more than the limit. */
export function listDivisions(reader: Reader, reach: Reach, filter: DivisionFilter): Promise<Division[]> {
  const { under, q, revoked, after, limit } = filter
  return shown(reader, reach)
    .$if(!revoked, (query) => query.where('d.status', '<>', 'revoked'))
    .$if(under !== undefined, (query) => query.where('d.parent_code', '=', under!))
    .$if(q !== undefined && /^\d+$/.test(q), (query) => query.where('d.code', 'like', `${q}%`))
    .$if(q !== undefined && !/^\d+$/.test(q), (query) => query.where('d.name', 'like', containing(q!)))
    .$if(under === undefined && q === undefined, (query) => query.where('d.parent_code', 'is', null))
    .$if(after !== undefined, (query) => query.where('d.code', '>', after!))
    .orderBy('d.code')
    .limit(limit + 1)
    .execute() as Promise<Division[]>
}

/** A division. */
export function findDivision(reader: Reader, reach: Reach, code: string): Promise<Division | undefined> {
  return shown(reader, reach).where('d.code', '=', code).executeTakeFirst() as Promise<Division | undefined>
}

/** From the province down to the division itself. */
export async function chainOfDivision(
  reader: Reader,
  reach: Reach,
  code: string,
): Promise<readonly { readonly code: string; readonly name: string }[]> {
  const { rows } = await sql<{ code: string; name: string }>`
    with recursive chain as (
      select d.code, d.name, d.parent_code, 0 as height from agencies.division d
       where d.code = ${code} and ${within(reach, {})}
      union all
      select d.code, d.name, d.parent_code, c.height + 1 from agencies.division d join chain c on d.code = c.parent_code)
    select code, name from chain order by height desc`.execute(reader)
  return rows
}

/** What the table of divisions holds, by code. */
export async function allDivisions(reader: Reader): Promise<ReadonlyMap<string, DivisionRow>> {
  const rows = await reader
    .selectFrom('agencies.division')
    .select(['code', 'name', 'parent_code', 'status'])
    .execute()
  return new Map(
    rows.map(({ parent_code, ...row }) => [
      row.code,
      parent_code === null ? row : { ...row, parent: parent_code },
    ]),
  )
}

/** Inserts divisions, parents and children alike, in one statement: one leaf of the log. */
export async function insertDivisions(writer: Writer, rows: readonly DivisionRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into agencies.division (code, name, parent_code, level, status)
    select code, name, parent_code, level, status
      from jsonb_to_recordset(${JSON.stringify(rows.map(columnsOf))}::jsonb)
        as r (code text, name text, parent_code text, level text, status text)`.execute(writer)
}

/** Changes divisions in one statement. */
export async function updateDivisions(writer: Writer, rows: readonly DivisionRow[]): Promise<void> {
  if (rows.length === 0) return
  await sql`
    update agencies.division d set name = r.name, parent_code = r.parent_code, status = r.status
      from jsonb_to_recordset(${JSON.stringify(rows.map(columnsOf))}::jsonb)
        as r (code text, name text, parent_code text, level text, status text)
     where d.code = r.code`.execute(writer)
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('agencies.division as d')
    .select(['d.code', 'd.name', 'd.parent_code as parentCode', 'd.level', 'd.status'])
    .select((eb) =>
      eb
        .exists(
          eb.selectFrom('agencies.division as c').select('c.code').whereRef('c.parent_code', '=', 'd.code'),
        )
        .as('hasChildren'),
    )
    .where(within(reach, {}))
}

function columnsOf({ code, name, parent, status }: DivisionRow) {
  return { code, name, parent_code: parent ?? null, level: levelOf(code), status }
}

function levelOf(code: string): 'province' | 'prefecture' | 'county' {
  if (code.endsWith('0000')) return 'province'
  return code.endsWith('00') ? 'prefecture' : 'county'
}
