// What a list that is only compared says by its names: the same one under another code, the same one in other characters.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { divisionPrefix } from '../../platform/reach.ts'

const MOST_CODES = 3

/**
 * Says of whoever is not in the register by his code that somebody of his name is, and of whoever is not on the list the
 * same: most often it is one subject, on one side under the registration number of before credit codes. And of a name that
 * differs in the width of its characters alone that it does.
 */
export async function explainNames(
  writer: Writer,
  { id, mode, divisionCode }: { readonly id: string; readonly mode: string; readonly divisionCode: string },
): Promise<void> {
  if (mode !== 'reconcile') return
  // Nobody has counted these rows yet, and names paired one by one with names take minutes.
  await sql`set local enable_nestloop = off`.execute(writer)
  const prefix = `${divisionPrefix(divisionCode)}%`
  // A code that was issued for the comparison is nobody's.
  await sql`
    update registers.import_row r set code = null
     where r.import_id = ${id} and r.result in ('new', 'duplicate') and r.code like 'SL%'
       and r.fields ->> 'code_kind' = 'issued' and r.subject_version is null`.execute(writer)
  await sql`
    with unknown as materialized (
      select row_number, normalize(name, NFKC) as name from registers.import_row
       where import_id = ${id} and result = 'new'),
    called as (
      select u.row_number, array_agg(s.code order by s.code) as codes
        from unknown u join registers.subject s on s.division_code like ${prefix} and normalize(s.name, NFKC) = u.name
       where s.left_on is null
       group by u.row_number)
    update registers.import_row r
       set reasons = r.reasons || jsonb_build_array(jsonb_build_object(
             'code', 'name_under_other_code', 'value', array_to_string(c.codes[1:${sql.raw(String(MOST_CODES))}], '、')))
      from called c where r.import_id = ${id} and r.row_number = c.row_number`.execute(writer)
  await sql`
    with listed as materialized (
      select normalize(name, NFKC) as name, min(code) as code from registers.import_row
       where import_id = ${id} and result = 'new' and code is not null group by 1),
    missing as materialized (
      select row_number, normalize(name, NFKC) as name from registers.import_row
       where import_id = ${id} and result = 'gone')
    update registers.import_row r
       set reasons = r.reasons || jsonb_build_array(jsonb_build_object('code', 'name_listed_under', 'value', l.code))
      from missing m join listed l on l.name = m.name
     where r.import_id = ${id} and r.row_number = m.row_number`.execute(writer)
  await sql`
    update registers.import_row r
       set reasons = r.reasons || '[{"code": "name_width_only"}]'
     where r.import_id = ${id} and r.result = 'renamed'
       and normalize(r.changes -> 'name' ->> 0, NFKC) = normalize(r.changes -> 'name' ->> 1, NFKC)`.execute(
    writer,
  )
}
