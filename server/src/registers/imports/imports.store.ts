// Imports, their rows and the mappings that offices keep: every statement that reads or moves them on.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import type { Json } from '../../platform/database/rows.gen.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { ImportMode, ImportState } from './imports.rules.ts'
import type { Register } from './fields.rules.ts'
import type { Sheet } from './reading.rules.ts'
import type { Mapping } from './schema.ts'
import type { RowReason } from './subject-row.rules.ts'

/** A page of imports, newest first. */
export async function listImports(
  reader: Reader,
  reach: Reach,
  {
    register,
    state,
    after,
    limit,
  }: {
    register?: string | undefined
    state?: ImportState
    after?: string | undefined
    limit: number
  },
): Promise<readonly ImportRecord[]> {
  const rows = await shown(reader, reach)
    .$if(register !== undefined, (query) => query.where('i.register', '=', register!))
    .$if(state !== undefined, (query) => query.where('i.state', '=', state!))
    .$if(after !== undefined, (query) => query.where('i.id', '<', after!))
    .orderBy('i.id', 'desc')
    .limit(limit + 1)
    .execute()
  return rows as unknown as readonly ImportRecord[]
}

type ShownRow = Awaited<ReturnType<ReturnType<typeof shown>['execute']>>[number]

export interface ImportRecord extends Omit<ShownRow, 'counts' | 'sheet' | 'mapping' | 'failure'> {
  readonly counts: Readonly<Record<string, number>>
  readonly sheet: Sheet
  readonly mapping: Mapping | null
  readonly failure: Refusal | null
}

/** An import. */
export async function findImport(
  reader: Reader,
  reach: Reach,
  id: string,
): Promise<ImportRecord | undefined> {
  return (await shown(reader, reach).where('i.id', '=', id).executeTakeFirst()) as unknown as
    | ImportRecord
    | undefined
}

/** An import that nobody else moves on until the transaction ends. */
export async function lockImport(
  writer: Writer,
  reach: Reach,
  id: string,
): Promise<ImportRecord | undefined> {
  return (await shown(writer, reach).where('i.id', '=', id).forUpdate('i').executeTakeFirst()) as unknown as
    | ImportRecord
    | undefined
}

/** What is known of an upload. */
export interface NewImportRow {
  readonly id: string
  readonly register: Register
  readonly mode: ImportMode
  readonly authorityId: string
  readonly divisionCode: string
  readonly fileName: string
  readonly fileHash: string
  readonly fileBytes: number
  readonly sheet: Sheet
  readonly by: string
  readonly at: Date
  readonly state?: ImportState
}

export async function insertImport(writer: Writer, row: NewImportRow): Promise<void> {
  await writer
    .insertInto('registers.import')
    .values({
      id: row.id,
      register: row.register,
      mode: row.mode,
      authority_id: row.authorityId,
      division_code: row.divisionCode,
      file_name: row.fileName,
      file_hash: row.fileHash,
      file_bytes: row.fileBytes,
      sheet: JSON.stringify(row.sheet),
      state: row.state ?? 'uploaded',
      uploaded_by: row.by,
      uploaded_at: row.at,
    })
    .execute()
}

/** What changes of an import; what is left out stays. */
export interface ImportStep {
  readonly state?: ImportState
  readonly mapping?: Mapping
  readonly sheet?: Sheet
  readonly counts?: Readonly<Record<string, number>>
  readonly failure?: object | null
  readonly jobId?: string
  readonly checkedAt?: Date
  readonly checkedBy?: string
  readonly isJoint?: boolean
  readonly appliedTo?: number
  readonly isReadAgain?: boolean
  readonly approvedBy?: string | null
  readonly applied?: { readonly by: string; readonly at: Date }
  readonly undone?: { readonly by: string; readonly at: Date; readonly reason: string }
}

/** Moves an import on. */
export async function moveImport(writer: Writer, id: string, step: ImportStep): Promise<void> {
  const json = (value: object | null | undefined): string | null => (value ? JSON.stringify(value) : null)
  await writer
    .updateTable('registers.import')
    .set((eb) => ({
      version: eb('version', '+', 1),
      ...(step.state === undefined ? {} : { state: step.state }),
      ...(step.mapping === undefined ? {} : { mapping: json(step.mapping) }),
      ...(step.sheet === undefined ? {} : { sheet: JSON.stringify(step.sheet) }),
      ...(step.counts === undefined ? {} : { counts: JSON.stringify(step.counts) }),
      ...(step.failure === undefined ? {} : { failure: json(step.failure) }),
      ...(step.jobId === undefined ? {} : { job_id: step.jobId }),
      ...(step.checkedAt === undefined ? {} : { checked_at: step.checkedAt }),
      ...(step.isJoint === undefined ? {} : { is_joint: step.isJoint }),
      ...(step.appliedTo === undefined ? {} : { applied_to: step.appliedTo }),
      ...(step.isReadAgain === undefined ? {} : { is_read_again: step.isReadAgain }),
      ...(step.checkedBy === undefined ? {} : { checked_by: step.checkedBy }),
      ...(step.approvedBy === undefined ? {} : { approved_by: step.approvedBy }),
      ...(step.applied === undefined ? {} : { applied_by: step.applied.by, applied_at: step.applied.at }),
      ...(step.undone === undefined
        ? {}
        : { undone_by: step.undone.by, undone_at: step.undone.at, undo_reason: step.undone.reason }),
    }))
    .where('id', '=', id)
    .execute()
}

