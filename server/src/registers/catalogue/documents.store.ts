// 抽查细则 and 工作指引: every statement about operating documents.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { insertFile } from '../../platform/files/file.store.ts'
import { type Reach, within } from '../../platform/reach.ts'

/** Which documents are asked for; `after` is the id of the last of the page before. */
export interface DocumentFilter {
  readonly authority?: string | undefined
  readonly kind?: string | undefined
  readonly state?: string | undefined
  readonly latest: boolean
  readonly after: string | undefined
  readonly limit: number
}

/** The newest first, one more than the limit. */
export function listDocuments(reader: Reader, reach: Reach, filter: DocumentFilter) {
  const { authority, kind, state, latest, after, limit } = filter
  return shown(reader, reach)
    .$if(authority !== undefined, (query) => query.where('o.authority_id', '=', authority!))
    .$if(kind !== undefined, (query) => query.where('o.kind', '=', kind!))
    .$if(state !== undefined, (query) => query.where('o.state', '=', state!))
    .$if(latest, (query) => query.where(IS_LATEST))
    .$if(after !== undefined, (query) => query.where('o.id', '<', after!))
    .orderBy('o.id', 'desc')
    .limit(limit + 1)
    .execute()
}

export type DocumentRow = Awaited<ReturnType<typeof listDocuments>>[number]

/** A document. */
export function findDocument(reader: Reader, reach: Reach, id: string): Promise<DocumentRow | undefined> {
  return shown(reader, reach).where('o.id', '=', id).executeTakeFirst()
}

/** A document that nobody else decides on until the transaction ends. */
export function lockDocument(writer: Writer, reach: Reach, id: string): Promise<DocumentRow | undefined> {
  return shown(writer, reach).where('o.id', '=', id).forUpdate('o').executeTakeFirst()
}

/** Whether another document of the kind was received or is on its way in the year of a day: what is due once is done. */
export async function isDoneInYear(
  reader: Reader,
  document: Pick<DocumentRow, 'id' | 'authorityId' | 'kind'>,
  on: string,
): Promise<boolean> {
  const row = await reader
    .selectFrom('registers.operating_document as o')
    .select('o.id')
    .where('o.authority_id', '=', document.authorityId)
    .where('o.kind', '=', document.kind)
    .where('o.id', '<>', document.id)
    .where('o.state', 'in', ['submitted', 'received'])
    .where(sql<boolean>`extract(year from o.submitted_on) = extract(year from ${on}::date)`)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

/** A new version of a document: one more than the last of the same authority, kind and title. Also names its file. */
export async function insertDocument(
  writer: Writer,
  document: {
    readonly id: string
    readonly authorityId: string
    readonly divisionCode: string
    readonly kind: string
    readonly title: string
    readonly effectiveFrom: string
    readonly file: { readonly hash: string; readonly bytes: number }
    readonly fileName: string
    readonly format: string
    readonly mediaType: string
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  const title = document.title.normalize('NFC')
  const { file, mediaType, by, at } = document
  await insertFile(writer, { ...file, mediaType, by, at })
  await writer
    .insertInto('registers.operating_document')
    .values({
      id: document.id,
      authority_id: document.authorityId,
      division_code: document.divisionCode,
      kind: document.kind,
      title,
      number: sql<number>`(select coalesce(max(number), 0) + 1 from registers.operating_document
        where authority_id = ${document.authorityId} and kind = ${document.kind} and title = ${title})`,
      effective_from: document.effectiveFrom,
      file_hash: file.hash,
      file_name: document.fileName,
      file_bytes: file.bytes,
      format: document.format,
      uploaded_by: by,
      uploaded_at: at,
      state: 'kept',
    })
    .execute()
}

/** A step of a document on its way to the joint conference's office. */
export async function stepDocument(
  writer: Writer,
  id: string,
  step: {
    readonly state: string
    readonly submittedOn?: string
    readonly dueOn?: string | null
    readonly decidedBy?: string | null
    readonly decidedAt?: Date | null
    readonly returnReason?: string | null
  },
): Promise<void> {
  const { state, submittedOn, dueOn, decidedBy, decidedAt, returnReason } = step
  await writer
    .updateTable('registers.operating_document')
    .set((eb) => ({
      version: eb('version', '+', 1),
      state,
      ...(submittedOn === undefined ? {} : { submitted_on: submittedOn }),
      ...(dueOn === undefined ? {} : { due_on: dueOn }),
      ...(decidedBy === undefined ? {} : { decided_by: decidedBy }),
      ...(decidedAt === undefined ? {} : { decided_at: decidedAt }),
      ...(returnReason === undefined ? {} : { return_reason: returnReason }),
    }))
    .where('id', '=', id)
    .execute()
}

const IS_LATEST = sql<boolean>`not exists (select from registers.operating_document l
  where l.authority_id = o.authority_id and l.kind = o.kind and l.title = o.title and l.number > o.number)`

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.operating_document as o')
    .innerJoin('agencies.authority as a', 'a.id', 'o.authority_id')
    .leftJoin('agencies.person as p', 'p.id', 'o.uploaded_by')
    .leftJoin('agencies.person as q', 'q.id', 'o.decided_by')
    .select([
      'o.id',
      'o.version',
      'o.kind',
      'o.title',
      'o.number',
      'o.format',
      'o.state',
      'a.name as authorityName',
    ])
    .select([
      'o.authority_id as authorityId',
      'o.division_code as divisionCode',
      'o.effective_from as effectiveFrom',
      'o.file_name as fileName',
      'o.file_hash as fileHash',
      'o.file_bytes as fileBytes',
      'o.uploaded_by as uploadedById',
      'p.name as uploadedByName',
      'o.uploaded_at as uploadedAt',
      'o.submitted_on as submittedOn',
      'o.due_on as dueOn',
      'o.decided_by as decidedById',
      'q.name as decidedByName',
      'o.decided_at as decidedAt',
      'o.return_reason as returnReason',
    ])
    .select(IS_LATEST.as('isLatest'))
    .where(within(reach, { authority: 'o.authority_id', division: 'o.division_code' }))
}
