// 部门: every statement about authorities.

import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'
import { divisionPrefix, type Reach, within } from '../platform/reach.ts'
import type { AuthorityEdit, NewAuthority } from './authorities.schema.ts'
import { stateOn } from './grants.store.ts'
import { containing } from '../platform/database/like.ts'

const PLACE = { authority: 'a.id', division: 'a.division_code' } as const

/** Which authorities are asked for; `after` is the name and id of the last of the page before. */
export interface AuthorityFilter {
  readonly division?: string | undefined
  readonly q?: string | undefined
  readonly closed: boolean
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** One more than the limit, by name. */
export function listAuthorities(reader: Reader, reach: Reach, filter: AuthorityFilter) {
  const { division, q, closed, after, limit } = filter
  return shown(reader, reach)
    .$if(!closed, (query) => query.where('a.closed_on', 'is', null))
    .$if(division !== undefined, (query) =>
      query.where('a.division_code', 'like', `${divisionPrefix(division!)}%`),
    )
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('a.name', 'like', containing(q!)), eb('a.short_name', 'like', containing(q!))]),
      ),
    )
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('a.name', 'a.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('a.name')
    .orderBy('a.id')
    .limit(limit + 1)
    .execute()
}

export type AuthorityRow = Awaited<ReturnType<typeof listAuthorities>>[number]

/** An authority. */
export function findAuthority(reader: Reader, reach: Reach, id: string): Promise<AuthorityRow | undefined> {
  return shown(reader, reach).where('a.id', '=', id).executeTakeFirst()
}

/** An authority that nobody else changes until the transaction ends. */
export function lockAuthority(writer: Writer, reach: Reach, id: string): Promise<AuthorityRow | undefined> {
  return shown(writer, reach).where('a.id', '=', id).forUpdate('a').executeTakeFirst()
}

/** An authority that nobody closes until the transaction ends: for whatever is about to be put into it. */
export function holdAuthority(writer: Writer, reach: Reach, id: string): Promise<AuthorityRow | undefined> {
  return shown(writer, reach).where('a.id', '=', id).forShare('a').executeTakeFirst()
}

/** The ids of an authority's superiors, itself first. Until the transaction ends no other superior is set. */
export async function lockSuperiors(writer: Writer, id: string): Promise<readonly string[]> {
  await sql`select pg_advisory_xact_lock(hashtextextended('agencies.authority.superior', 0))`.execute(writer)
  const { rows } = await sql<{ id: string }>`
    with recursive chain as (
      select id, superior_id from agencies.authority where id = ${id}
      union select a.id, a.superior_id from agencies.authority a join chain c on a.id = c.superior_id)
    select id from chain`.execute(writer)
  return rows.map((row) => row.id)
}

/** What still hangs on authorities on a day (YYYY-MM-DD), by their id. */
export async function tiesOf(reader: Reader, ids: readonly string[], today: string) {
  const { rows } = await sql<{
    readonly id: string
    readonly units: number
    readonly people: number
    readonly grants: number
    readonly subordinates: number
    readonly conferences: number
  }>`
    select a.id,
      (select count(*)::int from agencies.unit u where u.authority_id = a.id and u.closed_on is null) as units,
      (select count(*)::int from agencies.person p where p.authority_id = a.id and p.left_on is null) as people,
      (select count(*)::int from agencies.role_grant g
        where g.authority_id = a.id and ${stateOn(today)} in ('proposed', 'effective')) as grants,
      (select count(*)::int from agencies.authority s
        where s.superior_id = a.id and s.closed_on is null) as subordinates,
      (select count(*)::int from agencies.conference c
        where a.id in (c.office_authority_id, c.oversight_authority_id)) +
      (select count(*)::int from agencies.conference_member m
        where m.authority_id = a.id and m.left_on is null) as conferences
    from agencies.authority a where a.id = any(${[...ids]}::uuid[])`.execute(reader)
  return new Map(rows.map((row) => [row.id, row]))
}

export async function insertAuthority(writer: Writer, id: string, body: NewAuthority): Promise<void> {
  await writer
    .insertInto('agencies.authority')
    .values({
      id,
      division_code: body.divisionCode,
      name: body.name.normalize('NFC'),
      short_name: body.shortName.normalize('NFC'),
      superior_id: body.superiorId ?? null,
      inspects: body.inspects,
    })
    .execute()
}

export async function updateAuthority(writer: Writer, id: string, edit: AuthorityEdit): Promise<void> {
  const { name, shortName, superiorId, inspects } = edit
  await writer
    .updateTable('agencies.authority')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(name === undefined ? {} : { name: name.normalize('NFC') }),
      ...(shortName === undefined ? {} : { short_name: shortName.normalize('NFC') }),
      ...(superiorId === undefined ? {} : { superior_id: superiorId }),
      ...(inspects === undefined ? {} : { inspects }),
    }))
    .where('id', '=', id)
    .execute()
}

export async function closeAuthority(writer: Writer, id: string, on: string): Promise<void> {
  await writer
    .updateTable('agencies.authority')
    .set((eb) => ({ version: eb('version', '+', 1), closed_on: on }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('agencies.authority as a')
    .innerJoin('agencies.division as d', 'd.code', 'a.division_code')
    .leftJoin('agencies.authority as s', 's.id', 'a.superior_id')
    .select(['a.id', 'a.version', 'a.name', 'a.inspects', 's.name as superiorName', 'd.name as divisionName'])
    .select([
      'a.short_name as shortName',
      'a.division_code as divisionCode',
      'a.superior_id as superiorId',
      'a.closed_on as closedOn',
    ])
    .where(within(reach, PLACE))
}
