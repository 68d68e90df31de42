// `register:`, `codes:`, `class_rule:` and `exclusions:` of a plan file: where the subjects are and what their columns mean.

import { resolve } from 'node:path'
import { fault } from './faults.ts'
import { CLASS, REASON, STRATUM_PART } from './grammar.ts'
import {
  code,
  integer,
  listOf,
  map,
  mapNode,
  mapOf,
  oneOf,
  placed,
  type Placed,
  type Rule,
  words,
  yesNo,
} from './rules.ts'
import type { PlanNode } from './yaml-node.ts'

/** A table in a file, as `openTable` wants it. */
export interface TableSpec {
  /** Absolute. */
  readonly file: string
  readonly sheet?: string
  readonly headerRow?: number
  readonly encoding?: 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'
  readonly delimiter?: string
  readonly line: number
}

/** Values to codes: in the plan itself or in a file of two columns. */
export type CodeTable =
  | { readonly kind: 'inline'; readonly codes: ReadonlyMap<string, string> }
  | { readonly kind: 'file'; readonly table: TableSpec; readonly value: string; readonly code: string }

/** A part of a stratum: a column with its codes (none: the values are codes themselves), or the stated hash rule. */
export type StratumPart =
  | { readonly kind: 'column'; readonly column: string; readonly codes?: CodeTable }
  | { readonly kind: 'class_rule' }

/**
 * Class by hash, for registers without one: v = the first 8 hex characters, as an integer, of SHA-256("class" ‖ LF ‖ id);
 * r = v mod 1000; the class is the first whose cumulative share is above r. Shares are in thousandths, 1000 together.
 */
export interface ClassRule {
  readonly shares: readonly (readonly [string, number])[]
}

export interface RegisterSpec {
  readonly table: TableSpec
  /** The number of rows that the office says the file has. */
  readonly rows?: number
  readonly id: string
  readonly stratum: readonly StratumPart[]
  /** A column, or nothing: everyone weighs 1. */
  readonly weight?: string
  readonly demand?: { readonly column: string; readonly codes?: CodeTable }
  readonly classRule?: ClassRule
}

export interface ExclusionRule {
  readonly column: string
  readonly is: readonly string[]
  readonly reason: string
  readonly line: number
}

export interface ExclusionSpec {
  readonly list?: {
    readonly table: TableSpec
    readonly id: string
    readonly reason: string
    readonly evidence: string
    readonly reasons: ReadonlyMap<string, string>
  }
  readonly rules: readonly ExclusionRule[]
}

/** The keys that say how a file is opened. */
export const TABLE_KEYS = {
  sheet: words,
  header_row: integer(0, 1_000_000),
  encoding: oneOf('utf-8', 'gb18030', 'utf-16le', 'utf-16be'),
  delimiter: words,
} as const

/** The table of an entry with `file` and TABLE_KEYS. */
export function tableSpec(
  entry: {
    readonly file: Placed<string>
    readonly sheet?: string
    readonly header_row?: number
    readonly encoding?: TableSpec['encoding']
    readonly delimiter?: string
  },
  folder: string,
): TableSpec {
  return {
    file: resolve(folder, entry.file.value),
    line: entry.file.line,
    ...(entry.sheet === undefined ? {} : { sheet: entry.sheet }),
    ...(entry.header_row === undefined ? {} : { headerRow: entry.header_row }),
    ...(entry.encoding === undefined ? {} : { encoding: entry.encoding }),
    ...(entry.delimiter === undefined
      ? {}
      : { delimiter: entry.delimiter === '\\t' ? '\t' : entry.delimiter }),
  }
}

const THE_RULE = 'class_rule'

const registerEntry = map(
  {
    file: placed(words),
    columns: map(
      { id: words, stratum: placed(listOf(placed(words), 1)) },
      { weight: words, demand: placed(words) },
    ),
  },
  { ...TABLE_KEYS, rows: integer(1) },
)

const share: Rule<readonly [string, number]> = (node) => {
  if (node.kind !== 'list' || node.items.length !== 2) throw fault(node, 'not_share')
  const [name, part] = node.items as [PlanNode, PlanNode]
  return [code(STRATUM_PART, 'stratum_part')(name), integer(1, 1000)(part)]
}

