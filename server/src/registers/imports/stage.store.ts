// Rows of a file, put down beside the register before anything is compared.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
import { Refused } from '../../platform/refusal.ts'
import type { SubjectBatch } from './reading.rules.ts'

/** Forgets the rows of an import: before it is read again, and when it is over. */
export async function forgetRows(writer: Writer, importId: string): Promise<void> {
  await writer.deleteFrom('registers.import_row').where('import_id', '=', importId).execute()
}

/** Puts down rows of subjects. `fields` are already free of personal data in clear. */
export async function stageSubjects(
  writer: Writer,
  importId: string,
  { rows, codes, names, divisions, results, ids, reasons }: SubjectBatch,
  fields: readonly string[],
): Promise<void> {
  await sql`
    insert into registers.import_row
      (import_id, row_number, division_code, code, name, result, subject_id, subject_division, reasons, fields)
    select ${importId}::uuid, n, d, c, m, t, i, d, r::jsonb, f::jsonb
      from unnest(${rows}::int[], ${divisions}::text[], ${codes}::text[], ${names}::text[],
                  ${results}::text[], ${ids}::uuid[], ${reasons}::text[], ${fields}::text[]) as u (n, d, c, m, t, i, r, f)`.execute(
    writer,
  )
}

/** Lets the planner know of the rows: it has seen other imports, and would take this one for a row or two. */
export async function knowRows(writer: Writer): Promise<void> {
  await sql`select registers.know_import_rows()`.execute(writer)
}

/** A row of a small register as it is put down. `fields` and `changes` hold nothing personal in clear. */
export interface StagedRow {
  readonly row: number
  readonly name: string
  readonly code: string | null
  readonly result: string
  readonly reasons: readonly object[]
  readonly fields: object
  readonly changes?: object | undefined
}

/** Puts down rows of a small register, with what would become of each. */
export async function stageRows(
  writer: Writer,
  importId: string,
  divisionCode: string,
  rows: readonly StagedRow[],
): Promise<void> {
  if (rows.length === 0) return
  await sql`
    insert into registers.import_row
      (import_id, row_number, division_code, code, name, result, reasons, fields, changes)
    select ${importId}::uuid, n, ${divisionCode}, c, m, t, r::jsonb, f::jsonb, g::jsonb
      from unnest(${rows.map(({ row }) => row)}::int[], ${rows.map(({ code }) => code)}::text[],
                  ${rows.map(({ name }) => name)}::text[], ${rows.map(({ result }) => result)}::text[],
                  ${rows.map(({ reasons }) => JSON.stringify(reasons))}::text[],
                  ${rows.map(({ fields }) => JSON.stringify(fields))}::text[],
                  ${rows.map(({ changes }) => (changes === undefined ? null : JSON.stringify(changes)))}::text[])
             as u (n, c, m, t, r, f, g)`.execute(writer)
}

/** Lets the statements of this transaction take as long as a large register on a slow disk needs. */
export async function takeYourTime(writer: Writer): Promise<void> {
  await sql`set local statement_timeout = '60min'`.execute(writer)
  await sql`set local idle_in_transaction_session_timeout = '10min'`.execute(writer)
}

/** Does something, keeps what it gives, and takes back whatever it did. */
export async function tryOut<T>(writer: Writer, work: () => Promise<T>): Promise<T> {
  await sql`savepoint tried_out`.execute(writer)
  const given = await work()
  await sql`rollback to savepoint tried_out`.execute(writer)
  return given
}

/** The encrypted cells of the rows that would be written, in their order. */
export async function stagedCells(writer: Writer, importId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly cipher: string }>`
    select fields ->> 'cipher' as cipher from registers.import_row
     where import_id = ${importId} and result in ('new', 'changed') order by row_number`.execute(writer)
  return rows.map(({ cipher }) => cipher)
}

/** Keeps what taking an import back needs. */
export async function keepUndo(writer: Writer, importId: string, undo: readonly object[]): Promise<void> {
  await sql`update registers.import set undo = ${JSON.stringify(undo)}::jsonb where id = ${importId}`.execute(
    writer,
  )
}

/** What `keepUndo` kept. */
export async function takeUndo(writer: Writer, importId: string): Promise<readonly object[]> {
  const { rows } = await sql<{ readonly undo: readonly object[] | null }>`
    select undo from registers.import where id = ${importId}`.execute(writer)
  return rows[0]?.undo ?? []
}

/** Throws Refused where one of the rows is not of the version that the import left it in. */
export async function demandUntouched(
  writer: Writer,
  table: 'inspector' | 'inspection_item',
  written: readonly { readonly id: string; readonly version: number }[],
): Promise<void> {
  const { rows } = await sql<{ readonly count: number; readonly code: string | null }>`
    select count(*)::int as count, min(t.id::text) as code from registers.${sql.raw(table)} t
      join unnest(${written.map(({ id }) => id)}::uuid[], ${written.map(({ version }) => version)}::int[]) w (id, version) on w.id = t.id
     where t.version <> w.version`.execute(writer)
  const [since] = rows
  if (since && since.count > 0)
    throw new Refused({
      code: 'import.changed_since',
      params: { count: since.count, code: since.code ?? '' },
    })
}
