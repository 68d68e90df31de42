// What each format hands to the table: records with their place, before header and width are known.
import type { Encoding } from './decode.ts'
import type { Defect } from './defects.ts'

/** Where a table came from and how it was read. */
export interface TableSource {
  readonly path: string
  /** Found by contents, not by the file's name. */
  readonly kind: 'csv' | 'xlsx' | 'xls'
  /** Size of the file. */
  readonly bytes: number
  /** The row of the column names, from 1; 0 where the file has none. */
  readonly headerRow: number
  readonly encoding?: Encoding
  readonly delimiter?: string
  readonly sheet?: string
  /** All sheets of the workbook in its order, hidden ones included. */
  readonly sheets?: readonly string[]
}

/** One record of any format. */
export interface RawRecord {
  readonly number: number
  readonly line?: number
  /** All cells; in sheets the filled ones only. */
  readonly cells: readonly string[]
  /** Sheets: the column of each cell from 1, ascending. Absent: the cells are columns 1, 2, 3 … */
  readonly columns?: readonly number[]
  readonly defects?: readonly Defect[]
  /** CSV: true for a last record without a line end. */
  readonly unended?: boolean
}

/** Records in file order; `bytesRead` of the file are taken so far. */
export interface RawBatch {
  readonly records: readonly RawRecord[]
  readonly bytesRead: number
}

/** A file of some format, ready to be read from its first record, any number of times. */
export interface RecordFile {
  readonly source: Omit<TableSource, 'headerRow'>
  /** `width`: cells of a sound record, once known. */
  records(width?: number): AsyncIterable<RawBatch>
}
