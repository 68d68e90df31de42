// What the thread that reads files is asked, and what it says.

import type { Encoding } from '@sunlot/sheets'
import type { Divisions, Industries } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { Register } from './fields.rules.ts'
import type { RowReason, SubjectReading } from './subject-row.rules.ts'

/** How a file is opened; what is left out is found out. */
export interface Opening {
  readonly sheet?: string
  readonly headerRow?: number
  readonly encoding?: Encoding
  readonly delimiter?: string
}

/** The file, and what is wanted of it. */
export interface ReadingTask {
  readonly path: string
  readonly register: Register
  readonly opening: Opening
  readonly task:
    | { readonly kind: 'look' }
    | {
        readonly kind: 'subjects'
        readonly reading: SubjectReading
        readonly divisions: Divisions
        readonly industries: Industries
      }
    | { readonly kind: 'cells'; readonly columns: Readonly<Record<string, number>> }
}

/** What a look at a file shows. */
export interface Sheet {
  readonly kind: string
  readonly encoding?: string | undefined
  readonly delimiter?: string | undefined
  readonly sheet?: string | undefined
  readonly sheets?: readonly string[] | undefined
  readonly headerRow: number
  readonly header: readonly string[]
  /** The first rows below the header. */
  readonly sample: readonly (readonly string[])[]
  readonly bytes: number
}

/** Rows of subjects, column by column, ready for one statement. `fields` and `reasons` are JSON texts. */
export interface SubjectBatch {
  readonly rows: readonly number[]
  readonly codes: readonly (string | null)[]
  readonly names: readonly string[]
  readonly divisions: readonly string[]
  /** `new` until the register is asked, or `rejected`. */
  readonly results: readonly string[]
  /** What each would be called if it is new. */
  readonly ids: readonly string[]
  readonly reasons: readonly string[]
  readonly fields: readonly string[]
  /** What the main thread encrypts, by place in the batch. */
  readonly personal: readonly { readonly at: number; readonly telephone?: string; readonly idCard?: string }[]
}

/** Rows of a small register, by field. */
export interface CellBatch {
  readonly rows: readonly {
    readonly row: number
    readonly cells: Readonly<Record<string, string>>
    readonly reasons: readonly RowReason[]
  }[]
}

/** How far the reading is, in bytes of the file, and how many rows were blank. */
export interface Far {
  readonly bytesRead: number
  readonly blank: number
}

/** What the thread says. After each batch it waits to be asked for more. */
export type Said =
  | { readonly kind: 'looked'; readonly sheet: Sheet }
  | ({ readonly kind: 'subjects'; readonly batch: SubjectBatch } & Far)
  | ({ readonly kind: 'cells'; readonly batch: CellBatch } & Far)
  | { readonly kind: 'end' }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
