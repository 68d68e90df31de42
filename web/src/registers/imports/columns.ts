// What a mapping of columns says, and how one is made from another.

import type { Mapping, RegisterImport } from './queries.ts'
import { openingOf } from './opening.tsx'

/** field → index of its column. */
export type Columns = Readonly<Record<string, number>>

const SHOWN_VALUES = 3

/** The first values of a column, each once. */
export function sampleOf({ sample }: RegisterImport['sheet'], column: number | undefined): string {
  if (column === undefined) return ''
  const values = sample.map((cells) => cells[column]?.trim() ?? '').filter((value) => value !== '')
  return [...new Set(values)].slice(0, SHOWN_VALUES).join('、')
}

/** Columns of which no field makes use, by index. */
export function unusedColumns({ header }: RegisterImport['sheet'], columns: Columns): readonly number[] {
  const used = new Set(Object.values(columns))
  return header.map((_, at) => at).filter((at) => !used.has(at))
}

/** Another column for a field, or none. */
export function withColumn(columns: Columns, field: string, column: number | undefined): Columns {
  const others = Object.fromEntries(Object.entries(columns).filter(([name]) => name !== field))
  return column === undefined ? others : { ...others, [field]: column }
}

/** What else is said of the rows, beside their columns. */
export interface RowsSaid {
  readonly division?: 'stated' | 'resolve'
  readonly issueCodes?: boolean
  readonly pool?: string
  readonly tag?: string
  readonly source?: Mapping['source']
  readonly remember?: string
}

/** The mapping that is sent: how the file was opened is part of it. */
export function mappingOf(
  { sheet, register, mode }: Pick<RegisterImport, 'sheet' | 'register' | 'mode'>,
  columns: Columns,
  said: RowsSaid,
): Mapping {
  const opened = { ...openingOf(sheet), columns }
  if (register !== 'subject') return opened
  // A list that is only compared enters nobody: wherever its rows are, they are looked for.
  if (mode === 'reconcile')
    return {
      ...opened,
      division: 'resolve',
      issueCodes: said.issueCodes ?? false,
      ...(said.source ? { source: said.source } : {}),
    }
  const [pool, tag] = [said.pool?.trim() ?? '', said.tag?.trim() ?? '']
  return {
    ...opened,
    division: said.division ?? 'stated',
    issueCodes: said.issueCodes ?? false,
    ...(pool === '' ? {} : { pool }),
    ...(tag === '' ? {} : { tag }),
  }
}
