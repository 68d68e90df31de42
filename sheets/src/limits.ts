// What a file may cost. The defaults are those for a stranger's upload; an operator may raise them for own files.

/** Upper bounds; passing any of them is the SheetError `too-large`. Bytes, counts, and UTF-16 units for characters. */
export interface Limits {
  /** Size of a workbook file (.xlsx, .xls). CSV streams and has no such bound. */
  readonly workbookBytes: number
  /** Bytes that all parts read from one workbook may inflate to, counted while inflating. */
  readonly inflatedBytes: number
  /** Inflated bytes per compressed byte of a part, counted after its first MiB. */
  readonly ratio: number
  /** Parts in a workbook's ZIP. */
  readonly entries: number
  /** Rows of the table, header included. */
  readonly rows: number
  /** Columns that the header may reach. */
  readonly columns: number
  /** Characters of one CSV record; beyond it an open quote counts as a stray one. */
  readonly recordCharacters: number
}

const MIB = 1_048_576

/** The defaults (threats.md O8, O10). CSV rows are bounded by what a register can be, workbook rows by the format. */
export const DEFAULT_LIMITS: Limits = {
  workbookBytes: 20 * MIB,
  inflatedBytes: 200 * MIB,
  ratio: 100,
  entries: 200,
  rows: 100_000_000,
  columns: 1024,
  recordCharacters: MIB,
}

/** Rows in a sheet of the .xlsx format. */
export const SHEET_ROWS = 1_048_576

/** Columns in a sheet of the .xlsx format. */
export const SHEET_COLUMNS = 16_384
