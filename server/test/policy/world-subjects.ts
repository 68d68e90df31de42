// What stands in the register of subjects at a place of the world.

import type { Writer } from '../../src/platform/database/database.ts'
import type { Secrets } from '../../src/platform/secrets.ts'

/** What of the register a request can be about. */
export interface SubjectTarget {
  /** In the register, with a telephone number. */
  readonly subjectId: string
  readonly subjectCode: string
  /** Taken out. */
  readonly leftSubjectId: string
  /** Rejected. */
  readonly subjectChangeId: string
  /** Closed. */
  readonly premisesId: string
  /** Revoked. */
  readonly licenceId: string
}

interface Spot {
  readonly newId: () => string
  readonly secrets: Secrets
  readonly authorityId: string
  readonly division: string
  readonly personId: string
  readonly now: Date
}

/** The same of which nothing is there; only the code is of the right form. */
export function missingSubjects(newId: () => string): SubjectTarget {
  return {
    subjectId: newId(),
    subjectCode: '1000000000000',
    leftSubjectId: newId(),
    subjectChangeId: newId(),
    premisesId: newId(),
    licenceId: newId(),
  }
}

/** A subject with closed premises, a revoked licence and a rejected change, and one that left. */
export async function insertSubjects(writer: Writer, spot: Spot): Promise<SubjectTarget> {
  const { newId, division, authorityId, personId, now } = spot
  const target = { ...missingSubjects(newId), subjectCode: numberOf(newId()) }
  await insertSubject(writer, spot, { id: target.subjectId, code: target.subjectCode, left: null })
  await insertSubject(writer, spot, { id: target.leftSubjectId, code: numberOf(newId()), left: '2020-01-02' })
  const of = { division_code: division, subject_id: target.subjectId }
  await writer
    .insertInto('registers.premises')
    .values({ ...of, id: target.premisesId, address: '示例路1号', closed_on: '2020-01-02' })
    .execute()
  await writer
    .insertInto('registers.licence')
    .values({
      ...of,
      id: target.licenceId,
      kind: '示例许可',
      number: '1',
      authority_id: authorityId,
      revoked_on: '2020-01-02',
    })
    .execute()
  await writer
    .insertInto('registers.subject_change')
    .values({
      ...of,
      id: target.subjectChangeId,
      kind: 'left',
      state: 'rejected',
      reason: '测试所需',
      source: 'hand',
      proposed_by: personId,
      proposed_at: now,
      decided_at: now,
    })
    .execute()
  return target
}

/** A registration number of thirteen digits: it has no check digit. */
function numberOf(id: string): string {
  return String(Number.parseInt(id.slice(-11), 16) % 10 ** 13).padStart(13, '1')
}

async function insertSubject(
  writer: Writer,
  { division, authorityId, secrets }: Spot,
  { id, code, left }: { readonly id: string; readonly code: string; readonly left: string | null },
): Promise<void> {
  await writer
    .insertInto('registers.subject_identity')
    .values({ code, subject_id: id, division_code: division })
    .execute()
  await writer
    .insertInto('registers.subject')
    .values({
      id,
      division_code: division,
      code,
      code_kind: 'registrationNumber',
      name: '示例商店',
      kind: 'LEGAL_PERSON',
      entity_type: 'enterprise',
      telephone_cipher: secrets.encrypt('19900000001', 'subject.telephone'),
      division_basis: 'stated',
      authority_ids: [authorityId],
      entered_on: '2020-01-01',
      left_on: left,
    })
    .execute()
}
