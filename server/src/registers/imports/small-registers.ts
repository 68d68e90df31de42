// Inspectors and items: some hundreds of rows, compared by doing it all and taking it back.

import { SYSTEM } from '../../platform/actor.ts'
import type { Writer } from '../../platform/database/database.ts'
import { reachOf, type Reach } from '../../platform/reach.ts'
import type { Register } from './fields.rules.ts'
import type { ImportRecord } from './imports.store.ts'
import type { ImportTools } from './parts.ts'

/** A row of a small register's file. */
export interface CellRow {
  readonly row: number
  readonly cells: Readonly<Record<string, string>>
  readonly reasons: readonly { readonly code: string }[]
}

type Counts = Readonly<Record<string, number>>

/** How a small register takes a file. */
export interface SmallRegister {
  check(writer: Writer, tools: ImportTools, row: ImportRecord, rows: readonly CellRow[]): Promise<Counts>
  apply(writer: Writer, tools: ImportTools, row: ImportRecord, by: string): Promise<Counts>
  undo(writer: Writer, tools: ImportTools, row: ImportRecord): Promise<Counts>
}

/** The register of that name. */
export function smallRegister(register: Exclude<Register, 'subject'>): SmallRegister {
  throw new Error(`no import of ${register} yet`)
}

/** For jobs: what they may touch was decided when they were asked for. */
export function everywhere(): Reach {
  const reach = reachOf({}, SYSTEM)
  if (!reach) throw new Error('the system reaches everything')
  return reach
}
