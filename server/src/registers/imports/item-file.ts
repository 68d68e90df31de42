// A file of inspection items.

import { dayOf } from '../../platform/clock.ts'
import { doubtsOf } from '../catalogue/citations.rules.ts'
import { readItemRow } from '../catalogue/item-row.rules.ts'
import { discardImported, upsertItems } from '../catalogue/items.import.ts'
import { type DraftImage, draftImages, restoreDraft } from './item-drafts.store.ts'
import type { ImportRecord } from './imports.store.ts'
import type { ImportTools } from './parts.ts'
import type { SmallFile } from './small-registers.ts'
import { demandUntouched } from './stage.store.ts'

/** Rows become drafts, which a second person then makes effective one by one or together. */
export const itemFile: SmallFile = {
  read(cells, tools) {
    const { item, defects } = readItemRow(cells, doubts(tools))
    return {
      name: item?.name ?? cells['抽查事项名称'] ?? '',
      code: item?.code ?? null,
      isTaken: item !== undefined,
      reasons: defects.map(({ code, column }) => ({ code: `item_${code}`, column })),
    }
  },
  async write(writer, tools, row, cells) {
    const before = await draftImages(writer, row.authorityId)
    const items = cells.flatMap((each) => readItemRow(each, doubts(tools)).item ?? [])
    const outcomes = await upsertItems(writer, ownerOf(row), items, tools.recording.newId)
    return outcomes.map(({ result, id, why }) => ({
      result,
      ...(why ? { reason: why } : {}),
      ...(result === 'new' && id !== undefined ? { undo: { id } } : {}),
      ...(result === 'changed' && id !== undefined ? { undo: { id, before: before.get(id) } } : {}),
    }))
  },
  async revert(writer, _tools, row, undo) {
    const written = undo as readonly { readonly id: string; readonly before?: DraftImage }[]
    const touched = written.map(({ id, before }) => ({ id, version: before ? before.version + 1 : 1 }))
    await demandUntouched(writer, 'inspection_item', touched)
    for (const { before } of written) if (before) await restoreDraft(writer, before)
    const made = written.flatMap(({ id, before }) => (before ? [] : [id]))
    await discardImported(writer, made, { by: row.uploadedById, reason: row.undoReason ?? '' })
    return written.length
  },
}

function ownerOf({ authorityId, divisionCode, uploadedById: by }: ImportRecord) {
  return { authorityId, divisionCode, by }
}

function doubts({ book, clock }: ImportTools) {
  return doubtsOf(book.files, dayOf(clock.now()))
}
