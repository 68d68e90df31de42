// An old .xls workbook (BIFF) as records. It cannot be streamed: the limit on its size bounds the memory.
import * as XLSX from '@e965/xlsx'
import { numberStyle, numberText, type CellText, type NumberStyle } from './cell-text.ts'
import { textDefects, type Defect } from './defects.ts'
import { SheetError } from './errors.ts'
import { readWholeFile } from './files.ts'
import type { RawBatch, RawRecord, RecordFile } from './records.ts'
import { chooseSheet } from './xlsx.ts'

const BATCH_ROWS = 1000

const ERRORS: Readonly<Record<number, string>> = {
  0x00: '#NULL!',
  0x07: '#DIV/0!',
  0x0f: '#VALUE!',
  0x17: '#REF!',
  0x1d: '#NAME?',
  0x24: '#NUM!',
  0x2a: '#N/A',
}

/** Opens one sheet: the named one, or the first that is not hidden. Throws `workbook-damaged`, `sheet-missing`. */
export async function openXls(path: string, bytes: number, sheetName?: string): Promise<RecordFile> {
  const file = await readWholeFile(path)
  if (file.includes(Buffer.from('EncryptedPackage', 'utf16le'))) throw new SheetError('encrypted', path)
  if (file.includes(Buffer.from('WordDocument', 'utf16le'))) {
    throw new SheetError('not-a-table', path, { found: 'a Word document' })
  }
  const plan = parse(path, file, { bookSheets: true, bookProps: false })
  const states = plan.Workbook?.Sheets
  const sheets = plan.SheetNames.map((name, index) => ({
    name,
    visible: (states?.[index]?.Hidden ?? 0) === 0,
  }))
  const { name } = chooseSheet(path, sheets, sheetName)
  const book = parse(path, file, {
    dense: true,
    cellNF: true,
    cellFormula: true,
    sheets: name,
  })
  const rows: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[] =
    book.Sheets[name]?.['!data'] ?? []
  const is1904 = book.Workbook?.WBProps?.date1904 ?? false
  return {
    source: { path, kind: 'xls', bytes, sheet: name, sheets: plan.SheetNames },
    async *records() {
      yield* batches(rows, is1904, bytes)
    },
  }
}

function parse(path: string, file: Buffer, options: XLSX.ParsingOptions): XLSX.WorkBook {
  try {
    return XLSX.read(file, { type: 'buffer', ...options })
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    if (/password|encrypt/i.test(reason)) throw new SheetError('encrypted', path)
    throw new SheetError('workbook-damaged', path, { reason })
  }
}

function* batches(
  rows: readonly (readonly (XLSX.CellObject | undefined)[] | undefined)[],
  is1904: boolean,
  bytes: number,
): Generator<RawBatch, void, undefined> {
  for (let start = 0; start < rows.length; start += BATCH_ROWS) {
    const records: RawRecord[] = []
    for (let index = start; index < Math.min(rows.length, start + BATCH_ROWS); index++) {
      const record = recordOf(index + 1, rows[index] ?? [], is1904)
      if (record) records.push(record)
    }
    yield { records, bytesRead: Math.min(bytes, Math.round(((start + BATCH_ROWS) / rows.length) * bytes)) }
  }
}

function recordOf(
  number: number,
  row: readonly (XLSX.CellObject | undefined)[],
  is1904: boolean,
): RawRecord | undefined {
  const cells: string[] = []
  const columns: number[] = []
  const defects: Defect[] = []
  row.forEach((cell, index) => {
    if (!cell) return
    const { text, defect } = cellText(cell, is1904)
    if (defect) defects.push({ code: defect, column: index + 1 })
    if (text === '') return
    cells.push(text)
    columns.push(index + 1)
  })
  for (const defect of textDefects(cells)) defects.push({ ...defect, column: columns[defect.column! - 1]! })
  if (cells.length === 0 && defects.length === 0) return undefined
  return defects.length > 0 ? { number, cells, columns, defects } : { number, cells, columns }
}

function cellText(cell: XLSX.CellObject, is1904: boolean): CellText {
  switch (cell.t) {
    case 'n':
      return numberText(String(cell.v), styleOf(cell), is1904)
    case 'b':
      return { text: cell.v === true ? 'TRUE' : 'FALSE' }
    case 'e':
      return { text: ERRORS[Number(cell.v)] ?? '#ERROR!', defect: 'formula-error' }
    case 's':
      return { text: String(cell.v ?? '') }
    default:
      return cell.f === undefined ? { text: '' } : { text: '', defect: 'formula-uncached' }
  }
}

// The library drops the built-in Chinese date formats (27–31, 50–58), but writes such a number out as 1/31/20. The
// built-in times 32–36 it drops for good: they come as numbers.
function styleOf(cell: XLSX.CellObject): NumberStyle {
  if (cell.z !== undefined) return numberStyle(0, String(cell.z))
  return { kind: /^\d+\/\d+\/\d+/.test(cell.w ?? '') ? 'date' : 'plain' }
}
