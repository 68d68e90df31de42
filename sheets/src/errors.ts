// Why a whole file cannot be read: a closed list of codes, each with an English sentence that says how to mend it.

/** Every code that a SheetError may carry; sentences in other languages are made from code and params. */
export const SHEET_ERROR_CODES = [
  'not-found',
  'is-folder',
  'no-permission',
  'io',
  'empty',
  'too-large',
  'not-a-table',
  'text-named-as-workbook',
  'encrypted',
  'bad-bytes',
  'zip-truncated',
  'zip-damaged',
  'workbook-damaged',
  'doctype',
  'sheet-missing',
  'header-missing',
  'header-damaged',
  'column-missing',
  'column-ambiguous',
] as const

/** One of `SHEET_ERROR_CODES`. */
export type SheetErrorCode = (typeof SHEET_ERROR_CODES)[number]

/** What the sentence is made of: plain values only. */
export type SheetErrorParams = Readonly<Record<string, string | number | readonly string[]>>

/** Where in the file, as far as it is known; rows and columns count from 1. */
export interface SheetErrorPlace {
  readonly row?: number
  readonly column?: number
}

/**
 * A file, or a part of it, that cannot be read as a table. Defects of single rows are not errors: they stand on
 * the row.
 */
export class SheetError extends Error {
  override readonly name = 'SheetError'
  readonly code: SheetErrorCode
  readonly path: string
  readonly params: SheetErrorParams
  readonly row?: number
  readonly column?: number

  constructor(
    code: SheetErrorCode,
    path: string,
    params: SheetErrorParams = {},
    place: SheetErrorPlace = {},
  ) {
    super(`${path}${placeText(place)}: ${SENTENCES[code](params)}`)
    this.code = code
    this.path = path
    this.params = params
    if (place.row !== undefined) this.row = place.row
    if (place.column !== undefined) this.column = place.column
  }
}

/** The SheetError for a failed system call on `path`. */
export function systemError(path: string, cause: unknown): SheetError {
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? String(cause)
  if (code === 'ENOENT' || code === 'ENOTDIR') return new SheetError('not-found', path)
  if (code === 'EISDIR') return new SheetError('is-folder', path)
  if (code === 'EACCES' || code === 'EPERM') return new SheetError('no-permission', path)
  return new SheetError('io', path, { cause: code })
}

function placeText({ row, column }: SheetErrorPlace): string {
  return `${row === undefined ? '' : `, row ${row}`}${column === undefined ? '' : `, column ${column}`}`
}

function listOf(value: SheetErrorParams[string] | undefined): string {
  return Array.isArray(value) ? value.map((one) => `"${one}"`).join(', ') : String(value ?? '')
}

const SENTENCES: Readonly<Record<SheetErrorCode, (p: SheetErrorParams) => string>> = {
  'not-found': () => 'there is no such file. Check the path and the spelling of the name.',
  'is-folder': () => 'this is a folder. Name the file inside it.',
  'no-permission': () => 'the file may not be read by this user. Give read permission, or copy it elsewhere.',
  io: (p) => `the file could not be read (${p.cause}). Copy it to a local disk and try again.`,
  empty: (p) => `the ${p.what} is empty. Export it again.`,
  'too-large': (p) =>
    `${p.what} is over the limit of ${p.limit}${p.found === undefined ? '' : ` (found ${p.found})`}. ` +
    'If the file is trusted, raise the limit; a large workbook is better saved as CSV UTF-8.',
  'not-a-table': (p) =>
    `this is ${p.found}, not a CSV or Excel table. Open it in Excel or WPS and save it as .xlsx or CSV UTF-8.`,
  'text-named-as-workbook': (p) =>
    `the name ends in ${p.extension} but the contents are plain text (${p.found}). ` +
    'Rename it to .csv, or open it in Excel or WPS and save it as a real .xlsx.',
  encrypted: () => 'the workbook is protected by a password. Save a copy without a password.',
  'bad-bytes': (p) =>
    `byte ${p.offset} (line ${p.line}${p.part === undefined ? '' : ` of ${p.part}`}) is not valid ${p.encoding}` +
    `${p.bytes === undefined ? '' : `: ${p.bytes}`}${p.reason === 'cut' ? ', the file ends inside a character' : ''}. ` +
    'Export the file again in one encoding (CSV UTF-8), or state the encoding if it was guessed wrong.',
  'zip-truncated': () =>
    'the workbook is cut off: its end (the ZIP directory) is missing. Copy or download it again.',
  'zip-damaged': (p) =>
    `the workbook's ZIP container is damaged${p.part === undefined ? '' : ` in ${p.part}`} (${p.reason}). ` +
    'Copy it again, or open and save it in Excel or WPS.',
  'workbook-damaged': (p) =>
    `the workbook is damaged${p.part === undefined ? '' : ` in ${p.part}`} (${p.reason}). ` +
    'Open it in Excel or WPS, let it repair the file, check the contents, and save it.',
  doctype: (p) =>
    `${p.part} holds a DOCTYPE, which no office program writes. Do not trust this file; ask for it again.`,
  'sheet-missing': (p) => `there is no sheet "${p.name}". The sheets are: ${listOf(p.sheets)}.`,
  'header-missing': (p) =>
    p.reason === 'blank'
      ? 'the header row is blank or absent. Say which row holds the column names (headerRow).'
      : p.reason === 'title'
        ? `this row holds only a title. Say which row holds the column names (headerRow, perhaps ${p.next}).`
        : `this row should hold the column names but looks like data ("${p.cell}"). ` +
          'Add a header row, or set headerRow to 0 to name the columns A, B, C …',
  'header-damaged': (p) => `the header row is damaged (${p.defect}). Mend the header and export again.`,
  'column-missing': (p) =>
    `there is no column "${p.name}"${p.closest ? `; the closest is "${p.closest}"` : ''}. ` +
    `The columns are: ${listOf(p.header)}. Mend the header or the mapping; names must agree exactly.`,
  'column-ambiguous': (p) =>
    `${listOf(p.columns)} are all named "${p.name}". Give each column a name of its own.`,
}
