// The register moves on between comparing and applying: rows that no longer fit are left out, and say so.

import { type RawBuilder, sql } from 'kysely'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import type { Range } from './apply.store.ts'
import { BY_PLACE, BY_PRINT } from './match.store.ts'

/** Whether anybody of the rows was entered or changed since they were compared. */
export async function hasMoved(writer: Writer, id: string): Promise<boolean> {
  const { rows } = await sql<{ readonly is: boolean }>`
    select exists (
      select from registers.import_row r
        join registers.subject s on s.id = r.subject_id and s.division_code = r.subject_division
       where r.import_id = ${id} and r.result in ('new', 'changed', 'renamed', 'gone') and s.version <> r.subject_version)
    or exists (${entered(sql`r.import_id = ${id}`)}) as is`.execute(writer)
  return rows[0]?.is ?? false
}

/** New rows whose code somebody entered since, or whose person; or, where one has neither, somebody of that name there. */
function entered(which: RawBuilder<unknown>): RawBuilder<unknown> {
  const fresh = sql`${which} and r.result = 'new' and r.subject_version is null and not r.is_written`
  return sql`
      select r.row_number from registers.import_row r join registers.subject_identity i on i.code = r.code where ${fresh}
      union all
      select r.row_number from registers.import_row r
        join registers.subject s on s.division_code = r.division_code and ${BY_PRINT} where ${fresh}
      union all
      select r.row_number from registers.import_row r
        join registers.subject s on s.division_code = r.division_code and ${BY_PLACE} and s.import_id is distinct from r.import_id
       where ${fresh} and r.code like 'SL%' and r.fields ->> 'code_kind' = 'issued'`
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

/** Leaves out new ones whom somebody entered since. */
export async function leaveOutEntered(writer: Writer, id: string, { from, to }: Range): Promise<LeftOut> {
  const { rows } = await sql<{ readonly result: string }>`
    update registers.import_row r
       set result = 'conflict', reasons = r.reasons || '[{"code": "entered_meanwhile"}]'
     where r.import_id = ${id} and r.row_number in (
       ${entered(sql`r.import_id = ${id} and r.row_number between ${from} and ${to}`)})
    returning 'new' as result`.execute(writer)
  return counted(rows)
}

/** Of rows that were read again, after those of an import that was under way were lost: which ones it had written. */
export async function markWritten(writer: Writer, id: string): Promise<void> {
  const ofSubject = sql`r.result in ('same', 'new', 'changed', 'renamed', 'conflict') and r.subject_id = s.id and r.subject_division = s.division_code`
  await sql`
    update registers.import_row r set result = 'new', is_written = true, changes = null
      from registers.subject s
     where r.import_id = ${id} and s.import_id = ${id} and ${ofSubject}`.execute(writer)
  await sql`
    update registers.import_row r
       set result = case when s.fields ? 'name' then 'renamed' else 'changed' end, changes = s.fields, is_written = true
      from (select c.subject_id as id, c.division_code, c.fields from registers.subject_change c
             where c.import_id = ${id} and c.source = 'import' and c.kind = 'changed') s
     where r.import_id = ${id} and not r.is_written and ${ofSubject}`.execute(writer)
  // Whom it took out is missing from the register by now, and not from the file's list of them.
  await sql`
    insert into registers.import_row
      (import_id, row_number, division_code, code, name, result, subject_id, subject_division, subject_version, is_written)
    select ${id}, coalesce((select least(min(row_number), 0) from registers.import_row where import_id = ${id}), 0) - row_number() over (order by s.code),
           s.division_code, s.code, s.name, 'gone', s.id, s.division_code, s.version, true
      from registers.subject_change c join registers.subject s on s.id = c.subject_id and s.division_code = c.division_code
     where c.import_id = ${id} and c.source = 'import' and c.kind in ('changed', 'left')
       and not exists (select from registers.import_row r where r.import_id = ${id} and r.subject_id = c.subject_id)`.execute(
    writer,
  )
}

/**
 * Of rows that were read again: leaves out whoever was entered or changed after the comparison that was decided on.
 * Whoever was entered by hand on the same day counts as entered since: of that only the day is known.
 */
export async function leaveOutSince(writer: Writer, id: string, checkedAt: Date): Promise<void> {
  await sql`
    update registers.import_row r
       set result = 'conflict', reasons = r.reasons || '[{"code": "changed_meanwhile"}]'
      from registers.subject s left join registers.import i on i.id = s.import_id
     where r.import_id = ${id} and not r.is_written and r.result in ('new', 'changed', 'renamed', 'gone')
       and s.id = r.subject_id and s.division_code = r.subject_division
       and (s.import_id is null and s.entered_on >= ${dayOf(checkedAt)}::date
            or i.id <> ${id} and (i.applied_at is null or i.applied_at > ${checkedAt})
            or exists (select from registers.subject_change c
                        where c.subject_id = s.id and c.division_code = s.division_code and c.state = 'effective'
                          and c.import_id is distinct from ${id} and c.decided_at > ${checkedAt}))`.execute(
    writer,
  )
}

function counted(rows: readonly { readonly result: string }[]): LeftOut {
  const counts: Record<string, number> = {}
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1
  return counts
}
