// The closed formats of the lists (spec 2.4–2.6): columns, their grammars, and what each line must be in itself.

import {
  ALIAS,
  AUTHORITY,
  BATCH,
  CLASS,
  HEX64,
  ID,
  REASON,
  ROW_NUMBER,
  STRATUM,
  TEAM,
  WEIGHT,
} from '../manifest/grammar.ts'

/** Whether a column's text is well-formed. */
type Column = (text: string) => boolean

const like =
  (pattern: RegExp): Column =>
  (text) =>
    pattern.test(text)

/** Entries joined by ",", each of the grammar, ascending strictly. */
const joined =
  (pattern: RegExp, min: number): Column =>
  (text) => {
    if (text === '') return min === 0
    const parts = text.split(',')
    return parts.every((part, i) => pattern.test(part) && (i === 0 || (parts[i - 1] as string) < part))
  }

const id = like(ID)
const authorities = joined(AUTHORITY, 1)
const assignmentOf = [id, joined(ALIAS, 1)]

const FORMS: Readonly<Record<string, readonly Column[]>> = {
  'population.tsv': [id, like(STRATUM), like(WEIGHT)],
  'exclusions.tsv': [id, like(REASON), like(HEX64)],
  'rejected.tsv': [like(ROW_NUMBER), like(REASON), like(HEX64)],
  'inspectors.tsv': [like(ALIAS), like(AUTHORITY)],
  'demands.tsv': [id, like(CLASS)],
  'attributes.tsv': [like(ALIAS), joined(CLASS, 0)],
  'conflicts.tsv': [like(ALIAS), joined(ID, 1)],
  'short.tsv': [id, authorities],
  'batches.tsv': [id, like(BATCH)],
  'selection.tsv': [id, like(STRATUM), like(HEX64)],
  'teams.tsv': [like(TEAM), joined(ALIAS, 1)],
  'assignment.tsv': [id, like(TEAM)],
  'unassigned.tsv': [id, (text) => text === 'd00' || authorities(text)],
}

/** Lists that only the oversight bundle holds. */
export const L2_LISTS = ['attributes.tsv', 'conflicts.tsv', 'short.tsv'] as const

/** The columns of a list, or nothing where no such list exists. */
export function columnsOf(name: string): readonly Column[] | undefined {
  if (/^assignment-d[0-9]{2,6}\.tsv$/.test(name)) return assignmentOf
  return Object.hasOwn(FORMS, name) ? FORMS[name] : undefined
}

/** Where a list breaks its form: the line (from 1) and why. */
export interface FormDefect {
  readonly line: number
  readonly reason: 'lf' | 'columns' | 'grammar' | 'order'
}

/** The first defect of a list's lines, or nothing. `selection.tsv` orders by (stratum, ticket, id). */
export function formDefect(name: string, table: Table): FormDefect | undefined {
  const columns = columnsOf(name) ?? []
  if (!table.endsWithLf) return { line: table.lines.length, reason: 'lf' }
  let previous = ''
  for (const [i, line] of table.lines.entries()) {
    const cells = line.split('\t')
    const at = i + 1
    if (cells.length !== columns.length) return { line: at, reason: 'columns' }
    if (!columns.every((ok, c) => ok(cells[c] as string))) return { line: at, reason: 'grammar' }
    const key = name === 'selection.tsv' ? `${cells[1]}\t${cells[2]}\t${cells[0]}` : (cells[0] as string)
    if (i > 0 && !(previous < key)) return { line: at, reason: 'order' }
    previous = key
  }
  return undefined
}

/** A list as text: its lines without LF, and whether the last one had its LF (true for no bytes). */
export interface Table {
  readonly lines: readonly string[]
  readonly endsWithLf: boolean
}

const latin1 = new TextDecoder('latin1')

/** Splits the bytes of a list. Bytes outside ASCII stay one character each and fail every grammar. */
export function readTable(bytes: Uint8Array): Table {
  if (bytes.length === 0) return { lines: [], endsWithLf: true }
  const text = latin1.decode(bytes)
  const endsWithLf = text.endsWith('\n')
  return { lines: (endsWithLf ? text.slice(0, -1) : text).split('\n'), endsWithLf }
}

/** The cells of each line. */
export function readCells(bytes: Uint8Array): string[][] {
  return readTable(bytes).lines.map((line) => line.split('\t'))
}
