// Reads the inspectors: who they are, whose, what they may inspect, and whom they must not.

import { isNullWord } from '@sunlot/draw'
import { columnOf, detach, openTable, type Row, type Table } from '@sunlot/sheets'
import { CommandError, type Saying, stopIfAborted } from '../errors.ts'
import { AUTHORITY, CLASS } from '../plan-file/grammar.ts'
import type { PlanFile } from '../plan-file/index.ts'
import type { InspectorSpec } from '../plan-file/people.ts'
import { openOptions } from './code-table.ts'
import { judgeId } from './subject-id.ts'
import type { FreezeTools } from './tools.ts'

/** One inspector. Names leave this process in nothing but the office's own files. */
export interface InspectorRow {
  readonly staffNo: string
  readonly name: string
  readonly authority: string
  /** Qualification classes, ascending. */
  readonly classes: readonly string[]
  /** Ids of subjects that he must not inspect, ascending. */
  readonly conflicts: readonly string[]
}

/** The inspectors of a plan, in the order of the file. */
export interface FrozenInspectors {
  readonly rows: number
  readonly people: readonly InspectorRow[]
  /** People of authorities that no demand names, left out as the plan says. */
  readonly others: number
}

const FIRST = 20
const STAFF_NO = /^\S{1,64}$/

/**
 * Reads the inspectors of a plan. People of authorities that no demand names are left out
 * where the plan says so, and counted aloud. Throws CommandError `inspector_defects` with the first twenty faulty rows.
 */
export async function freezeInspectors(plan: PlanFile, tools: FreezeTools): Promise<FrozenInspectors> {
  const spec = plan.inspectors
  if (!spec) return { rows: 0, people: [], others: 0 }
  const table = await openTable(spec.table.file, openOptions(spec.table))
  const read = personReader(plan, spec, table)
  const task = tools.progress.task('progress.inspectors', table.source.bytes, 'bytes')
  const people: InspectorRow[] = []
  const seen = new Map<string, number>()
  const bad: Saying[] = []
  let rows = 0
  let others = 0
  let faults = 0
  for await (const batch of table.rows()) {
    stopIfAborted(tools.signal)
    for (const row of batch.rows) {
      rows++
      const found = read(row)
      if ('code' in found) {
        if (found.code === 'inspector.other_authority' && spec.others === 'leave_out') others++
        else if (++faults <= FIRST) bad.push(found)
        continue
      }
      const before = seen.get(found.staffNo)
      if (before === undefined) {
        seen.set(found.staffNo, row.number)
        people.push(found)
      } else if (++faults <= FIRST)
        bad.push({
          code: 'inspector.twice',
          params: { row: row.number, value: found.staffNo, other: before },
        })
    }
    task.at(batch.bytesRead, rows)
  }
  task.done(rows)
  if (faults > 0)
    throw new CommandError('inspector_defects', { file: spec.table.file, count: faults }, { details: bad })
  if (others > 0) tools.progress.note('progress.other_inspectors', { others })
  return { rows, people, others }
}

type ReadPerson = (row: Row) => InspectorRow | Saying

function personReader(plan: PlanFile, spec: InspectorSpec, table: Table): ReadPerson {
  const at = {
    staffNo: columnOf(table, spec.columns.staffNo),
    authority: columnOf(table, spec.columns.authority),
    name: optionalColumn(table, spec.columns.name),
    classes: optionalColumn(table, spec.columns.classes),
    conflicts: optionalColumn(table, spec.columns.conflicts),
  }
  const asked = new Set(plan.demands.flatMap((d) => d.authorities.map((a) => a.authority)))
  return (row) => {
    const cell = (index: number | undefined): string =>
      index === undefined ? '' : detach((row.cells[index] ?? '').normalize('NFC').trim())
    const say = (code: string, value: string): Saying => ({
      code: `inspector.${code}`,
      params: { row: row.number, value: value.slice(0, 60) },
    })
    if (row.defects) return say('row', row.defects.map((d) => d.code).join(', '))
    const staffNo = cell(at.staffNo)
    if (staffNo === '' || isNullWord(staffNo)) return say('no_staff_no', staffNo)
    if (!STAFF_NO.test(staffNo)) return say('staff_no', staffNo)
    const authorityWords = cell(at.authority)
    const authority = spec.authorities.get(authorityWords) ?? authorityWords
    if (!AUTHORITY.test(authority)) return say('authority', authorityWords)
    if (!asked.has(authority)) return say('other_authority', authorityWords)
    const classes: string[] = []
    for (const words of entriesOf(cell(at.classes))) {
      const name = spec.classes.get(words) ?? words
      if (!CLASS.test(name)) return say('class', words)
      classes.push(name)
    }
    const conflicts: string[] = []
    for (const words of entriesOf(cell(at.conflicts))) {
      const { text, defects, usable } = judgeId(words)
      if (!usable || defects.some((d) => !isTaken(plan, d))) return say('conflict', words)
      conflicts.push(text)
    }
    return {
      staffNo,
      name: cell(at.name),
      authority,
      classes: ascending(classes),
      conflicts: ascending(conflicts),
    }
  }
}

// A conflict must name the subject by the very id that the population has: spellings as the plan takes them there.
function isTaken({ policies }: PlanFile, defect: keyof PlanFile['policies']): boolean {
  const policy = policies[defect]
  return policy !== undefined && policy !== 'leave_out'
}

function optionalColumn(table: Table, name: string | undefined): number | undefined {
  return name === undefined ? undefined : columnOf(table, name)
}

/** The entries of a cell: separated by commas, Chinese or not, semicolons, 顿号, blanks or line breaks. */
function entriesOf(cell: string): string[] {
  return isNullWord(cell) ? [] : cell.split(/[,，、;；\s]+/).filter((entry) => entry !== '')
}

function ascending(texts: readonly string[]): string[] {
  return [...new Set(texts)].toSorted()
}
