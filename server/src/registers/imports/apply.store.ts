// What an import does to the register of subjects, range of rows by range of rows.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { LICENCE_RETURNED } from '../subjects/changes.rules.ts'
import { changeableFrom, patched } from './patch.store.ts'

/** An import that is applied: of whom, when. Days as YYYY-MM-DD. */
export interface Applying {
  readonly id: string
  readonly authorityId: string
  readonly today: string
  readonly now: Date
  readonly uploadedBy: string
  readonly decidedBy: string
}

/** Rows from..to of the file, both included. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** Nobody else applies or undoes an import of subjects until this transaction ends. */
export async function holdRegister(writer: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('registers.subject import'))`.execute(writer)
}

/** The first and last row of which an import would write anything; also rows that are the same may bring a licence. */
export async function rangeOf(writer: Writer, id: string): Promise<Range | undefined> {
  const { rows } = await sql<{ readonly from: number | null; readonly to: number | null }>`
    select min(row_number) as from, max(row_number) as to
      from registers.import_row where import_id = ${id} and result in ('new', 'changed', 'renamed', 'same', 'gone', 'duplicate')`.execute(
    writer,
  )
  const [row] = rows
  return row && row.from !== null && row.to !== null ? { from: row.from, to: row.to } : undefined
}

/** Whether any row is left: they are not in the write-ahead log, and a crash of the database takes them. */
export async function hasRows(writer: Writer, id: string): Promise<boolean> {
  const { rows } = await sql<{ readonly is: boolean }>`
    select exists (select from registers.import_row where import_id = ${id}) as is`.execute(writer)
  return rows[0]?.is ?? false
}

/** Enters whoever is new. Gives how many; whoever was entered since is left out first. */
export async function enterNew(
  writer: Writer,
  { id, today }: Applying,
  { from, to }: Range,
): Promise<number> {
  const rows = sql`
    select * from registers.import_row
     where import_id = ${id} and result = 'new' and subject_version is null and not is_written and row_number between ${from} and ${to}`
  await sql`
    insert into registers.subject_identity (code, subject_id, division_code)
    select code, subject_id, division_code from (${rows}) r order by code`.execute(writer)
  const { numAffectedRows } = await sql`
    insert into registers.subject
      (id, division_code, code, code_kind, name, initials, kind, entity_type, registered_type, legal_representative,
       registered_address, business_scope, established_on, registered_capital, telephone_cipher, telephone_print,
       id_card_cipher, id_card_print, registration_state, division_basis, township_code, industry_code, credit_class,
       risk_grade, tags, pools, flags, authority_ids, station, import_id, entered_on)
    select r.subject_id, r.division_code, r.code, f.code_kind, f.name, f.initials, coalesce(f.kind, r.fields -> 'guess' ->> 'kind'),
           coalesce(f.entity_type, r.fields -> 'guess' ->> 'entity_type'), f.registered_type, f.legal_representative,
           f.registered_address, f.business_scope, f.established_on, f.registered_capital, f.telephone_cipher, f.telephone_print,
           f.id_card_cipher, f.id_card_print, coalesce(f.registration_state, 'active'), f.division_basis, f.township_code, f.industry_code, f.credit_class,
           f.risk_grade, coalesce(f.tags, '{}'), coalesce(f.pools, '{}'), coalesce(f.flags, '{}'), f.authority_ids, f.station, r.import_id, ${today}
      from (${rows}) r
     cross join lateral jsonb_to_record(r.fields) f (code_kind text, name text, initials text, kind text, entity_type text,
       registered_type text, legal_representative text, registered_address text, business_scope text, established_on date,
       registered_capital text, telephone_cipher text, telephone_print bytea, id_card_cipher text, id_card_print bytea,
       registration_state text, division_basis text, township_code text, industry_code text, credit_class text,
       risk_grade text, tags text[], pools text[], flags text[], authority_ids uuid[], station text)
     order by r.division_code, r.code`.execute(writer)
  return Number(numAffectedRows ?? 0n)
}

const CHANGED = ['changed', 'renamed', 'new']

/** Changes whoever is known, and brings back whom an import had entered that was undone. Gives how many. */
export async function changeKnown(writer: Writer, applying: Applying, { from, to }: Range): Promise<number> {
  const { id, now, uploadedBy, decidedBy } = applying
  const rows = sql`
    select * from registers.import_row
     where import_id = ${id} and result = any (${CHANGED}::text[]) and subject_version is not null and not is_written
       and row_number between ${from} and ${to}`
  await sql`
    insert into registers.subject_change
      (id, division_code, subject_id, kind, state, fields, source, import_id, subject_version, proposed_by, proposed_at, decided_by, decided_at)
    select registers.new_id(), r.subject_division, r.subject_id, case r.result when 'new' then 'entered' else 'changed' end, 'effective',
           coalesce(r.changes, '{}'), 'import', ${id}, r.subject_version + 1, ${uploadedBy}, ${now}, ${decidedBy}, ${now}
      from (${rows}) r`.execute(writer)
  const { numAffectedRows } = await sql`
    update registers.subject s
       set ${changeableFrom('n')},
           left_on = null, import_id = case when s.left_on is null then s.import_id else ${id}::uuid end,
           version = s.version + 1
      from (${rows}) r
     ${patched({ id: 'r.subject_id', division: 'r.subject_division', changes: 'r.changes' }, 'after')}
     where s.id = r.subject_id and s.division_code = r.subject_division and s.version = r.subject_version`.execute(
    writer,
  )
  return Number(numAffectedRows ?? 0n)
}

/** Takes whoever is missing from a full list out of this authority's register; whoever stands in no other, leaves. */
export async function takeOutGone(writer: Writer, applying: Applying, { from, to }: Range): Promise<number> {
  const { id, authorityId, today, now, uploadedBy, decidedBy } = applying
  const rows = sql`
    select * from registers.import_row where import_id = ${id} and result = 'gone' and not is_written and row_number between ${from} and ${to}`
  await sql`
    insert into registers.subject_change
      (id, division_code, subject_id, kind, state, fields, source, import_id, subject_version, proposed_by, proposed_at, decided_by, decided_at)
    select registers.new_id(), s.division_code, s.id, case when cardinality(s.authority_ids) > 1 then 'changed' else 'left' end, 'effective',
           jsonb_build_object('authority_ids', jsonb_build_array(to_jsonb(s.authority_ids), to_jsonb(array_remove(s.authority_ids, ${authorityId}::uuid))))
             || case when cardinality(s.authority_ids) > 1 then '{}' else jsonb_build_object('left_on', jsonb_build_array(null, ${today}::text)) end,
           'import', ${id}, s.version + 1, ${uploadedBy}, ${now}, ${decidedBy}, ${now}
      from (${rows}) r join registers.subject s on s.id = r.subject_id and s.division_code = r.subject_division`.execute(
    writer,
  )
  const { numAffectedRows } = await sql`
    update registers.subject s
       set authority_ids = array_remove(s.authority_ids, ${authorityId}::uuid), version = s.version + 1,
           left_on = case when cardinality(s.authority_ids) > 1 then s.left_on else ${today}::date end
      from (${rows}) r
     where s.id = r.subject_id and s.division_code = r.subject_division and s.version = r.subject_version`.execute(
    writer,
  )
  return Number(numAffectedRows ?? 0n)
}

/** Premises and licences that rows name, also the further licences of rows that are otherwise duplicates. */
export async function addPremisesAndLicences(
  writer: Writer,
  { id, authorityId }: Applying,
  { from, to }: Range,
): Promise<void> {
  const rows = sql`
    select r.fields, r.subject_id, r.subject_division as division_code
      from registers.import_row r
     where r.import_id = ${id} and r.row_number between ${from} and ${to}
       and r.result in ('new', 'changed', 'renamed', 'same', 'duplicate')
       -- The row that it repeats may have been left out.
       and exists (select from registers.subject s where s.id = r.subject_id and s.division_code = r.subject_division)`
  await sql`
    insert into registers.premises (id, division_code, subject_id, address, import_id)
    select registers.new_id(), r.division_code, r.subject_id, r.fields ->> 'premises', ${id}
      from (${rows}) r
     where r.fields ? 'premises' and r.subject_id is not null
       and not exists (select from registers.premises p where p.subject_id = r.subject_id and p.division_code = r.division_code
                          and p.address = r.fields ->> 'premises' and p.closed_on is null)`.execute(writer)
  // A licence that ended and is in a file again is what somebody should look at, as by hand (I4).
  await sql`
    with given as (
      insert into registers.licence (id, division_code, subject_id, kind, number, authority_id, valid_from, valid_until, import_id)
      select registers.new_id(), r.division_code, r.subject_id, l.kind, l.number, ${authorityId}, l.valid_from, l.valid_until, ${id}
        from (${rows}) r
       cross join lateral jsonb_to_record(r.fields -> 'licence') l (kind text, number text, valid_from date, valid_until date)
       where r.fields ? 'licence' and r.subject_id is not null
          on conflict (division_code, subject_id, authority_id, kind, number)
          do update set revoked_on = null, import_id = excluded.import_id, version = licence.version + 1
          where licence.revoked_on is not null
      returning subject_id, division_code, version > 1 as is_back)
    update registers.subject s set flags = array_append(s.flags, ${LICENCE_RETURNED})
      from given where given.is_back and s.id = given.subject_id and s.division_code = given.division_code
       and not s.flags @> array[${LICENCE_RETURNED}]`.execute(writer)
}

/** Counts the figures of the register anew. */
export async function countSubjects(writer: Writer): Promise<void> {
  await sql`select registers.count_subjects()`.execute(writer)
}

/** Lets the planner and the search know what is common now. */
export async function knowSubjects(writer: Writer): Promise<void> {
  await sql`select registers.know_subjects()`.execute(writer)
}
