// What becomes of one row of the register: a subject, an exclusion, a rejected row — or a defect without a policy.

import { canonicalRow, columnOf, type Row, type Table } from '@sunlot/sheets'
import { CommandError } from '../errors.ts'
import { CLASS, WEIGHT } from '../plan-file/grammar.ts'
import type { DefectName, PlanFile } from '../plan-file/index.ts'
import { loadCodes } from './code-table.ts'
import { type Exclusion, exclusionRules } from './exclusion-list.ts'
import type { TextHash } from './row-hash.ts'
import { type CellDefect, stratumReader } from './stratum.ts'
import { judgeId } from './subject-id.ts'

/** A defect of a row, as the report names it. */
export interface RowDefect {
  readonly code: DefectName
  readonly column: string
  readonly value: string
}

/** Where the judge puts what he decided. */
export interface Verdicts {
  /** A defect was met: with a policy (`handled`) or without. */
  defect(row: Row, defect: RowDefect, handled: boolean): void
  subject(
    row: Row,
    id: string,
    line: { readonly stratum: string; readonly weight: string; readonly demand: string },
  ): void
  excluded(row: Row, id: string, exclusion: Exclusion): void
  rejected(row: Row, reason: DefectName): void
  /** A row that stops the freeze, whose id still counts when duplicates are looked for. */
  blocked(row: Row, id: string): void
  /** Damage in a column that the plan does not use. */
  remark(row: Row): void
}

/** Judges a row. */
export type Judge = (row: Row, to: Verdicts) => void

/** Prepares the judging of a register's rows. Throws SheetError or CommandError where columns or codes are missing. */
export async function rowJudge(
  plan: PlanFile,
  table: Table,
  tools: { readonly hashOf: TextHash; readonly exclusions: ReadonlyMap<string, Exclusion> },
): Promise<Judge> {
  const { register: spec, policies } = plan
  const idAt = columnOf(table, spec.id)
  const strata = await stratumReader(spec, table)
  const rules = exclusionRules(plan, table)
  const weight = weightReader(spec.weight, table)
  const demand = await demandReader(plan, table)
  const used = new Set(
    [idAt, ...strata.columns, ...rules.columns, ...weight.columns, ...demand.columns].map((at) => at + 1),
  )

  return (row, to) => {
    let blocked = false
    /** Tells a defect; true where the row goes no further. */
    const meets = (defect: RowDefect): boolean => {
      const policy = policies[defect.code]
      to.defect(row, defect, policy !== undefined)
      if (policy === undefined) blocked = true
      else if (policy === 'leave_out') {
        to.rejected(row, defect.code)
        return true
      }
      return false
    }
    if (row.defects) {
      const { stop, remark } = shapeOf(row, used, table)
      if (remark) to.remark(row)
      // The cells of a row that is broken cannot be trusted to stand in their columns.
      if (stop) return void meets(stop)
    }
    const { cells } = row
    const cell = cells[idAt] as string
    const id = judgeId(cell)
    for (const code of id.defects) if (meets({ code, column: spec.id, value: cell })) return
    if (!id.usable) return
    const byFile = tools.exclusions.get(id.text)
    const byRule = byFile ? undefined : rules.reasonOf(cells)
    const exclusion =
      byFile ??
      (byRule === undefined ? undefined : { reason: byRule, evidence: tools.hashOf(canonicalRow(cells)) })
    if (exclusion) return blocked ? to.blocked(row, id.text) : to.excluded(row, id.text, exclusion)
    const stratum = strata.stratumOf(cells, id.text)
    if (typeof stratum !== 'string' && meets(stratum)) return
    const weighs = weight.read(cells)
    if (typeof weighs !== 'string' && meets(weighs)) return
    const needs = demand.read(cells)
    if (typeof needs !== 'string' && meets(needs)) return
    if (blocked || typeof stratum !== 'string' || typeof weighs !== 'string' || typeof needs !== 'string')
      return to.blocked(row, id.text)
    to.subject(row, id.text, { stratum, weight: weighs, demand: needs })
  }
}

function shapeOf(
  row: Row,
  used: ReadonlySet<number>,
  table: Table,
): { readonly stop?: RowDefect; readonly remark: boolean } {
  let remark = false
  const first = (row.cells[0] ?? '').slice(0, 40)
  // What is missing behind the cut no policy can make good.
  if (row.defects?.some(({ code }) => code === 'cut'))
    throw new CommandError('register_cut', {
      file: table.source.path,
      row: row.number,
      line: row.line ?? row.number,
    })
  for (const defect of row.defects ?? []) {
    const { code, column } = defect
    if (code === 'width')
      return {
        stop: { code: 'wrong_width', column: `${defect.found}/${defect.expected}`, value: first },
        remark,
      }
    if (code === 'quote') return { stop: { code: 'broken_quotes', column: '', value: first }, remark }
    if (column === undefined || used.has(column)) {
      const name = column === undefined ? '' : (table.header[column - 1] ?? '')
      const value = column === undefined ? first : (row.cells[column - 1] ?? '').slice(0, 40)
      return { stop: { code: 'damaged_text', column: name, value }, remark }
    }
    remark = true
  }
  return { remark }
}

interface CellReader {
  readonly columns: readonly number[]
  read(cells: readonly string[]): string | CellDefect
}

function weightReader(column: string | undefined, table: Table): CellReader {
  if (column === undefined) return { columns: [], read: () => '1' }
  const at = columnOf(table, column)
  const read = (cells: readonly string[]): string | CellDefect => {
    const value = cells[at] ?? ''
    return WEIGHT.test(value) ? value : { code: 'bad_weight', column, value }
  }
  return { columns: [at], read }
}

async function demandReader(plan: PlanFile, table: Table): Promise<CellReader> {
  const { demand } = plan.register
  if (!demand) return { columns: [], read: () => '' }
  const at = columnOf(table, demand.column)
  const codes = demand.codes ? await loadCodes(demand.codes, CLASS) : undefined
  const known = new Set(plan.demands.map((d) => d.code))
  const read = (cells: readonly string[]): string | CellDefect => {
    const value = cells[at] ?? ''
    const code = codes ? codes.get(value.normalize('NFC')) : value
    return code !== undefined && known.has(code)
      ? code
      : { code: 'unknown_demand', column: demand.column, value }
  }
  return { columns: [at], read }
}
