// Who is in the register but not in the draw, each with one named reason: from a file, then by rules over the columns.

import { columnOf, detach, openTable, type Table } from '@sunlot/sheets'
import { CommandError, type Saying } from '../errors.ts'
import type { PlanFile } from '../plan-file/index.ts'
import { HEX64, REASON } from '../plan-file/grammar.ts'
import { openOptions } from './code-table.ts'
import type { TextHash } from './row-hash.ts'
import { judgeId } from './subject-id.ts'

/** Why a subject is excluded, and H of what shows it. */
export interface Exclusion {
  readonly reason: string
  readonly evidence: string
}

/** The exclusions of the file by id. Throws CommandError `exclusion_defects` with the first twenty bad rows. */
export async function readExclusions(
  plan: PlanFile,
  hashOf: TextHash,
): Promise<ReadonlyMap<string, Exclusion>> {
  const found = new Map<string, Exclusion>()
  const { list } = plan.exclusions
  if (!list) return found
  const table = await openTable(list.table.file, openOptions(list.table))
  const [idAt, reasonAt, evidenceAt] = [list.id, list.reason, list.evidence].map((c) => columnOf(table, c))
  const bad: Saying[] = []
  let count = 0
  for await (const { rows } of table.rows())
    for (const row of rows) {
      const cell = (at: number | undefined): string => detach((row.cells[at ?? 0] ?? '').normalize('NFC'))
      const id = judgeId(cell(idAt))
      const words = cell(reasonAt)
      const reason = list.reasons.get(words) ?? words
      const evidence = cell(evidenceAt).trim()
      const problem = row.defects
        ? 'row'
        : !id.usable || !spellingAllowed(plan, id.defects)
          ? 'id'
          : !REASON.test(reason)
            ? 'reason'
            : evidence === ''
              ? 'evidence'
              : found.has(id.text)
                ? 'twice'
                : undefined
      if (problem === undefined) {
        found.set(id.text, { reason, evidence: HEX64.test(evidence) ? evidence : hashOf(evidence) })
        continue
      }
      count++
      if (bad.length < 20)
        bad.push({ code: `exclusion.${problem}`, params: { row: row.number, id: cell(idAt), reason: words } })
    }
  if (count > 0)
    throw new CommandError('exclusion_defects', { file: list.table.file, count }, { details: bad })
  return found
}

// Other spellings are taken only as the plan takes them in the register.
function spellingAllowed(plan: PlanFile, defects: readonly string[]): boolean {
  const { spaces, full_width: wide, lower_case: lower } = plan.policies
  return defects.every(
    (d) =>
      (d !== 'spaces' || spaces === 'remove') &&
      (d !== 'full_width' || wide === 'as_half') &&
      (d !== 'lower_case' || lower === 'as_upper'),
  )
}

/** The first rule that a row falls under, as its reason. */
export type ReasonByRule = (cells: readonly string[]) => string | undefined

/** Prepares the rules over a table's columns, and names the columns used. */
export function exclusionRules(
  plan: PlanFile,
  table: Table,
): { readonly columns: readonly number[]; readonly reasonOf: ReasonByRule } {
  const rules = plan.exclusions.rules.map((rule) => ({
    at: columnOf(table, rule.column),
    is: new Set(rule.is),
    reason: rule.reason,
  }))
  return {
    columns: rules.map((rule) => rule.at),
    reasonOf: (cells) => rules.find(({ at, is }) => is.has(cells[at] ?? ''))?.reason,
  }
}
