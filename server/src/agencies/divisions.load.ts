// The divisions of law/ come into the database when the server starts: only what differs, in one recorded act.

import { SYSTEM } from '../platform/actor.ts'
import { record, type Recording } from '../platform/record.ts'
import { allDivisions, type DivisionRow, insertDivisions, updateDivisions } from './divisions.store.ts'

/** How many divisions were new and how many changed. */
export interface DivisionsLoaded {
  readonly added: number
  readonly changed: number
}

/**
 * Brings agencies.division up to `rows`. A code that is no longer among them stays: registers may refer to it. Nothing is
 * recorded where nothing differs.
 */
export async function loadDivisions(
  recording: Recording,
  rows: Iterable<DivisionRow>,
): Promise<DivisionsLoaded> {
  const wanted = [...rows]
  const before = await recording.database.read((reader) => differences(allDivisions(reader), wanted))
  if (before.added.length + before.changed.length === 0) return { added: 0, changed: 0 }
  return record(recording, SYSTEM, { action: 'division.load' }, async (writer) => {
    const { added, changed } = await differences(allDivisions(writer), wanted)
    await insertDivisions(writer, added)
    await updateDivisions(writer, changed)
    return { added: added.length, changed: changed.length }
  })
}

async function differences(
  held: Promise<ReadonlyMap<string, DivisionRow>>,
  wanted: readonly DivisionRow[],
): Promise<{ readonly added: readonly DivisionRow[]; readonly changed: readonly DivisionRow[] }> {
  const known = await held
  return {
    added: wanted.filter(({ code }) => !known.has(code)),
    changed: wanted.filter((row) => {
      const now = known.get(row.code)
      return now !== undefined && !isSame(now, row)
    }),
  }
}

function isSame(one: DivisionRow, other: DivisionRow): boolean {
  return one.name === other.name && one.parent === other.parent && one.status === other.status
}
