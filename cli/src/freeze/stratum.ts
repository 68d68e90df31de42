// The stratum of a row: code by code from its columns, or from the stated hash rule, joined by "/".

import { hash } from 'node:crypto'
import { isNullWord } from '@sunlot/draw'
import { columnOf, detach, type Table } from '@sunlot/sheets'
import { STRATUM_PART } from '../plan-file/grammar.ts'
import type { DefectName } from '../plan-file/index.ts'
import type { ClassRule, RegisterSpec } from '../plan-file/register.ts'
import { loadCodes } from './code-table.ts'

/** A defect of one cell. */
export interface CellDefect {
  readonly code: DefectName
  readonly column: string
  readonly value: string
}

/** The stratum of a row, or what is wrong with its columns. */
export type StratumOf = (cells: readonly string[], id: string) => string | CellDefect

/** The columns that make the stratum, and the function over a row. */
export interface StratumReader {
  readonly columns: readonly number[]
  readonly stratumOf: StratumOf
}

/** Prepares the reading of strata from a table. Throws SheetError where a column is not there. */
export async function stratumReader(spec: RegisterSpec, table: Table): Promise<StratumReader> {
  const columns: number[] = []
  const parts: ((cells: readonly string[], id: string) => string | CellDefect)[] = []
  for (const part of spec.stratum) {
    if (part.kind === 'class_rule') {
      const rule = spec.classRule as ClassRule
      parts.push((_, id) => classByHash(rule, id))
      continue
    }
    const at = columnOf(table, part.column)
    const codes = part.codes ? await loadCodes(part.codes, STRATUM_PART) : undefined
    columns.push(at)
    parts.push(codeReader(part.column, at, codes))
  }
  const stratumOf: StratumOf = (cells, id) => {
    let stratum = ''
    for (const part of parts) {
      const found = part(cells, id)
      if (typeof found !== 'string') return found
      stratum = stratum === '' ? found : `${stratum}/${found}`
    }
    if (stratum.length <= 64) return stratum
    return { code: 'unknown_stratum', column: '', value: stratum }
  }
  return { columns, stratumOf }
}

/** The class of an id by the stated rule: see ClassRule. Always SHA-256, whatever the draw's algorithm. */
export function classByHash(rule: ClassRule, id: string): string {
  const r = Number.parseInt(hash('sha256', `class\n${id}`, 'hex').slice(0, 8), 16) % 1000
  let sum = 0
  for (const [name, share] of rule.shares) {
    sum += share
    if (r < sum) return name
  }
  throw new Error('the shares of a class rule are not 1000')
}

function codeReader(
  column: string,
  at: number,
  codes: ReadonlyMap<string, string> | undefined,
): (cells: readonly string[]) => string | CellDefect {
  const known = new Map<string, string | CellDefect>()
  return (cells) => {
    const value = cells[at] ?? ''
    const before = known.get(value)
    if (before !== undefined) return before
    const found = codeOf(column, value, codes)
    if (known.size < 100_000) known.set(detach(value), found)
    return found
  }
}

function codeOf(
  column: string,
  value: string,
  codes: ReadonlyMap<string, string> | undefined,
): string | CellDefect {
  const code = codes ? codes.get(value.normalize('NFC')) : STRATUM_PART.test(value) ? value : undefined
  if (code !== undefined && !(isNullWord(value) && !codes)) return detach(code)
  const defect = (name: DefectName): CellDefect => ({ code: name, column, value: detach(value.slice(0, 80)) })
  if (value.trim() === '') return defect('missing_stratum')
  return defect(isNullWord(value) ? 'null_word' : 'unknown_stratum')
}
