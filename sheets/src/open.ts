// The one way in: finds out what the file is, by its contents, and opens its table.
import { extname } from 'node:path'
import { openCsv } from './csv.ts'
import type { Encoding } from './decode.ts'
import { SheetError } from './errors.ts'
import { readHead } from './files.ts'
import { DEFAULT_LIMITS, type Limits } from './limits.ts'
import type { RecordFile } from './records.ts'
import { tableOf, type Table } from './table.ts'
import { openXls } from './xls.ts'
import { openXlsx } from './xlsx.ts'

/** What the caller states; all else is found out and told in `Table.source`. */
export interface OpenOptions {
  /** Workbooks: the sheet's name. Default: the first that is not hidden. */
  readonly sheet?: string
  /** The row of the column names from 1; 0 where there is none. Default: the first row that is not blank. */
  readonly headerRow?: number
  /** CSV only. */
  readonly encoding?: Encoding
  /** CSV only: one character. */
  readonly delimiter?: string
  readonly limits?: Partial<Limits>
}

const HEAD_BYTES = 65_536

/** Opens the table in a CSV, TSV, .xlsx, .xlsm or .xls file. Throws SheetError. */
export async function openTable(path: string, options: OpenOptions = {}): Promise<Table> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const file = await openRecords(path, options, limits)
  return tableOf(file, limits, options.headerRow)
}

async function openRecords(path: string, options: OpenOptions, limits: Limits): Promise<RecordFile> {
  const { bytes, head } = await readHead(path, HEAD_BYTES)
  if (bytes === 0) throw new SheetError('empty', path, { what: 'file' })
  const kind = kindOf(head)
  if (kind === 'text') {
    refuseOtherText(path, head, options)
    return openCsv(path, head, { ...options, bytes, limits })
  }
  if (kind !== 'xlsx' && kind !== 'xls') throw new SheetError('not-a-table', path, { found: kind })
  if (bytes > limits.workbookBytes) {
    const params = { what: 'the size of the workbook', limit: `${limits.workbookBytes} bytes`, found: bytes }
    throw new SheetError('too-large', path, params)
  }
  return kind === 'xlsx' ? openXlsx(path, bytes, limits, options.sheet) : openXls(path, bytes, options.sheet)
}

const MAGIC: readonly (readonly [string, string])[] = [
  ['504b0304', 'xlsx'],
  ['504b0506', 'xlsx'],
  ['d0cf11e0a1b11ae1', 'xls'],
  ['25504446', 'a PDF'],
  ['526172211a07', 'a RAR archive'],
  ['377abcaf271c', 'a 7z archive'],
  ['1f8b08', 'a gzip archive'],
  ['fd377a585a00', 'an xz archive'],
  ['89504e470d0a', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['7b5c727466', 'an RTF document'],
]

function kindOf(head: Buffer): string {
  const hex = head.subarray(0, 8).toString('hex')
  return MAGIC.find(([magic]) => hex.startsWith(magic))?.[1] ?? 'text'
}

// Web systems export HTML and XML under the name of a workbook, and people rename CSV.
function refuseOtherText(path: string, head: Buffer, options: OpenOptions): void {
  const text = head
    .toString(head[0] === 0xff || head[1] === 0 ? 'utf16le' : 'utf8')
    .replace(/^\ufeff/, '')
    .trimStart()
  if (/^<\?xml|^<workbook/i.test(text)) {
    const office = /urn:schemas-microsoft-com:office:spreadsheet/.test(text)
    throw new SheetError('not-a-table', path, { found: office ? 'an Excel 2003 XML file' : 'an XML file' })
  }
  if (/^<(?:!doctype|html|head|body|meta|table|script|style|%|!--)/i.test(text)) {
    throw new SheetError('not-a-table', path, { found: 'a web page (HTML)' })
  }
  const extension = extname(path).toLowerCase()
  const stated = options.encoding !== undefined || options.delimiter !== undefined
  if (/^\.(?:xlsx|xlsm|xls|et)$/.test(extension) && !stated) {
    throw new SheetError('text-named-as-workbook', path, { extension, found: 'CSV or other text' })
  }
}
