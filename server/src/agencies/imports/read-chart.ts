// From the bytes of a spreadsheet to the rows of a chart.

import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { type Row, SheetError, type Table } from '@sunlot/sheets'
import { openBelowTitle, sheetRefusal } from '../../platform/files/tables.ts'
import { Refused } from '../../platform/refusal.ts'
import type { ChartRow } from './chart.rules.ts'
import { type Columns, columnsIn, type Field } from './columns.rules.ts'
import { tidy, tidyMobile } from './texts.rules.ts'

/** The rows of a chart, and which columns were not used. */
export interface Chart {
  readonly rows: readonly ChartRow[]
  readonly unused: readonly string[]
}

/** A county has some dozens of departments and some hundreds of people; a prefecture some thousands. */
export const MOST_ROWS = 5000
const LIMITS = { workbookBytes: 10 << 20, inflatedBytes: 64 << 20, rows: MOST_ROWS + 1000, columns: 100 }

/** Reads the chart in a CSV, XLSX or XLS file. Throws Refused (422), which says how to mend the file. */
export async function readChart(bytes: Buffer, fileName: string): Promise<Chart> {
  const folder = await mkdtemp(join(tmpdir(), 'sunlot-chart-'))
  const path = join(folder, `chart${extname(fileName).replaceAll(/[^.A-Za-z]/g, '')}`)
  try {
    await writeFile(path, bytes)
    return await chartIn(await openBelowTitle(path, { limits: LIMITS }))
  } catch (error) {
    if (error instanceof SheetError) throw new Refused(sheetRefusal(error), 422)
    throw error
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function chartIn(table: Table): Promise<Chart> {
  const columns = columnsIn(table.header)
  if ('code' in columns) throw new Refused(columns, 422)
  const rows: ChartRow[] = []
  for await (const batch of table.rows()) {
    rows.push(...batch.rows.map((row) => chartRow(row, columns)))
    if (rows.length > MOST_ROWS)
      throw new Refused({ code: 'organisation.too_many_rows', params: { most: MOST_ROWS } }, 422)
  }
  return { rows, unused: columns.unused }
}

function chartRow({ number, cells, defects }: Row, { at }: Columns): ChartRow {
  const cell = (field: Field): string => tidy(cells[at[field] ?? -1] ?? '')
  const [first = '', ...rest] = cell('path')
    .split(/[/／>]/)
    .map((part) => part.trim())
  return {
    row: number,
    authority: cell('authority'),
    unit: cell('unit') || first,
    section: cell('section') || rest.join('/'),
    name: cell('name'),
    staffNumber: cell('staffNumber'),
    post: cell('post'),
    mobile: tidyMobile(cell('mobile')),
    ...(defects?.[0] ? { defect: defects[0].code } : {}),
  }
}
