// Uploaded organisation charts: every statement about them.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { ChartRow, Outcome } from './chart.rules.ts'
import type { Counts } from './imports.rules.ts'

/** A row as it is kept: its number encrypted. */
export type KeptRow = Omit<ChartRow, 'mobile'> & { readonly mobileCipher: string | null }

/** What is kept of an upload beside its name: nothing in it tells a mobile number. */
export interface Report {
  readonly unused: readonly string[]
  readonly counts: Counts
  readonly rows: readonly KeptRow[]
  readonly outcomes: readonly Outcome[]
}

/** The newest first, one more than the limit; `after` is the id of the last of the page before. */
export function listImports(
  reader: Reader,
  reach: Reach,
  { after, limit }: { readonly after: string | undefined; readonly limit: number },
) {
  return shown(reader, reach)
    .$if(after !== undefined, (query) => query.where('i.id', '<', after!))
    .orderBy('i.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type ImportRecord = Awaited<ReturnType<typeof listImports>>[number]

/** An upload. */
export function findImport(reader: Reader, reach: Reach, id: string): Promise<ImportRecord | undefined> {
  return shown(reader, reach).where('i.id', '=', id).executeTakeFirst()
}

/** An upload that nobody else decides on until the transaction ends. */
export function lockImport(writer: Writer, reach: Reach, id: string): Promise<ImportRecord | undefined> {
  return shown(writer, reach).where('i.id', '=', id).forUpdate('i').executeTakeFirst()
}

/** What an upload would do, row by row. */
export async function reportOf(reader: Reader, reach: Reach, id: string): Promise<Report> {
  const { report } = await reader
    .selectFrom('agencies.organisation_import as i')
    .select('i.report')
    .where('i.id', '=', id)
    .where(within(reach, { division: 'i.division_code', person: 'i.uploaded_by' }))
    .executeTakeFirstOrThrow()
  return report as unknown as Report
}

export async function insertImport(
  writer: Writer,
  upload: {
    readonly id: string
    readonly divisionCode: string
    readonly fileName: string
    readonly fileHash: string
    readonly report: Report
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await writer
    .insertInto('agencies.organisation_import')
    .values({
      id: upload.id,
      division_code: upload.divisionCode,
      file_name: upload.fileName,
      file_hash: upload.fileHash,
      state: 'checked',
      report: JSON.stringify(upload.report),
      uploaded_by: upload.by,
      uploaded_at: upload.at,
    })
    .execute()
}

export async function decideImport(
  writer: Writer,
  id: string,
  { state, by, at }: { readonly state: 'applied' | 'discarded'; readonly by: string; readonly at: Date },
): Promise<void> {
  await writer
    .updateTable('agencies.organisation_import')
    .set((eb) => ({ version: eb('version', '+', 1), state, applied_by: by, applied_at: at }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('agencies.organisation_import as i')
    .innerJoin('agencies.division as d', 'd.code', 'i.division_code')
    .innerJoin('agencies.person as u', 'u.id', 'i.uploaded_by')
    .leftJoin('agencies.person as b', 'b.id', 'i.applied_by')
    .select(['i.id', 'i.version', 'i.state', 'i.division_code as divisionCode', 'd.name as divisionName'])
    .select(['i.file_name as fileName', 'i.file_hash as fileHash', 'i.uploaded_at as uploadedAt'])
    .select(['i.uploaded_by as uploadedById', 'u.name as uploadedByName', 'i.applied_at as appliedAt'])
    .select(['i.applied_by as appliedById', 'b.name as appliedByName'])
    .select([
      sql<Counts>`i.report -> 'counts'`.as('counts'),
      sql<string[]>`i.report -> 'unused'`.as('unusedColumns'),
    ])
    .where(within(reach, { division: 'i.division_code', person: 'i.uploaded_by' }))
}