/** Rows of an import in their order, those in conflict and refused first where all are asked for. */
export async function listRows(
  reader: Reader,
  importId: string,
  {
    result,
    after,
    limit,
  }: { result?: string | undefined; after?: readonly string[] | undefined; limit: number },
): Promise<readonly StagedView[]> {
  const { rows } = await sql<StagedView>`
    select row_number as "row", result, code, name, reasons, changes, subject_id as "subjectId"
      from registers.import_row
     where import_id = ${importId} and result is not null
       ${result === undefined ? sql`` : sql`and result = ${result}`}
       ${after === undefined ? sql`` : sql`and row_number > ${Number(after[0])}`}
     order by row_number limit ${limit}`.execute(reader)
  return rows
}

/** A row as it was put down. */
export interface StagedView {
  readonly row: number
  readonly result: string
  readonly code: string | null
  readonly name: string
  readonly reasons: readonly RowReason[]
  readonly changes: Readonly<Record<string, readonly [Json, Json]>> | null
  readonly subjectId: string | null
}

/** Keeps how an office's table is to be understood, under a name; the same name again replaces it. */
export async function keepMapping(
  writer: Writer,
  row: {
    readonly id: string
    readonly authorityId: string
    readonly register: string
    readonly name: string
    readonly header: readonly string[]
    readonly mapping: Mapping
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const values = {
    header: [...row.header],
    mapping: JSON.stringify(row.mapping),
    made_by: row.by,
    made_at: row.at,
  }
  await writer
    .insertInto('registers.import_mapping')
    .values({ id: row.id, authority_id: row.authorityId, register: row.register, name: row.name, ...values })
    .onConflict((conflict) =>
      conflict
        .columns(['authority_id', 'register', 'name'])
        .doUpdateSet((eb) => ({ ...values, version: eb('registers.import_mapping.version', '+', 1) })),
    )
    .execute()
}

/** The mappings that an authority keeps, the latest first. */
export async function listMappings(reader: Reader, authorityIds: readonly string[], register: string) {
  const rows = await reader
    .selectFrom('registers.import_mapping')
    .select(['id', 'name', 'register', 'header', 'mapping'])
    .where(
      'authority_id',
      'in',
      authorityIds.length === 0 ? ['00000000-0000-0000-0000-000000000000'] : [...authorityIds],
    )
    .where('register', '=', register)
    .orderBy('made_at', 'desc')
    .orderBy('id')
    .limit(200)
    .execute()
  return rows as unknown as readonly (Omit<(typeof rows)[number], 'mapping' | 'register'> & {
    readonly mapping: Mapping
    readonly register: Register
  })[]
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.import as i')
    .innerJoin('agencies.authority as a', 'a.id', 'i.authority_id')
    .innerJoin('agencies.division as d', 'd.code', 'i.division_code')
    .innerJoin('agencies.person as up', 'up.id', 'i.uploaded_by')
    .leftJoin('agencies.person as ok', 'ok.id', 'i.approved_by')
    .leftJoin('agencies.person as ap', 'ap.id', 'i.applied_by')
    .leftJoin('agencies.person as un', 'un.id', 'i.undone_by')
    .select([
      'i.id',
      'i.version',
      'i.register',
      'i.mode',
      'i.state',
      'i.sheet',
      'i.mapping',
      'i.counts',
      'i.failure',
    ])
    .select([
      'i.authority_id as authorityId',
      'a.name as authorityName',
      'i.division_code as divisionCode',
      'd.name as divisionName',
      'i.file_name as fileName',
      'i.file_hash as fileHash',
      'i.file_bytes as fileBytes',
      'i.is_joint as isJoint',
      'i.applied_to as appliedTo',
      'i.is_read_again as isReadAgain',
      'i.job_id as jobId',
      'i.uploaded_by as uploadedById',
      'up.name as uploadedByName',
      'i.uploaded_at as uploadedAt',
      'i.checked_by as checkedById',
      'i.checked_at as checkedAt',
      'i.approved_by as approvedById',
      'ok.name as approvedByName',
      'i.applied_by as appliedById',
      'ap.name as appliedByName',
      'i.applied_at as appliedAt',
      'i.undone_by as undoneById',
      'un.name as undoneByName',
      'i.undone_at as undoneAt',
      'i.undo_reason as undoReason',
    ])
    .where(within(reach, { authority: 'i.authority_id', division: 'i.division_code' }))
}
