// What stands in the register of inspectors at a place of the world.

import type { Writer } from '../../src/platform/database/database.ts'
import type { Secrets } from '../../src/platform/secrets.ts'
import type { Spot } from './spot.ts'

/** Where and of whom. */
interface SecretSpot extends Spot {
  readonly secrets: Secrets
}

/** A row in the register with a leave long over and a declaration that was withdrawn. */
export async function insertInspector(
  writer: Writer,
  spot: SecretSpot,
  state: 'active' | 'suspended' = 'active',
) {
  const { newId, personId, division } = spot
  const ids = { inspectorId: newId(), leaveId: newId(), declarationId: newId() }
  await writer
    .insertInto('registers.inspector')
    .values({
      id: ids.inspectorId,
      person_id: personId,
      authority_id: spot.authorityId,
      division_code: division,
      initials: 'sl',
      sex: 'male',
      mobile_cipher: spot.secrets.encrypt('19900000001', 'inspector.mobile'),
      level: 'county',
      category: 'ENFORCEMENT_QUALIFIED',
      state,
      entered_on: '2020-01-01',
    })
    .execute()
  await writer
    .insertInto('registers.inspector_leave')
    .values({
      id: ids.leaveId,
      inspector_id: ids.inspectorId,
      from_on: '2020-01-01',
      until_on: '2020-01-02',
      reason: '测试所需',
      recorded_by: personId,
    })
    .execute()
  const content = { subjectCode: null, subjectName: '示例商店', note: null }
  await writer
    .insertInto('registers.declaration')
    .values({
      id: ids.declarationId,
      person_id: personId,
      kind: 'other',
      content_cipher: spot.secrets.encrypt(JSON.stringify(content), 'declaration.content'),
      declared_by: personId,
      declared_at: spot.now,
      withdrawn_by: personId,
      withdrawn_at: spot.now,
    })
    .execute()
  return ids
}

/** An expert of an authority, called 示例专家. */
export async function insertExpert(writer: Writer, spot: SecretSpot): Promise<string> {
  const id = spot.newId()
  await writer
    .insertInto('registers.technical_expert')
    .values({
      id,
      authority_id: spot.authorityId,
      division_code: spot.division,
      kind: 'expert',
      name: '示例专家',
      initials: 'slzj',
      contact_cipher: spot.secrets.encrypt('19900000002', 'technicalExpert.contact'),
    })
    .execute()
  return id
}
