// What is wrong with one row. A defect never drops or mends the row: the caller decides.

/** Every code that a Defect may carry. */
export const DEFECT_CODES = [
  'width',
  'quote',
  'cut',
  'replacement',
  'control',
  'bom',
  'precision',
  'date',
  'formula-error',
  'formula-uncached',
] as const

/** One of `DEFECT_CODES`. */
export type DefectCode = (typeof DEFECT_CODES)[number]

/**
 * - `width`: `found` cells where the header has `expected`.
 * - `quote`: broken quoting; `detail` is `stray` (a quote inside a field or after a closing one), `unterminated`, or
 *   `swallowed` (a quoted field holds what looks like whole rows). The record was ended at its first line, unless
 *   `swallowed` came with the right width.
 * - `cut`: the file ends inside this row.
 * - `replacement`: U+FFFD stands in the file: the text was lost before it came here.
 * - `control`: a NUL, another control character, or half a surrogate pair; `detail` names it.
 * - `bom`: a byte order mark inside the table (files pasted together).
 * - `precision`: a number of more than 15 digits; Excel keeps 15, so it is not the number that was typed.
 * - `date`: a date that the format cannot mean; the cell holds the bare number.
 * - `formula-error`: `#N/A` and its like. `formula-uncached`: a formula saved without its value; the cell is empty.
 */
export interface Defect {
  readonly code: DefectCode
  /** Column from 1, where one cell is at fault. */
  readonly column?: number
  readonly expected?: number
  readonly found?: number
  readonly detail?: string
}

/** Whether a text may hold what `textDefects` reports, save for lone surrogates: one quick look at a whole chunk. */
export function isSuspect(text: string): boolean {
  return SUSPECT.test(text)
}

/** Characters in cells that show damage: at most one defect of each code per cell. */
export function textDefects(cells: readonly string[]): readonly Defect[] {
  const defects: Defect[] = []
  cells.forEach((cell, index) => {
    const column = index + 1
    const control = CONTROL.exec(cell) ?? LONE_SURROGATE.exec(cell)
    if (control) defects.push({ code: 'control', column, detail: codePointName(control[0]) })
    if (cell.includes('\ufffd')) defects.push({ code: 'replacement', column })
    if (cell.includes('\ufeff')) defects.push({ code: 'bom', column })
  })
  return defects
}

// oxlint-disable-next-line no-control-regex -- control characters are what we look for
const SUSPECT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufeff\ufffd]/
// oxlint-disable-next-line no-control-regex -- as above; tab and line breaks are text
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/
const LONE_SURROGATE = /[\ud800-\udfff]/u

function codePointName(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
}
