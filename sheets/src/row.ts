// A row as the caller sees it, and its canonical text.
import type { Defect } from './defects.ts'

/** One row below the header. */
export interface Row {
  /**
   * The row's number in the file, from 1. In a sheet: the sheet's own row number. In CSV: the record's number,
   * blank records and those above the header counted, so that it is the row that Excel shows.
   */
  readonly number: number
  /** CSV only: the physical line where the record begins, from 1: what an editor shows. */
  readonly line?: number
  /**
   * The cells as text, nothing trimmed. As many as the header has, unless the row has the defect `width`. In a sheet,
   * filled cells beyond the header follow the header's cells, in order, without the empty ones between.
   * Cells share memory with their batch: keep one for long only through `detach`.
   */
  readonly cells: readonly string[]
  /** Absent when the row is sound. */
  readonly defects?: readonly Defect[]
}

/** Rows in file order. */
export interface RowBatch {
  readonly rows: readonly Row[]
  /** Rows left out since the last batch because every cell is empty. */
  readonly blank: number
  /** Bytes of the file taken so far, for progress; of `source.bytes`. */
  readonly bytesRead: number
}

/** The text that row hashes bind: the cells joined by U+001F. A cell that holds U+001F itself is a `control` defect. */
export function canonicalRow(cells: readonly string[]): string {
  return cells.join('\u001f')
}

/** A copy of the text that does not keep its batch in memory. */
export function detach(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le')
}

/** The letters of a column counted from 1: 1 is A, 27 is AA. */
export function columnLetters(column: number): string {
  let letters = ''
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters
  }
  return letters
}
