// Tables for people (CSV for spreadsheets) and for programs (TSV).

const BOM = '\ufeff'
// What a spreadsheet takes for a formula, or strips before it does.
// oxlint-disable-next-line no-control-regex -- NUL, tab and line breaks are among them
const FORMULA_START = /^[=+\-@\t\r\n\u0000＝＋－＠]/

/** A cell to write. Numbers stand as they are; texts are made safe. */
export type CellValue = string | number

/** The mark that makes Excel read CSV as UTF-8: the first thing in the file. */
export function csvStart(): string {
  return BOM
}

/**
 * One CSV line with its CRLF. A text that a spreadsheet would run as a formula gets an apostrophe before it (O7);
 * negative numbers are safe only as numbers.
 */
export function csvLine(cells: readonly CellValue[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`
}

/** A whole CSV file: mark, header and rows. */
export function csvText(header: readonly string[], rows: Iterable<readonly CellValue[]>): string {
  let text = csvStart() + csvLine(header)
  for (const row of rows) text += csvLine(row)
  return text
}

/**
 * One TSV line with its LF: no quotes, no escapes. Throws RangeError for a cell that holds a tab or a line break,
 * which TSV cannot carry.
 */
export function tsvLine(cells: readonly CellValue[]): string {
  for (const cell of cells) {
    if (/[\t\r\n]/.test(String(cell))) throw new RangeError(`a TSV cell cannot hold ${JSON.stringify(cell)}`)
  }
  return `${cells.join('\t')}\n`
}

function csvCell(cell: CellValue): string {
  if (typeof cell === 'number') return String(cell)
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
