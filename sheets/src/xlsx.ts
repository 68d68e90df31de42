// An .xlsx or .xlsm sheet as records.
import { SheetError } from './errors.ts'
import type { Limits } from './limits.ts'
import type { RawBatch, RecordFile } from './records.ts'
import { SheetRows } from './xlsx-rows.ts'
import { readSharedStrings, readWorkbook, type SheetPart, type Workbook } from './xlsx-workbook.ts'
import { xmlSlices } from './xml-text.ts'
import { Zip } from './zip.ts'

/** Opens one sheet: the named one, or the first that is not hidden. Throws `sheet-missing` and as `readWorkbook`. */
export async function openXlsx(
  path: string,
  bytes: number,
  limits: Limits,
  sheetName?: string,
): Promise<RecordFile> {
  const workbook = await readWorkbook(await Zip.open(path, limits))
  const names = workbook.sheets.map(({ name }) => name)
  const sheet = chooseSheet(path, workbook.sheets, sheetName)
  let strings: readonly string[] | undefined
  return {
    source: { path, kind: 'xlsx', bytes, sheet: sheet.name, sheets: names },
    async *records() {
      strings ??= await readSharedStrings(workbook)
      yield* readRows(workbook, sheet, strings, bytes)
    },
  }
}

/** The sheet of this name, or the first that is not hidden. */
export function chooseSheet<S extends { readonly name: string; readonly visible: boolean }>(
  path: string,
  sheets: readonly S[],
  name: string | undefined,
): S {
  const sheet = sheets.find((one) => (name === undefined ? one.visible : one.name === name))
  if (sheet) return sheet
  throw new SheetError('sheet-missing', path, { name: name ?? '', sheets: sheets.map((one) => one.name) })
}

async function* readRows(
  workbook: Workbook,
  { part }: SheetPart,
  strings: readonly string[],
  bytes: number,
): AsyncGenerator<RawBatch, void, undefined> {
  const rows = new SheetRows(workbook, part, strings)
  const size = workbook.zip.size(part)
  let taken = 0
  for await (const slice of xmlSlices(workbook.zip, part)) {
    taken += slice.length
    const records = rows.push(slice)
    if (records.length > 0) yield { records, bytesRead: Math.min(bytes, Math.round((taken / size) * bytes)) }
  }
  rows.end()
}
