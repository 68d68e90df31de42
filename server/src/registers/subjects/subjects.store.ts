// 检查对象: every statement about one subject, its code and its place. Lists are in search.store.ts.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Columns } from './changes.rules.ts'
import type { CountyFacts } from './subjects.rules.ts'

/**
 * A subject: its row where its code stands now; where that is out of reach, the row that it left behind when it was moved.
 */
export async function findSubject(reader: Reader, reach: Reach, id: string) {
  return reader
    .selectFrom('registers.subject as s')
    .innerJoin('registers.subject_identity as i', 'i.code', 's.code')
    .leftJoin('agencies.division as d', 'd.code', 's.division_code')
    .selectAll('s')
    .select('d.name as division_name')
    .select([
      sql<string | null>`case when i.division_code <> s.division_code then i.division_code end`.as(
        'moved_to',
      ),
      sql<{ id: string; name: string }[] | null>`(
        select json_agg(json_build_object('id', a.id, 'name', a.name) order by a.name)
          from agencies.authority a where a.id = any (s.authority_ids))`.as('authorities'),
      sql<string[] | null>`(
        select array_agg(c.id::text order by c.proposed_at) from registers.subject_change c
         where c.subject_id = s.id and c.division_code = s.division_code and c.state = 'proposed')`.as(
        'open_changes',
      ),
      sql<string | null>`(select o.name from registers.subject o where o.id = s.of_subject limit 1)`.as(
        'of_name',
      ),
    ])
    .where('s.id', '=', id)
    .where(within(reach, { division: 's.division_code', authorities: 's.authority_ids' }))
    .orderBy(sql`i.division_code = s.division_code`, 'desc')
    .limit(1)
    .executeTakeFirst()
}

export type SubjectRecord = NonNullable<Awaited<ReturnType<typeof findSubject>>>

/** Nobody else changes the subject, or proposes a change of it, until the transaction ends. */
export async function lockSubject(writer: Writer, id: string): Promise<void> {
  await sql`select from registers.subject where id = ${id} order by division_code for update`.execute(writer)
}

/** Takes a code for a subject. False where it is taken. */
export async function takeCode(
  writer: Writer,
  { code, id, divisionCode }: { readonly code: string; readonly id: string; readonly divisionCode: string },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await writer
    .insertInto('registers.subject_identity')
    .values({ code, subject_id: id, division_code: divisionCode })
    .onConflict((conflict) => conflict.column('code').doNothing())
    .executeTakeFirstOrThrow()
  return numInsertedOrUpdatedRows === 1n
}

/** Whose a code is. The register is one: a code that stands in another county is taken there too. */
export async function holderOf(reader: Reader, code: string) {
  return reader
    .selectFrom('registers.subject_identity as i')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'i.subject_id').onRef('s.division_code', '=', 'i.division_code'),
    )
    .leftJoin('agencies.division as d', 'd.code', 's.division_code')
    .select([
      's.id',
      's.name',
      's.left_on as leftOn',
      's.division_code as divisionCode',
      'd.name as divisionName',
    ])
    .where('i.code', '=', code)
    .executeTakeFirst()
}

/** Enters a subject. Columns as in the table. */
export async function insertSubject(
  writer: Writer,
  columns: Columns & { readonly id: string; readonly division_code: string },
): Promise<void> {
  await writer
    .insertInto('registers.subject')
    .values(columns as never)
    .execute()
}