const classRule: Rule<ClassRule> = (node) => {
  const { hash, shares } = map({ hash: placed(yesNo), shares: placed(listOf(share, 1)) })(node)
  if (!hash.value) throw fault(hash, 'hash_only')
  const sum = shares.value.reduce((total, [, part]) => total + part, 0)
  if (sum !== 1000) throw fault(shares, 'shares_sum', { sum })
  if (new Set(shares.value.map(([name]) => name)).size !== shares.value.length)
    throw fault(shares, 'share_twice')
  return { shares: shares.value }
}

function codeTable(folder: string, pattern: RegExp, what: string): Rule<CodeTable> {
  const file = map({ file: placed(words), columns: map({ value: words, code: words }) }, TABLE_KEYS)
  return (node) => {
    const { entries } = mapNode(node)
    const first = entries.get('file')
    if (first?.kind === 'text' && entries.has('columns')) {
      const { columns, ...rest } = file(node)
      return { kind: 'file', table: tableSpec(rest, folder), value: columns.value, code: columns.code }
    }
    return { kind: 'inline', codes: mapOf(words, code(pattern, what))(node) }
  }
}

/** Reads the register with its code tables and class rule. */
export function readRegister(
  nodes: { readonly register: PlanNode; readonly codes?: PlanNode; readonly classRule?: PlanNode },
  folder: string,
): RegisterSpec {
  const entry = registerEntry(nodes.register)
  const { columns } = entry
  const demandColumn = columns.demand?.value
  const codes = new Map<string, Placed<CodeTable>>()
  if (nodes.codes)
    for (const [column, node] of mapNode(nodes.codes).entries) {
      const isDemand = column === demandColumn
      const rule = codeTable(folder, isDemand ? CLASS : STRATUM_PART, isDemand ? 'class' : 'stratum_part')
      codes.set(column, placed(rule)(node))
    }
  const used = new Set([...columns.stratum.value.map((s) => s.value), demandColumn])
  for (const [column, table] of codes) if (!used.has(column)) throw fault(table, 'codes_unused', { column })
  const rule = nodes.classRule ? classRule(nodes.classRule) : undefined
  const stratum = columns.stratum.value.map((part): StratumPart => {
    if (part.value !== THE_RULE) return { kind: 'column', column: part.value, ...tableOf(codes, part.value) }
    if (!rule) throw fault(part, 'class_rule_missing')
    return { kind: 'class_rule' }
  })
  if (rule && !stratum.some((s) => s.kind === 'class_rule'))
    throw fault(nodes.classRule!, 'class_rule_unused')
  return {
    table: tableSpec(entry, folder),
    id: columns.id,
    stratum,
    ...(entry.rows === undefined ? {} : { rows: entry.rows }),
    ...(columns.weight === undefined || columns.weight === '1' ? {} : { weight: columns.weight }),
    ...(demandColumn === undefined
      ? {}
      : { demand: { column: demandColumn, ...tableOf(codes, demandColumn) } }),
    ...(rule ? { classRule: rule } : {}),
  }
}

function tableOf(codes: ReadonlyMap<string, Placed<CodeTable>>, column: string): { codes?: CodeTable } {
  const table = codes.get(column)
  return table ? { codes: table.value } : {}
}

const exclusionRule = placed(map({ column: words, is: listOf(words, 1), reason: code(REASON, 'reason') }))
const exclusionEntry = map(
  {},
  {
    file: placed(words),
    ...TABLE_KEYS,
    columns: map({ id: words, reason: words, evidence: words }),
    reasons: mapOf(words, code(REASON, 'reason')),
    rules: listOf(exclusionRule, 1),
  },
)

/** `exclusions:` — a file with one reason and evidence for each id, and rules over the register's columns. */
export function readExclusionSpec(node: PlanNode | undefined, folder: string): ExclusionSpec {
  if (!node) return { rules: [] }
  const entry = exclusionEntry(node)
  const rules = (entry.rules ?? []).map(({ value, line }): ExclusionRule => ({ ...value, line }))
  const { file, columns } = entry
  if (!file && !entry.rules) throw fault(node, 'exclusions_empty')
  if (!file) return { rules }
  if (!columns) throw fault(node, 'missing_key', { key: 'columns' })
  const table = tableSpec({ ...entry, file }, folder)
  return { list: { table, ...columns, reasons: entry.reasons ?? new Map() }, rules }
}
