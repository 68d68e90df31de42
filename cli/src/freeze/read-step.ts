// First step of a freeze: the file is read once; every row goes, judged, into sorted runs.

import { canonicalRow, openTable, type Row } from '@sunlot/sheets'
import { CommandError, stopIfAborted } from '../errors.ts'
import type { DefectName, PlanFile } from '../plan-file/index.ts'
import { openOptions } from './code-table.ts'
import { readExclusions } from './exclusion-list.ts'
import { rowJudge, type RowDefect, type Verdicts } from './judge-row.ts'
import { textHash } from './row-hash.ts'
import { SortedRuns } from './sorted-runs.ts'
import type { FreezeTools } from './tools.ts'

export type DefectCounts = Partial<Record<DefectName, number>>

/** What the first step leaves behind, beside the runs themselves. Plain JSON. */
export interface ReadState {
  readonly rows: number
  readonly blank: number
  /** Rows with damage in columns that the plan does not use. */
  readonly remarks: number
  /** Every defect met, with or without a policy, save duplicates. */
  readonly found: DefectCounts
  /** Defects without a policy: above 0 nothing can be committed. */
  readonly stopping: number
  readonly strataSeen: number
  readonly exclusionsUnknown: number
  readonly source: {
    readonly path: string
    readonly bytes: number
    readonly kind: string
    readonly encoding: string
  }
  readonly runs: {
    readonly subjects: readonly string[]
    readonly rejected: readonly string[]
    readonly defects: readonly string[]
  }
}

const MIB = 1 << 20
/** Strata beyond this are a wrongly mapped column. */
const MOST_STRATA = 100_000

/** Row numbers as rejected.tsv has them. */
export function rowNumber(n: number): string {
  return String(n).padStart(10, '0')
}

/** Reads the register into runs in `folder`. Throws SheetError, CommandError. */
export async function readRegisterRows(
  plan: PlanFile,
  folder: string,
  tools: FreezeTools,
): Promise<ReadState> {
  const hashOf = textHash(plan.alg)
  const exclusions = await readExclusions(plan, hashOf)
  const table = await openTable(plan.register.table.file, openOptions(plan.register.table))
  const judge = await rowJudge(plan, table, { hashOf, exclusions })
  const sink = new RunSink(folder, hashOf, plan.register.table.file)
  const task = tools.progress.task('progress.read', table.source.bytes, 'bytes')
  let rows = 0
  let blank = 0
  try {
    for await (const batch of table.rows()) {
      stopIfAborted(tools.signal)
      for (const row of batch.rows) judge(row, sink)
      rows += batch.rows.length
      blank += batch.blank
      task.at(batch.bytesRead, rows)
    }
  } catch (error) {
    task.fail()
    throw error
  }
  task.done(rows)
  const stated = plan.register.rows
  if (stated !== undefined && stated !== rows)
    throw new CommandError('register_rows', { file: plan.register.table.file, stated, rows })
  sink.unknownExclusions([...exclusions.keys()], plan.policies.exclusion_unknown !== undefined)
  return { rows, blank, ...sink.finish(), source: sourceOf(table.source) }
}

function sourceOf(source: {
  path: string
  bytes: number
  kind: string
  encoding?: string
}): ReadState['source'] {
  return { path: source.path, bytes: source.bytes, kind: source.kind, encoding: source.encoding ?? '' }
}

/** Takes the judge's verdicts into runs. */
class RunSink implements Verdicts {
  readonly #subjects: SortedRuns
  readonly #rejected: SortedRuns
  readonly #defects: SortedRuns
  readonly #hashOf: (text: string) => string
  readonly #file: string
  readonly #found: DefectCounts = {}
  readonly #strata = new Set<string>()
  readonly #excludedIds = new Set<string>()
  #stopping = 0
  #remarks = 0
  #unknown = 0

  constructor(folder: string, hashOf: (text: string) => string, file: string) {
    this.#hashOf = hashOf
    this.#file = file
    this.#subjects = new SortedRuns(folder, 'subjects', { encoding: 'latin1', arenaBytes: 64 * MIB })
    this.#rejected = new SortedRuns(folder, 'rejected', { encoding: 'latin1', arenaBytes: 16 * MIB })
    this.#defects = new SortedRuns(folder, 'defects', { encoding: 'utf8', arenaBytes: 16 * MIB })
  }

  defect(row: Row, defect: RowDefect, handled: boolean): void {
    this.#found[defect.code] = (this.#found[defect.code] ?? 0) + 1
    if (handled) return
    this.#stopping++
    this.#defects.add(defectLine(row.number, defect))
  }

  subject(row: Row, id: string, line: { stratum: string; weight: string; demand: string }): void {
    const { stratum, weight, demand } = line
    if (!this.#strata.has(stratum)) {
      this.#strata.add(stratum)
      if (this.#strata.size > MOST_STRATA)
        throw new CommandError('too_many_strata', { file: this.#file, most: MOST_STRATA })
    }
    this.#subjects.add(`${this.#key(row, id)}\tP\t${stratum}\t${weight}\t${demand}`)
  }

  excluded(row: Row, id: string, { reason, evidence }: { reason: string; evidence: string }): void {
    this.#excludedIds.add(Buffer.from(id, 'latin1').toString('latin1'))
    this.#subjects.add(`${this.#key(row, id)}\tX\t${reason}\t${evidence}\t`)
  }

  rejected(row: Row, reason: DefectName): void {
    this.#rejected.add(`${rowNumber(row.number)}\t${reason}\t${this.#hashOf(canonicalRow(row.cells))}`)
  }

  blocked(row: Row, id: string): void {
    this.#subjects.add(`${this.#key(row, id)}\tB\t\t\t`)
  }

  remark(): void {
    this.#remarks++
  }

  unknownExclusions(ids: readonly string[], handled: boolean): void {
    for (const id of ids) {
      if (this.#excludedIds.has(id)) continue
      this.#unknown++
      this.#found.exclusion_unknown = this.#unknown
      if (handled) continue
      this.#stopping++
      this.#defects.add(defectLine(0, { code: 'exclusion_unknown', column: '', value: id }))
    }
  }

  finish(): Omit<ReadState, 'rows' | 'blank' | 'source'> {
    return {
      remarks: this.#remarks,
      found: this.#found,
      stopping: this.#stopping,
      strataSeen: this.#strata.size,
      exclusionsUnknown: this.#unknown,
      runs: {
        subjects: this.#subjects.finish(),
        rejected: this.#rejected.finish(),
        defects: this.#defects.finish(),
      },
    }
  }

  #key(row: Row, id: string): string {
    return `${id}\t${rowNumber(row.number)}\t${this.#hashOf(canonicalRow(row.cells))}`
  }
}

/** A line of the defects' runs: row, code, column, value; `other` is the row that has the id first. */
export function defectLine(row: number, defect: RowDefect, other = ''): string {
  return [rowNumber(row), defect.code, oneLine(defect.column), oneLine(defect.value), other].join('\t')
}

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- they would break the line
  return text.replaceAll(/[\u0000-\u001f\u007f]/g, ' ').slice(0, 80)
}
