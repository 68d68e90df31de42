// 许可: every statement about licences.

import { sql } from 'kysely'
import type { Reader, Writer } from '../../platform/database/database.ts'
import { type Reach, within } from '../../platform/reach.ts'

const COLUMNS = [
  'l.id',
  'l.version',
  'l.kind',
  'l.number',
  'l.scope',
  'l.authority_id as authorityId',
  'a.name as authorityName',
  'l.valid_from as validFrom',
  'l.valid_until as validUntil',
  'l.revoked_on as revokedOn',
] as const

/** The licences of a subject; those in force first. */
export function licencesOf(
  reader: Reader,
  { id, division_code }: { readonly id: string; readonly division_code: string },
) {
  return reader
    .selectFrom('registers.licence as l')
    .innerJoin('agencies.authority as a', 'a.id', 'l.authority_id')
    .select(COLUMNS)
    .where('l.subject_id', '=', id)
    .where('l.division_code', '=', division_code)
    .orderBy(sql`l.revoked_on is not null`)
    .orderBy('l.kind')
    .orderBy('l.id')
    .execute()
}

export type LicenceRow = Awaited<ReturnType<typeof licencesOf>>[number]

/** A licence where its subject stands now, locked. */
export function lockLicence(writer: Writer, reach: Reach, id: string) {
  return writer
    .selectFrom('registers.licence as l')
    .innerJoin('agencies.authority as a', 'a.id', 'l.authority_id')
    .innerJoin('registers.subject as s', (join) =>
      join.onRef('s.id', '=', 'l.subject_id').onRef('s.division_code', '=', 'l.division_code'),
    )
    .innerJoin('registers.subject_identity as i', (join) =>
      join.onRef('i.code', '=', 's.code').onRef('i.division_code', '=', 's.division_code'),
    )
    .select(COLUMNS)
    .select(['l.subject_id as subjectId', 'l.division_code as divisionCode'])
    .where('l.id', '=', id)
    .where(within(reach, { division: 's.division_code', authorities: 's.authority_ids' }))
    .forUpdate('l')
    .executeTakeFirst()
}

export type LicenceRecord = NonNullable<Awaited<ReturnType<typeof lockLicence>>>

/** What of a licence can change; what is left out stays as it is. */
export interface LicenceColumns {
  readonly scope?: string | null | undefined
  readonly validFrom?: string | null | undefined
  readonly validUntil?: string | null | undefined
  readonly revokedOn?: string | undefined
}

export async function insertLicence(
  writer: Writer,
  made: LicenceColumns & {
    readonly id: string
    readonly subjectId: string
    readonly divisionCode: string
    readonly kind: string
    readonly number: string
    readonly authorityId: string
  },
): Promise<void> {
  await writer
    .insertInto('registers.licence')
    .values({
      id: made.id,
      subject_id: made.subjectId,
      division_code: made.divisionCode,
      kind: made.kind.normalize('NFC'),
      number: made.number.normalize('NFC'),
      authority_id: made.authorityId,
      ...columnsOf(made),
    })
    .execute()
}

export async function updateLicence(
  writer: Writer,
  { id, divisionCode }: Pick<LicenceRecord, 'id' | 'divisionCode'>,
  edit: LicenceColumns,
): Promise<void> {
  await writer
    .updateTable('registers.licence')
    .set((eb) => ({ version: eb('version', '+', 1), ...columnsOf(edit) }))
    .where('id', '=', id)
    .where('division_code', '=', divisionCode)
    .execute()
}

/** Whether a licence of the same kind and authority was ended, by an entry since an instant; its day may say otherwise. */
export async function endedSince(
  reader: Reader,
  licence: Pick<LicenceRecord, 'subjectId' | 'divisionCode' | 'authorityId' | 'kind'>,
  since: Date,
): Promise<boolean> {
  const { rows } = await sql<{ readonly ended: boolean }>`
    select exists (
      select from registers.licence l
        join registers.subject_change c on c.subject_id = l.subject_id and c.division_code = l.division_code
       where l.subject_id = ${licence.subjectId} and l.division_code = ${licence.divisionCode}
         and l.authority_id = ${licence.authorityId} and l.kind = ${licence.kind.normalize('NFC')}
         and l.revoked_on is not null and c.state = 'effective' and c.decided_at >= ${since}
         and c.fields -> 'licence' = jsonb_build_array(l.kind || ' ' || l.number, null)) as ended`.execute(
    reader,
  )
  return rows[0]?.ended ?? false
}

/** Whether a licence of an authority is in force. */
export async function isLicensedBy(
  reader: Reader,
  subject: { readonly id: string; readonly division_code: string },
  authorityId: string,
): Promise<boolean> {
  const licences = await licencesOf(reader, subject)
  return licences.some((one) => one.authorityId === authorityId && one.revokedOn === null)
}

/** Whether an authority has another licence of the same subject in force. */
export async function hasOtherLicence(
  reader: Reader,
  { id, subjectId, divisionCode, authorityId }: LicenceRecord,
): Promise<boolean> {
  const other = await reader
    .selectFrom('registers.licence')
    .select('id')
    .where('subject_id', '=', subjectId)
    .where('division_code', '=', divisionCode)
    .where('authority_id', '=', authorityId)
    .where('revoked_on', 'is', null)
    .where('id', '<>', id)
    .executeTakeFirst()
  return other !== undefined
}

function columnsOf({ scope, validFrom, validUntil, revokedOn }: LicenceColumns) {
  return {
    ...(scope === undefined ? {} : { scope: scope?.normalize('NFC') ?? null }),
    ...(validFrom === undefined ? {} : { valid_from: validFrom }),
    ...(validUntil === undefined ? {} : { valid_until: validUntil }),
    ...(revokedOn === undefined ? {} : { revoked_on: revokedOn }),
  }
}
