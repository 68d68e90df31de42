// One thing of every kind of the catalogue in an authority: discarded, received, decided, so that no act changes it.

import { join } from 'node:path'
import type { Writer } from '../../src/platform/database/database.ts'
import { Files } from '../../src/platform/files/files.ts'
import type { TestApp } from '../support/app.ts'

/** What of the catalogue a request can be about. */
export interface CatalogueTarget {
  readonly citationId: string
  /** Discarded. */
  readonly itemId: string
  readonly checklistId: string
  /** Discarded. */
  readonly jointItemId: string
  /** Received. */
  readonly documentId: string
  /** Received. */
  readonly statementId: string
}

/** Ids of things that are there, or of things that are not. */
export function catalogueIds(newId: () => string): CatalogueTarget {
  return {
    citationId: newId(),
    itemId: newId(),
    checklistId: newId(),
    jointItemId: newId(),
    documentId: newId(),
    statementId: newId(),
  }
}

/** Makes them. `by` and `decider` are people. */
export async function insertCatalogue(
  writer: Writer,
  app: TestApp,
  place: {
    readonly ids: CatalogueTarget
    readonly authorityId: string
    readonly division: string
    readonly by: string
    readonly decider: string
  },
): Promise<void> {
  const { ids, authorityId, division, by, decider } = place
  const common = { authority_id: authorityId, division_code: division }
  const now = app.clock.now()
  await writer
    .insertInto('registers.citation')
    .values({ id: ids.citationId, ...common, title: `示例办法${ids.citationId}`, level: 'law' })
    .execute()
  await writer
    .insertInto('registers.inspection_item')
    .values({
      id: ids.itemId,
      ...common,
      code: 'SX-0',
      name: '示例检查',
      object: '示例单位',
      field: 'market',
      is_random: true,
      tier: 'GENERAL',
      state: 'discarded',
    })
    .execute()
  await writer
    .insertInto('registers.checklist')
    .values({
      id: ids.checklistId,
      item_id: ids.itemId,
      number: 1,
      effective_from: '2024-01-01',
      checkpoints: JSON.stringify([{ no: '1', text: '示例' }]),
      made_at: now,
    })
    .execute()
  await insertJoint(writer, { id: ids.jointItemId, authorityId, division })
  const file = await new Files(join(app.folder, 'files'), app.secrets).put(bytesOf('示例细则'), 1000)
  await writer
    .insertInto('registers.operating_document')
    .values({
      id: ids.documentId,
      ...common,
      kind: 'operatingRules',
      title: '示例细则',
      number: 1,
      effective_from: '2024-01-01',
      file_hash: file.hash,
      file_name: '示例细则.txt',
      file_bytes: file.bytes,
      format: 'txt',
      uploaded_at: now,
      state: 'received',
      submitted_on: '2024-01-02',
    })
    .execute()
  await writer
    .insertInto('registers.unsuitable_statement')
    .values({
      id: ids.statementId,
      ...common,
      explanation: '示例说明',
      items: '[]',
      submitted_by: by,
      submitted_on: '2024-01-02',
      submitted_at: now,
      state: 'received',
      decided_by: decider,
      decided_at: now,
    })
    .execute()
}

async function insertJoint(
  writer: Writer,
  joint: { readonly id: string; readonly authorityId: string; readonly division: string },
): Promise<void> {
  await writer
    .insertInto('registers.joint_item')
    .values({
      id: joint.id,
      division_code: joint.division,
      lead_authority_id: joint.authorityId,
      authority_ids: [joint.authorityId],
      name: `示例联合抽查${joint.id}`,
      field: 'market',
      mode: 'COMPREHENSIVE',
      object: '示例单位',
      methods: ['ON_SITE'],
      implementing_levels: ['county'],
      ratio: 500,
      start_month: 1,
      end_month: 12,
      focus: '示例',
      state: 'discarded',
    })
    .execute()
  await writer
    .insertInto('registers.joint_item_part')
    .values({ joint_item_id: joint.id, set_number: 1, ordinal: 1, authority_id: joint.authorityId })
    .execute()
}

async function* bytesOf(text: string): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text))
}
