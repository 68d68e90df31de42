// An import of a register at a place of the world, given up long ago.

import type { Writer } from '../../src/platform/database/database.ts'
import { insertImport } from '../../src/registers/imports/imports.store.ts'
import type { Spot } from './spot.ts'

/** Gives its id. */
export async function insertDiscardedImport(writer: Writer, spot: Spot): Promise<string> {
  const id = spot.newId()
  await insertImport(writer, {
    id,
    register: 'subject',
    mode: 'merge',
    authorityId: spot.authorityId,
    divisionCode: spot.division,
    fileName: '示例名单.csv',
    fileHash: '0'.repeat(64),
    fileBytes: 1,
    sheet: { kind: 'csv', headerRow: 1, header: ['名称'], sample: [], bytes: 1 },
    by: spot.personId,
    at: spot.now,
    state: 'discarded',
  })
  return id
}
