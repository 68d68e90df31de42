// A file of inspectors.

import {
  revertInspectors,
  type InspectorOutcome,
  readInspectorRow,
  upsertInspectors,
} from '../inspectors/inspectors.import.ts'
import { demandUntouched } from './stage.store.ts'
import type { SmallFile } from './small-registers.ts'

/** Rows enter the register of one authority; who is in nobody's directory is not entered by a file. */
export const inspectorFile: SmallFile = {
  read(cells) {
    const { inspector, defects } = readInspectorRow(cells)
    return {
      name: inspector.name,
      code: inspector.warrantNumber,
      isTaken: defects.length === 0,
      reasons: defects,
    }
  },
  async write(writer, tools, row, cells) {
    const outcomes = await upsertInspectors(
      writer,
      {
        authorityId: row.authorityId,
        divisionCode: row.divisionCode,
        secrets: tools.secrets,
        law: await tools.book.read(writer),
        now: tools.clock.now(),
        newId: tools.recording.newId,
        mayCreatePeople: false,
        importId: row.id,
      },
      cells.map((each) => readInspectorRow(each).inspector),
    )
    return outcomes.map((outcome) => ({
      result: outcome.result,
      ...(outcome.result === 'conflict' ? { reason: outcome.reason } : {}),
      ...(outcome.result === 'new' || outcome.result === 'changed' ? { undo: outcome } : {}),
    }))
  },
  async revert(writer, tools, row, undo) {
    const outcomes = undo as readonly InspectorOutcome[]
    const written = outcomes.flatMap((outcome) =>
      outcome.result === 'new'
        ? [{ id: outcome.inspectorId, version: 1 }]
        : outcome.result === 'changed'
          ? [{ id: outcome.inspectorId, version: outcome.version }]
          : [],
    )
    await demandUntouched(writer, 'inspector', written)
    await revertInspectors(writer, outcomes, { now: tools.clock.now(), reason: row.undoReason ?? '' })
    return written.length
  },
}
