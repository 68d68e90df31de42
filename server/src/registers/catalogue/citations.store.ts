// 依据库: every statement about citations.

import { sql } from 'kysely'
import { containing } from '../../platform/database/like.ts'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

/** Which citations are asked for; `after` is the title and id of the last of the page before. */
export interface CitationFilter {
  readonly q?: string | undefined
  readonly level?: string | undefined
  readonly doubtful?: boolean | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

/** What is written of a citation; what is left out stays as it is. */
export interface CitationColumns {
  readonly title?: string | undefined
  readonly documentNumber?: string | null | undefined
  readonly issuer?: string | null | undefined
  readonly level?: string | undefined
  readonly inForceFrom?: string | null | undefined
  readonly inForceUntil?: string | null | undefined
  readonly repealedById?: string | null | undefined
  readonly doubtful?: boolean | undefined
  readonly doubtNote?: string | null | undefined
}

/** By title, one more than the limit. */
export function listCitations(reader: Reader, reach: Reach, filter: CitationFilter) {
  const { q, level, doubtful, after, limit } = filter
  return shown(reader, reach)
    .$if(q !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb('c.title', 'like', containing(q!)), eb('c.document_number', 'like', containing(q!))]),
      ),
    )
    .$if(level !== undefined, (query) => query.where('c.level', '=', level!))
    .$if(doubtful !== undefined, (query) => query.where('c.doubtful', '=', doubtful!))
    .$if(after !== undefined, (query) =>
      query.where((eb) => eb(eb.refTuple('c.title', 'c.id'), '>', eb.tuple(after![0]!, after![1]!))),
    )
    .orderBy('c.title')
    .orderBy('c.id')
    .limit(limit + 1)
    .execute()
}

export type CitationRow = Awaited<ReturnType<typeof listCitations>>[number]

/** A citation. */
export function findCitation(reader: Reader, reach: Reach, id: string): Promise<CitationRow | undefined> {
  return shown(reader, reach).where('c.id', '=', id).executeTakeFirst()
}

/** A citation that nobody else changes until the transaction ends. */
export function lockCitation(writer: Writer, reach: Reach, id: string): Promise<CitationRow | undefined> {
  return shown(writer, reach).where('c.id', '=', id).forUpdate('c').executeTakeFirst()
}

/** Those of the ids that there are: citations are read by all. */
export async function citationsThere(reader: Reader, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await reader
    .selectFrom('registers.citation')
    .select('id')
    .where('id', 'in', [...ids])
    .execute()
  return new Set(rows.map(({ id }) => id))
}

/** A citation by title (and number, where one is given) that a place can use: its own first, then those above it. */
export async function findByTitle(
  reader: Reader,
  place: { readonly divisionCode: string; readonly title: string; readonly documentNumber: string | null },
): Promise<string | undefined> {
  const { divisionCode, title, documentNumber } = place
  const row = await reader
    .selectFrom('registers.citation as c')
    .select('c.id')
    .where('c.title', 'in', spellings(title.normalize('NFC')))
    .$if(documentNumber !== null, (query) =>
      query.where((eb) =>
        eb.or([eb('c.document_number', '=', documentNumber!), eb('c.document_number', 'is', null)]),
      ),
    )
    .where('c.division_code', 'in', [
      divisionCode,
      `${divisionCode.slice(0, 4)}00`,
      `${divisionCode.slice(0, 2)}0000`,
    ])
    .orderBy(sql`c.document_number is not distinct from ${documentNumber}`, 'desc')
    .orderBy('c.division_code', 'desc')
    .orderBy('c.id')
    .limit(1)
    .executeTakeFirst()
  return row?.id
}

/** `食品安全法` and `中华人民共和国食品安全法` are one. */
function spellings(title: string): readonly string[] {
  const bare = title.replace(/^中华人民共和国/, '')
  return [bare, `中华人民共和国${bare}`]
}

export async function insertCitation(
  writer: Writer,
  citation: CitationColumns & {
    readonly id: string
    readonly authorityId: string
    readonly divisionCode: string
    readonly title: string
    readonly level: string
  },
): Promise<void> {
  const { id, authorityId, divisionCode, title, level } = citation
  await writer
    .insertInto('registers.citation')
    .values({
      id,
      authority_id: authorityId,
      division_code: divisionCode,
      title,
      level,
      ...columnsOf(citation),
    })
    .execute()
}

export async function updateCitation(writer: Writer, id: string, citation: CitationColumns): Promise<void> {
  await writer
    .updateTable('registers.citation')
    .set((eb) => ({ version: eb('version', '+', 1), ...columnsOf(citation) }))
    .where('id', '=', id)
    .execute()
}

function columnsOf(citation: CitationColumns) {
  const { title, documentNumber, issuer, level, doubtful, doubtNote } = citation
  const { inForceFrom, inForceUntil, repealedById } = citation
  return {
    ...(title === undefined ? {} : { title: title.normalize('NFC') }),
    ...(documentNumber === undefined ? {} : { document_number: documentNumber?.normalize('NFC') ?? null }),
    ...(issuer === undefined ? {} : { issuer: issuer?.normalize('NFC') ?? null }),
    ...(level === undefined ? {} : { level }),
    ...(inForceFrom === undefined ? {} : { in_force_from: inForceFrom }),
    ...(inForceUntil === undefined ? {} : { in_force_until: inForceUntil }),
    ...(repealedById === undefined ? {} : { repealed_by: repealedById }),
    ...(doubtful === undefined ? {} : { doubtful }),
    ...(doubtNote === undefined ? {} : { doubt_note: doubtNote?.normalize('NFC') ?? null }),
  }
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.citation as c')
    .innerJoin('agencies.authority as a', 'a.id', 'c.authority_id')
    .leftJoin('registers.citation as r', 'r.id', 'c.repealed_by')
    .select(['c.id', 'c.version', 'c.title', 'c.issuer', 'c.level', 'c.doubtful'])
    .select([
      'c.authority_id as authorityId',
      'a.name as authorityName',
      'c.division_code as divisionCode',
      'c.document_number as documentNumber',
      'c.in_force_from as inForceFrom',
      'c.in_force_until as inForceUntil',
      'c.repealed_by as repealedById',
      'r.title as repealedByTitle',
      'c.doubt_note as doubtNote',
    ])
    .select(
      sql<number>`(select count(*)::int from registers.item_basis b
        join registers.inspection_item i on i.id = b.item_id and i.basis_set = b.set_number and i.state = 'effective'
        where b.citation_id = c.id)`.as('itemCount'),
    )
    .where(within(reach, { authority: 'c.authority_id', division: 'c.division_code' }))
}
