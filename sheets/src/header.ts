// The row that names the columns.
import { SheetError } from './errors.ts'
import type { Limits } from './limits.ts'
import type { RawRecord, RecordFile } from './records.ts'
import { columnLetters } from './row.ts'

/** The column names and the number of their row; row 0 where columns are named by letters. */
export interface Header {
  readonly row: number
  readonly names: readonly string[]
}

/**
 * Finds the header: the stated row, or the first that is not blank. Below a row of merged group names, an empty name
 * takes the nearest text above it in its column. `headerRow` 0: no header, columns are A, B, C …
 * Throws `empty`, `header-missing`, `header-damaged`, `too-large`.
 */
export async function findHeader(file: RecordFile, limits: Limits, headerRow?: number): Promise<Header> {
  const above: RawRecord[] = []
  for await (const { records } of file.records()) {
    for (const [index, record] of records.entries()) {
      if (isBlank(record)) continue
      if (headerRow === 0) return { row: 0, names: letterNames(file, record, limits) }
      if (headerRow !== undefined && record.number > headerRow) throw missing(file, headerRow)
      if (headerRow === undefined || record.number === headerRow) {
        const names = namesIn(file, record, above, limits)
        if (headerRow === undefined) {
          const next = records.slice(index + 1, index + 10).find((one) => !isBlank(one))
          refuseOtherThanNames(file, record, names, next)
        }
        return { row: record.number, names }
      }
      if (above.length < MAX_ROWS_ABOVE) above.push(record)
    }
  }
  if (above.length > 0) throw missing(file, headerRow)
  throw new SheetError('empty', file.source.path, { what: file.source.kind === 'csv' ? 'file' : 'sheet' })
}

// Group names and titles; a header further down has no need of them.
const MAX_ROWS_ABOVE = 100

/** Whether every cell is empty. */
export function isBlank(record: RawRecord): boolean {
  return record.cells.every((cell) => cell === '')
}

function missing(file: RecordFile, row = 1): SheetError {
  return new SheetError('header-missing', file.source.path, { reason: 'blank' }, { row })
}

function letterNames(file: RecordFile, first: RawRecord, limits: Limits): string[] {
  return denseNames(file, first, limits).map((_, index) => columnLetters(index + 1))
}

function namesIn(file: RecordFile, record: RawRecord, above: readonly RawRecord[], limits: Limits): string[] {
  const defect = record.defects?.[0]
  if (defect) {
    const place = defect.column === undefined ? {} : { column: defect.column }
    const params = { defect: defect.detail === undefined ? defect.code : `${defect.code} ${defect.detail}` }
    throw new SheetError('header-damaged', file.source.path, params, { row: record.number, ...place })
  }
  const names = denseNames(file, record, limits, above)
  if (!record.columns) return names
  return names.map((name, index) => name || nearestAbove(above, index + 1))
}

function denseNames(
  file: RecordFile,
  record: RawRecord,
  limits: Limits,
  above: readonly RawRecord[] = [],
): string[] {
  const widths = [record, ...above].map(({ columns, cells }) => columns?.at(-1) ?? cells.length)
  const width = record.columns ? Math.max(...widths) : record.cells.length
  if (width > limits.columns) {
    const params = { what: 'the number of columns of the header', limit: limits.columns, found: width }
    throw new SheetError('too-large', file.source.path, params, { row: record.number })
  }
  if (!record.columns) return [...record.cells]
  const names = Array.from({ length: width }, () => '')
  record.columns.forEach((column, index) => (names[column - 1] = record.cells[index]!))
  return names
}

function nearestAbove(above: readonly RawRecord[], column: number): string {
  for (const record of above.toReversed()) {
    const index = record.columns?.indexOf(column) ?? -1
    if (index >= 0) return record.cells[index]!
  }
  return ''
}

// A credit code or a registration number among the names: the file has no header.
const DATA = /^(?:[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}|\d{13,17})$/

function refuseOtherThanNames(
  file: RecordFile,
  record: RawRecord,
  names: readonly string[],
  next: RawRecord | undefined,
): void {
  const place = { row: record.number }
  const column = names.findIndex((name) => DATA.test(name))
  if (column >= 0) {
    const params = { reason: 'data', cell: names[column]! }
    throw new SheetError('header-missing', file.source.path, params, { ...place, column: column + 1 })
  }
  if (next && filled(names) === 1 && filled(next.cells) > 1) {
    throw new SheetError('header-missing', file.source.path, { reason: 'title', next: next.number }, place)
  }
}

function filled(cells: readonly string[]): number {
  return cells.filter((cell) => cell !== '').length
}