/** Changes columns of a subject. */
export async function updateSubject(
  writer: Writer,
  { id, division_code }: Pick<SubjectRecord, 'id' | 'division_code'>,
  columns: Columns,
): Promise<void> {
  await writer
    .updateTable('registers.subject')
    .set((eb) => ({ ...columns, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('division_code', '=', division_code)
    .execute()
}

const CARRIED = [
  'code',
  'code_kind',
  'name',
  'initials',
  'kind',
  'entity_type',
  'registered_type',
  'of_subject',
  'legal_representative',
  'registered_address',
  'business_scope',
  'established_on',
  'registered_capital',
  'telephone_cipher',
  'telephone_print',
  'id_card_cipher',
  'id_card_print',
  'registration_state',
  'industry_code',
  'credit_class',
  'risk_grade',
  'tags',
  'pools',
  'flags',
  'authority_ids',
  'station',
  'import_id',
  'entered_on',
]

/**
 * Moves a subject to another county: the old row is left on `today`, a row with the same id stands in the new one, also
 * where it had been before; open premises and licences in force go along.
 */
export async function moveSubject(
  writer: Writer,
  { id, code, division_code: from }: SubjectRecord,
  { to, today }: { readonly to: string; readonly today: string },
): Promise<void> {
  const carried = sql.join(CARRIED.map((column) => sql.ref(column)))
  const again = sql.join(
    ['division_basis', 'township_code', 'left_on', ...CARRIED].map(
      (column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`,
    ),
  )
  await sql`
    insert into registers.subject (id, division_code, division_basis, township_code, left_on, version, ${carried})
    select id, ${to}, 'stated', null, null, version + 1, ${carried} from registers.subject where id = ${id} and division_code = ${from}
        on conflict (id, division_code) do update set version = greatest(subject.version, excluded.version) + 1, ${again}`.execute(
    writer,
  )
  await sql`
    update registers.subject set left_on = ${today}, version = version + 1 where id = ${id} and division_code = ${from}`.execute(
    writer,
  )
  await sql`update registers.subject_identity set division_code = ${to} where code = ${code}`.execute(writer)
  await sql`
    insert into registers.premises (id, division_code, subject_id, name, address, opened_on)
    select id, ${to}, subject_id, name, address, opened_on
      from registers.premises where subject_id = ${id} and division_code = ${from} and closed_on is null
        on conflict (id, division_code) do update
       set name = excluded.name, address = excluded.address, opened_on = excluded.opened_on, closed_on = null,
           version = premises.version + 1`.execute(writer)
  await sql`
    insert into registers.licence (id, division_code, subject_id, kind, number, authority_id, scope, valid_from, valid_until)
    select id, ${to}, subject_id, kind, number, authority_id, scope, valid_from, valid_until
      from registers.licence where subject_id = ${id} and division_code = ${from} and revoked_on is null
        on conflict (id, division_code) do update
       set scope = excluded.scope, valid_from = excluded.valid_from, valid_until = excluded.valid_until, revoked_on = null,
           version = licence.version + 1`.execute(writer)
}

/** A division, as far as a subject can be in it. */
export async function findCounty(reader: Reader, code: string): Promise<CountyFacts | undefined> {
  const { rows } = await sql<CountyFacts>`
    select d.level, d.status,
           exists (select from agencies.division c where c.parent_code = d.code and c.status <> 'revoked') as "hasChildren"
      from agencies.division d where d.code = ${code}`.execute(reader)
  return rows[0]
}

/** Names of divisions and authorities, by code and by id. */
export async function namesOf(
  reader: Reader,
  {
    divisions,
    authorities,
  }: { readonly divisions: readonly string[]; readonly authorities: readonly string[] },
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ key: string; name: string }>`
    select code as key, name from agencies.division where code = any (${[...new Set(divisions)]}::text[])
    union all
    select id::text, name from agencies.authority where id = any (${[...new Set(authorities)]}::uuid[])`.execute(
    reader,
  )
  return new Map(rows.map(({ key, name }) => [key, name]))
}

/** When a subject last left and came back. */
export async function lastReturn(
  reader: Reader,
  { id, division_code }: Pick<SubjectRecord, 'id' | 'division_code'>,
): Promise<{ readonly leftAt: Date; readonly returnedAt: Date } | undefined> {
  const { rows } = await sql<{ leftAt: Date; returnedAt: Date }>`
    select left_at as "leftAt", returned_at as "returnedAt" from registers.returned_subject
     where subject_id = ${id} and division_code = ${division_code} order by returned_at desc limit 1`.execute(
    reader,
  )
  return rows[0]
}
