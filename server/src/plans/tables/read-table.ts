// From an uploaded file to the rows of a plan table.

import { type Row, SheetError, type Table } from '@sunlot/sheets'
import { openBelowTitle, sheetRefusal } from '../../platform/files/tables.ts'
import { Refused } from '../../platform/refusal.ts'
import { planColumns, textsOf, whyNotPlanTable } from './columns.rules.ts'
import type { TableRow } from './matching.rules.ts'

/** A county has some hundreds of tasks in a year. */
export const MOST_ROWS = 5000
const LIMITS = { workbookBytes: 10 << 20, inflatedBytes: 64 << 20, rows: MOST_ROWS + 1000, columns: 100 }
// A title, a line for the office, one for the date: further down no header is looked for.
const MOST_TITLES = 4

/** The rows of a table, and the columns that nothing is read from. */
export interface PlanTable {
  readonly rows: readonly TableRow[]
  readonly unused: readonly string[]
}

/** Reads the plan in a CSV, XLSX or XLS file. Throws Refused (422), which says how to mend the file. */
export async function readPlanTable(path: string): Promise<PlanTable> {
  try {
    return await tableIn(await openAtHeader(path))
  } catch (error) {
    if (error instanceof SheetError) throw new Refused(sheetRefusal(error), 422)
    throw error
  }
}

/** Below titles that stand in one cell, merged over the table, or beside a date. */
async function openAtHeader(path: string): Promise<Table> {
  const first = await openBelowTitle(path, { limits: LIMITS })
  let table = first
  for (let below = 1; whyNotPlanTable(planColumns(table.header)) && below <= MOST_TITLES; below += 1) {
    const next = await openBelowTitle(path, {
      limits: LIMITS,
      headerRow: first.source.headerRow + below,
    }).catch((error: unknown) => {
      if (error instanceof SheetError) return undefined
      throw error
    })
    if (next) table = next
  }
  return table
}

async function tableIn(table: Table): Promise<PlanTable> {
  const columns = planColumns(table.header)
  const why = whyNotPlanTable(columns)
  if (why) throw new Refused(why, 422)
  const rows: TableRow[] = []
  for await (const batch of table.rows()) {
    rows.push(...batch.rows.map((row) => tableRow(row, columns)))
    if (rows.length > MOST_ROWS)
      throw new Refused({ code: 'planImport.too_many_rows', params: { most: MOST_ROWS } }, 422)
  }
  const used = new Set(Object.values(columns))
  return {
    rows: rows.filter(({ texts }) => Object.values(texts).some((text) => text !== '')),
    unused: table.header.filter(
      (title, at) => !used.has(at) && title.trim() !== '' && title.trim() !== '序号',
    ),
  }
}

function tableRow({ number, cells, defects }: Row, columns: Readonly<Record<string, number>>): TableRow {
  return {
    row: number,
    texts: textsOf(columns, cells),
    isDamaged: (defects ?? []).some(({ code }) => code !== 'width'),
  }
}
