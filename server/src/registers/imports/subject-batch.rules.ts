// Judged rows, column by column, as one statement takes them.

import type { NewId } from '../../platform/ids.ts'
import type { SubjectBatch } from './reading.rules.ts'
import type { SubjectRow } from './subject-row.rules.ts'

/** A batch of rows. Each gets the id that it will have if it is new; who has no code gets one made of that id. */
export function batchOf(rows: readonly SubjectRow[], newId: NewId): SubjectBatch {
  const ids = rows.map(() => newId())
  return {
    ids,
    rows: rows.map(({ row }) => row),
    codes: rows.map((row, at) => row.code ?? issuedCode(row, ids[at] ?? '')),
    names: rows.map(({ name }) => name),
    divisions: rows.map(({ divisionCode }) => divisionCode),
    results: rows.map(({ rejected }) => (rejected ? 'rejected' : 'new')),
    reasons: rows.map(({ reasons }) => JSON.stringify(reasons)),
    fields: rows.map(({ fields }) => JSON.stringify(fields)),
    personal: rows.flatMap(({ personal }, at) => (personal ? [{ at, ...personal }] : [])),
  }
}

/** The code of whoever has none: `SL990101-` and the last twelve digits of the id. */
function issuedCode({ rejected, divisionCode }: SubjectRow, id: string): string | null {
  return rejected ? null : `SL${divisionCode}-${id.slice(-12)}`
}
