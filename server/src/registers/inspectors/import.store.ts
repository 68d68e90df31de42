// What an import of inspectors compares with.

import { sql } from 'kysely'
import type { Reader } from '../../platform/database/database.ts'

/** The people of an authority who have not left, each with his present row in the register. */
export function readPeople(reader: Reader, authorityId: string) {
  return reader
    .selectFrom('agencies.person as p')
    .leftJoin('registers.inspector as i', (join) =>
      join.onRef('i.person_id', '=', 'p.id').on('i.state', '<>', 'left'),
    )
    .select(['p.id as personId', 'p.name', 'p.staff_number as staffNumber', 'i.id', 'i.version', 'i.sex'])
    .select(['i.id_card_cipher as idCardCipher', 'i.id_card_fingerprint as idCardFingerprint'])
    .select(['i.mobile_cipher as mobileCipher', 'p.mobile_cipher as personMobileCipher'])
    .select(['i.warrant_number as warrantNumber', 'i.warrant_authority as warrantAuthority'])
    .select(['i.warrant_from as warrantFrom', 'i.warrant_until as warrantUntil', 'i.level', 'i.category'])
    .select(['i.enforcement_categories as enforcementCategories', 'i.qualifications', 'i.specialisms'])
    .where('p.authority_id', '=', authorityId)
    .where('p.left_on', 'is', null)
    .orderBy('p.id')
    .execute()
}

export type PersonRow = Awaited<ReturnType<typeof readPeople>>[number]

/** ID cards and warrants among these that stand in the register of another authority. */
export function readElsewhere(
  reader: Reader,
  {
    authorityId,
    fingerprints,
    warrants,
  }: {
    readonly authorityId: string
    readonly fingerprints: readonly Buffer[]
    readonly warrants: readonly string[]
  },
) {
  const hex = fingerprints.map((one) => one.toString('hex'))
  return reader
    .selectFrom('registers.inspector as i')
    .select(['i.id_card_fingerprint as idCardFingerprint', 'i.warrant_number as warrantNumber'])
    .where('i.state', '<>', 'left')
    .where('i.authority_id', '<>', authorityId)
    .where(
      sql<boolean>`(i.id_card_fingerprint in (select decode(one, 'hex') from unnest(${hex}::text[]) one)
        or i.warrant_number = any(${[...warrants]}::text[]))`,
    )
    .execute()
}

/** The open units of an authority, sections with the unit above. */
export function readUnits(reader: Reader, authorityId: string) {
  return reader
    .selectFrom('agencies.unit as u')
    .leftJoin('agencies.unit as o', 'o.id', 'u.parent_id')
    .select(['u.id', 'u.name', 'o.name as above'])
    .where('u.authority_id', '=', authorityId)
    .where('u.closed_on', 'is', null)
    .execute()
}
