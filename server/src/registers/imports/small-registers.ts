// Inspectors and items: some hundreds of rows, compared by doing it all and taking it back.

import { SYSTEM } from '../../platform/actor.ts'
import type { Writer } from '../../platform/database/database.ts'
import { reachOf, type Reach } from '../../platform/reach.ts'
import { Refused } from '../../platform/refusal.ts'
import { type Register, titleOf } from './fields.rules.ts'
import type { ImportRecord } from './imports.store.ts'
import { inspectorFile } from './inspector-file.ts'
import { itemFile } from './item-file.ts'
import type { ImportTools } from './parts.ts'
import { keepUndo, stagedCells, stageRows, takeUndo, tryOut } from './stage.store.ts'
import type { RowReason } from './subject-row.rules.ts'

/** A row of a small register's file, its cells by field. */
export interface CellRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
  readonly reasons: readonly RowReason[]
}

/** A row as its register reads it: taken, or with what speaks against it. */
export interface ReadRow {
  readonly name: string
  readonly code: string | null
  readonly isTaken: boolean
  readonly reasons: readonly RowReason[]
}

/** What became of a row that was taken. `undo`: whatever taking it back needs. */
export interface RowOutcome {
  readonly result: 'new' | 'changed' | 'same' | 'conflict'
  readonly reason?: RowReason
  readonly undo?: object
}

/** How a small register takes rows; `cells` are by the titles of its template. */
export interface SmallFile {
  read(cells: Readonly<Record<string, string>>, tools: ImportTools): ReadRow
  write(
    writer: Writer,
    tools: ImportTools,
    row: ImportRecord,
    cells: readonly Readonly<Record<string, string>>[],
  ): Promise<readonly RowOutcome[]>
  /** Throws Refused where something was changed since. */
  revert(writer: Writer, tools: ImportTools, row: ImportRecord, undo: readonly object[]): Promise<number>
}

const FILES: Readonly<Record<Exclude<Register, 'subject'>, SmallFile>> = {
  inspector: inspectorFile,
  item: itemFile,
}

type Counts = Readonly<Record<string, number>>

/** What the rows would do: they are written, looked at, and taken back before anybody sees them. */
export async function checkSmall(
  writer: Writer,
  tools: ImportTools,
  row: ImportRecord,
  rows: readonly CellRow[],
): Promise<Counts> {
  const register = row.register as Exclude<Register, 'subject'>
  const file = FILES[register]
  const read = rows.map((each) => ({ ...each, ...readOne(register, each, tools) }))
  const taken = read.filter(({ isTaken }) => isTaken)
  const outcomes = await tryOut(writer, () =>
    file.write(
      writer,
      tools,
      row,
      taken.map(({ titled }) => titled),
    ),
  )
  const results = new Map(taken.map((each, at) => [each.row, outcomes[at]]))
  const staged = read.map((each) => {
    const outcome = results.get(each.row)
    return {
      row: each.row,
      name: each.name,
      code: each.code,
      result: outcome?.result ?? 'rejected',
      reasons: outcome?.reason ? [...each.reasons, outcome.reason] : each.reasons,
      fields: { cipher: tools.secrets.encrypt(JSON.stringify(each.titled), 'import.cells') },
    }
  })
  await stageRows(writer, row.id, row.divisionCode, staged)
  const counts: Record<string, number> = {}
  for (const { result } of staged) counts[result] = (counts[result] ?? 0) + 1
  return counts
}

/** Writes the rows that were new or changed. */
export async function applySmall(writer: Writer, tools: ImportTools, row: ImportRecord): Promise<Counts> {
  const file = FILES[row.register as Exclude<Register, 'subject'>]
  const ciphers = await stagedCells(writer, row.id)
  const cells = ciphers.map(
    (cipher) => JSON.parse(tools.secrets.decrypt(cipher, 'import.cells')) as Record<string, string>,
  )
  const outcomes = await file.write(writer, tools, row, cells)
  const expected = (row.counts['new'] ?? 0) + (row.counts['changed'] ?? 0)
  const written = outcomes.filter(({ result }) => result === 'new' || result === 'changed')
  if (written.length !== expected) throw new Refused({ code: 'import.register_moved' })
  await keepUndo(
    writer,
    row.id,
    written.flatMap(({ undo }) => (undo ? [undo] : [])),
  )
  return { written: written.length }
}

/** Takes back what an import wrote. */
export async function undoSmall(writer: Writer, tools: ImportTools, row: ImportRecord): Promise<Counts> {
  const file = FILES[row.register as Exclude<Register, 'subject'>]
  return { reverted: await file.revert(writer, tools, row, await takeUndo(writer, row.id)) }
}

function readOne(register: Register, { cells, reasons }: CellRow, tools: ImportTools) {
  const titled = Object.fromEntries(
    Object.entries(cells).map(([field, cell]) => [titleOf(register, field), cell]),
  )
  const read = FILES[register as Exclude<Register, 'subject'>].read(titled, tools)
  return {
    ...read,
    titled,
    isTaken: read.isTaken && reasons.length === 0,
    reasons: [...reasons, ...read.reasons],
  }
}

/** For jobs: what they may touch was decided when they were asked for. */
export function everywhere(): Reach {
  const reach = reachOf({}, SYSTEM)
  if (!reach) throw new Error('the system reaches everything')
  return reach
}
