// The register moves on between comparing and applying: rows that no longer fit are left out, and say so.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import type { Range } from './apply.store.ts'

/** Whether anybody of the rows was entered or changed since they were compared. */
export async function hasMoved(writer: Writer, id: string): Promise<boolean> {
  const { rows } = await sql<{ readonly is: boolean }>`
    select exists (
      select from registers.import_row r
        join registers.subject s on s.id = r.subject_id and s.division_code = r.subject_division
       where r.import_id = ${id} and r.result in ('new', 'changed', 'renamed', 'gone') and s.version <> r.subject_version)
    or exists (
      select from registers.import_row r join registers.subject_identity i on i.code = r.code
       where r.import_id = ${id} and r.result = 'new' and r.subject_version is null) as is`.execute(writer)
  return rows[0]?.is ?? false
}

/** How many rows of each result were left out. */
export type LeftOut = Readonly<Record<string, number>>

/** Leaves out whoever was changed since, and holds the others until the transaction ends. */
export async function leaveOutMoved(writer: Writer, id: string, { from, to }: Range): Promise<LeftOut> {
  const { rows } = await sql<{ readonly result: string }>`
    with held as materialized (
      select r.row_number, r.result, s.version = r.subject_version as is_same
        from registers.import_row r
        join registers.subject s on s.id = r.subject_id and s.division_code = r.subject_division
       where r.import_id = ${id} and r.row_number between ${from} and ${to} and not r.is_written
         and r.result in ('new', 'changed', 'renamed', 'gone') and r.subject_version is not null
       order by s.id for update of s)
    update registers.import_row r
       set result = 'conflict', reasons = r.reasons || '[{"code": "changed_meanwhile"}]'
      from held where r.import_id = ${id} and r.row_number = held.row_number and not held.is_same
    returning held.result`.execute(writer)
  return counted(rows)
}

/** Leaves out new ones whose code, or whose person's number, somebody entered since. */
export async function leaveOutEntered(writer: Writer, id: string, { from, to }: Range): Promise<LeftOut> {
  const { rows } = await sql<{ readonly result: string }>`
    update registers.import_row r
       set result = 'conflict', reasons = r.reasons || '[{"code": "entered_meanwhile"}]'
     where r.import_id = ${id} and r.row_number between ${from} and ${to}
       and r.result = 'new' and r.subject_version is null
       and (exists (select from registers.subject_identity i where i.code = r.code)
            or r.fields ? 'id_card_print' and exists (
                 select from registers.subject s where s.division_code = r.division_code
                    and s.id_card_print = (r.fields ->> 'id_card_print')::bytea))
    returning 'new' as result`.execute(writer)
  return counted(rows)
}

/** Of rows that were read again, after those of an import that was under way were lost: which ones it had written. */
export async function markWritten(writer: Writer, id: string): Promise<void> {
  await sql`
    update registers.import_row r set result = 'new', is_written = true
      from registers.subject s
     where r.import_id = ${id} and r.result = 'same' and s.id = r.subject_id and s.division_code = r.subject_division
       and s.import_id = ${id}`.execute(writer)
  await sql`
    update registers.import_row r
       set result = case when c.fields ? 'name' then 'renamed' else 'changed' end, changes = c.fields, is_written = true
      from registers.subject_change c
     where r.import_id = ${id} and r.result = 'same' and c.import_id = ${id} and c.source = 'import'
       and c.subject_id = r.subject_id and c.division_code = r.subject_division`.execute(writer)
}

function counted(rows: readonly { readonly result: string }[]): LeftOut {
  const counts: Record<string, number> = {}
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1
  return counts
}
