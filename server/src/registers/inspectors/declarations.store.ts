// 申报: every statement about declarations of kinship and interest.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'
import type { Declaration } from './declarations.schema.ts'

/** The declarations of a person, the latest first. */
export function listDeclarations(reader: Reader, reach: Reach, personId: string) {
  return shown(reader, reach)
    .where('d.person_id', '=', personId)
    .orderBy('d.declared_at', 'desc')
    .orderBy('d.id', 'desc')
    .execute()
}

export type DeclarationRow = Awaited<ReturnType<typeof listDeclarations>>[number]

/** A declaration that nobody else changes until the transaction ends. */
export function lockDeclaration(
  writer: Writer,
  reach: Reach,
  id: string,
): Promise<DeclarationRow | undefined> {
  return shown(writer, reach).where('d.id', '=', id).forUpdate('d').executeTakeFirst()
}

/** What inspectors have declared and not withdrawn, for whoever matches them with subjects. */
export function listConflicts(reader: Reader, inspectorIds: readonly string[]) {
  return reader
    .selectFrom('registers.declaration as d')
    .innerJoin('registers.inspector as i', 'i.person_id', 'd.person_id')
    .select(['d.id', 'i.id as inspectorId', 'd.kind', 'd.content_cipher as contentCipher'])
    .select(['d.from_on as from', 'd.until_on as until', 'd.withdrawn_at as withdrawnAt'])
    .where(sql<boolean>`i.id = any(${[...inspectorIds]}::uuid[])`)
    .where('d.withdrawn_at', 'is', null)
    .orderBy('i.id')
    .orderBy('d.id')
    .execute()
}

export async function insertDeclaration(
  writer: Writer,
  made: {
    readonly id: string
    readonly personId: string
    readonly kind: Declaration['kind']
    readonly contentCipher: string
    readonly subjectFingerprint: Buffer | null
    readonly from: string | undefined
    readonly until: string | undefined
    readonly by: string
    readonly at: Date
  },
): Promise<void> {
  await writer
    .insertInto('registers.declaration')
    .values({
      id: made.id,
      person_id: made.personId,
      kind: made.kind,
      content_cipher: made.contentCipher,
      subject_fingerprint: made.subjectFingerprint,
      from_on: made.from ?? null,
      until_on: made.until ?? null,
      declared_by: made.by,
      declared_at: made.at,
    })
    .execute()
}

export async function withdrawDeclaration(
  writer: Writer,
  id: string,
  { by, at, reason }: { readonly by: string; readonly at: Date; readonly reason: string },
): Promise<void> {
  await writer
    .updateTable('registers.declaration')
    .set((eb) => ({
      version: eb('version', '+', 1),
      withdrawn_by: by,
      withdrawn_at: at,
      withdrawal_reason: reason.normalize('NFC'),
    }))
    .where('id', '=', id)
    .execute()
}

function shown(reader: Reader, reach: Reach) {
  return reader
    .selectFrom('registers.declaration as d')
    .innerJoin('agencies.person as p', 'p.id', 'd.person_id')
    .innerJoin('agencies.authority as a', 'a.id', 'p.authority_id')
    .innerJoin('agencies.person as b', 'b.id', 'd.declared_by')
    .leftJoin('agencies.person as w', 'w.id', 'd.withdrawn_by')
    .select(['d.id', 'd.version', 'd.kind', 'd.content_cipher as contentCipher', 'd.person_id as personId'])
    .select(['d.from_on as from', 'd.until_on as until', 'd.declared_at as declaredAt'])
    .select(['d.withdrawn_at as withdrawnAt', 'd.withdrawal_reason as withdrawalReason'])
    .select(['b.name as declaredByName', 'w.name as withdrawnByName'])
    .select(['p.authority_id as authorityId', 'a.division_code as divisionCode'])
    .where(within(reach, { authority: 'p.authority_id', division: 'a.division_code', person: 'd.person_id' }))
}
