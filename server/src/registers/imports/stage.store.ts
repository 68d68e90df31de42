// Rows of a file, put down beside the register before anything is compared.

import { sql } from 'kysely'
import type { Writer } from '../../platform/database/database.ts'
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
