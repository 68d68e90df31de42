// The table: column names, and rows that are checked against them.
import type { Defect } from './defects.ts'
import { SheetError } from './errors.ts'
import { findHeader, isBlank, type Header } from './header.ts'
import type { Limits } from './limits.ts'
import type { RawBatch, RawRecord, RecordFile, TableSource } from './records.ts'
import type { Row, RowBatch } from './row.ts'

/** A table in a file. */
export interface Table {
  readonly source: TableSource
  /** The column names as they stand, nothing trimmed. */
  readonly header: readonly string[]
  /** The rows below the header, read anew by each call. Throws SheetError where the file cannot be read on. */
  rows(): AsyncIterable<RowBatch>
}

/** The table of a file whose columns are named in `headerRow`. Throws as `findHeader`. */
export async function tableOf(file: RecordFile, limits: Limits, headerRow?: number): Promise<Table> {
  const header = await findHeader(file, limits, headerRow)
  return {
    source: { ...file.source, headerRow: header.row },
    header: header.names,
    rows: () => readRows(file, header, limits),
  }
}

/**
 * The index in `cells` of the column of this very name. Throws `column-missing` with the closest name, or
 * `column-ambiguous` where several columns bear it.
 */
export function columnOf(table: Table, name: string): number {
  const { header, source } = table
  const index = header.indexOf(name)
  const place = { row: source.headerRow }
  if (index < 0) {
    const params = { name, header, closest: closestName(header, name) }
    throw new SheetError('column-missing', source.path, params, place)
  }
  if (header.lastIndexOf(name) !== index) {
    const columns = header.flatMap((one, at) => (one === name ? [String(at + 1)] : []))
    throw new SheetError('column-ambiguous', source.path, { name, columns }, place)
  }
  return index
}

async function* readRows(
  file: RecordFile,
  header: Header,
  limits: Limits,
): AsyncGenerator<RowBatch, void, undefined> {
  const width = header.names.length
  let count = 0
  for await (const batch of file.records(width)) {
    const rows = rowsBelow(batch, header.row, width)
    count += batch.records.length
    if (count > limits.rows) {
      throw new SheetError('too-large', file.source.path, { what: 'the number of rows', limit: limits.rows })
    }
    if (batch.records.length > 0) yield rows
  }
}

function rowsBelow({ records, bytesRead }: RawBatch, headerRow: number, width: number): RowBatch {
  const rows: Row[] = []
  let blank = 0
  for (const record of records) {
    if (record.number <= headerRow) continue
    if (record.cells.length < 2 || record.cells[0] === '') {
      if (isBlank(record) && !record.defects) {
        blank++
        continue
      }
    }
    rows.push(record.columns ? sheetRow(record, record.columns, width) : csvRow(record, width))
  }
  return { rows, blank, bytesRead }
}

function csvRow(record: RawRecord, width: number): Row {
  const found = record.cells.length
  if (found === width && !record.defects && !record.unended) return record as Row
  const shape: Defect[] = []
  if (found !== width) shape.push({ code: 'width', expected: width, found })
  const broken = record.defects?.some(({ code }) => code === 'quote') ?? false
  if (record.unended && (found < width || broken)) shape.push({ code: 'cut' })
  return row(record, record.cells, shape)
}

function sheetRow(record: RawRecord, columns: readonly number[], width: number): Row {
  const cells = Array.from({ length: width }, () => '')
  const shape: Defect[] = []
  columns.forEach((column, index) => {
    if (column <= width) cells[column - 1] = record.cells[index]!
    else cells.push(record.cells[index]!)
  })
  const last = columns.at(-1) ?? 0
  if (last > width) {
    shape.push({
      code: 'width',
      column: columns.find((column) => column > width)!,
      expected: width,
      found: last,
    })
  }
  return row(record, cells, shape)
}

function row(record: RawRecord, cells: readonly string[], shape: readonly Defect[]): Row {
  const { number, line } = record
  const place = line === undefined ? { number } : { number, line }
  const defects = [...shape, ...(record.defects ?? [])]
  return defects.length > 0 ? { ...place, cells, defects } : { ...place, cells }
}

function closestName(header: readonly string[], name: string): string {
  const same = header.find((one) => bare(one) === bare(name))
  return same ?? header.find((one) => one !== '' && (one.includes(name) || name.includes(one))) ?? ''
}

// Without what is easily overlooked: width, case, spaces, marks.
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\ufeff]/g, '')
    .toLowerCase()
}
