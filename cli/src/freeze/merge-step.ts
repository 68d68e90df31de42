// Second step of a freeze: the runs are merged by id; equal ids meet; the lists are written in their order.

import { join } from 'node:path'
import { stopIfAborted } from '../errors.ts'
import type { PlanFile } from '../plan-file/index.ts'
import { LineWriter } from './line-writer.ts'
import { defectLine, type ReadState } from './read-step.ts'
import { mergeRuns, SortedRuns } from './sorted-runs.ts'
import type { FreezeTools } from './tools.ts'

/** What the second step counts. Plain JSON. */
export interface MergeState {
  readonly population: number
  readonly excluded: number
  readonly rejected: number
  readonly strata: readonly { readonly code: string; readonly rows: number }[]
  readonly excludedBy: Readonly<Record<string, number>>
  readonly rejectedBy: Readonly<Record<string, number>>
  /** Rows whose id stands in an earlier row; ids that stand in several rows. */
  readonly duplicateRows: number
  readonly duplicateIds: number
  /** Duplicates without a policy. */
  readonly stopping: number
  /** Runs of the duplicates, for the report. */
  readonly defects: readonly string[]
  /** File name to size, so that a kept file can be trusted. */
  readonly files: Readonly<Record<string, number>>
}

interface Entry {
  readonly id: string
  readonly row: string
  readonly hash: string
  readonly kind: string
  readonly a: string
  readonly b: string
  readonly demand: string
}

/** Merges the runs of a read register into lists in `folder`, which must not have them yet. */
export async function mergeRegister(
  plan: PlanFile,
  read: ReadState,
  folder: string,
  tools: FreezeTools,
): Promise<MergeState> {
  const lists = new Lists(folder, plan)
  const task = tools.progress.task('progress.merge', read.rows, 'rows')
  let rows = 0
  let group: Entry[] = []
  try {
    for (const batch of mergeRuns(read.runs.subjects, 'latin1')) {
      for (const line of batch) {
        const entry = entryOf(line)
        if (group.length > 0 && group[0]!.id !== entry.id) {
          lists.take(group)
          group = []
        }
        group.push(entry)
      }
      rows += batch.length
      task.at(rows, rows)
      await new Promise(setImmediate)
      stopIfAborted(tools.signal)
    }
    if (group.length > 0) lists.take(group)
    const state = lists.finish(read)
    task.done(rows)
    return state
  } catch (error) {
    task.fail()
    lists.abandon()
    throw error
  }
}

function entryOf(line: string): Entry {
  const [id = '', row = '', hash = '', kind = '', a = '', b = '', demand = ''] = line.split('\t')
  return { id, row, hash, kind, a, b, demand }
}

class Lists {
  readonly #plan: PlanFile
  readonly #population: LineWriter
  readonly #exclusions: LineWriter
  readonly #demands: LineWriter | undefined
  readonly #folder: string
  readonly #late: SortedRuns
  readonly #defects: SortedRuns
  readonly #strata = new Map<string, number>()
  readonly #excludedBy: Record<string, number> = {}
  #duplicateRows = 0
  #duplicateIds = 0
  #stopping = 0

  constructor(folder: string, plan: PlanFile) {
    this.#plan = plan
    this.#folder = folder
    this.#population = new LineWriter(join(folder, 'population.tsv'))
    this.#exclusions = new LineWriter(join(folder, 'exclusions.tsv'))
    if (plan.register.demand) this.#demands = new LineWriter(join(folder, 'demands.tsv'))
    this.#late = new SortedRuns(folder, 'late', { encoding: 'latin1', arenaBytes: 16 << 20 })
    this.#defects = new SortedRuns(folder, 'duplicates', { encoding: 'utf8', arenaBytes: 16 << 20 })
  }

  /** All rows of one id, in the order of the file. */
  take(group: readonly Entry[]): void {
    const first = group[0] as Entry
    if (group.length === 1) return this.#write(first)
    this.#duplicateIds++
    this.#duplicateRows += group.length - 1
    const policy = this.#plan.policies.duplicate_id
    if (policy === undefined) {
      for (const entry of group.slice(1)) {
        this.#stopping++
        const defect = { code: 'duplicate_id', column: this.#plan.register.id, value: entry.id } as const
        this.#defects.add(defectLine(Number(entry.row), defect, String(Number(first.row))))
      }
      return
    }
    const left = policy === 'first_wins' ? group.slice(1) : group
    for (const { row, hash } of left) this.#late.add(`${row}\tduplicate_id\t${hash}`)
    if (policy === 'first_wins') this.#write(first)
  }

  finish(read: ReadState): MergeState {
    const population = this.#population.lines
    const excluded = this.#exclusions.lines
    const rejectedBy: Record<string, number> = {}
    const writer = new LineWriter(join(this.#folder, 'rejected.tsv'))
    for (const batch of mergeRuns([...read.runs.rejected, ...this.#late.finish()], 'latin1'))
      for (const line of batch) {
        const reason = line.slice(11, line.indexOf('\t', 11))
        rejectedBy[reason] = (rejectedBy[reason] ?? 0) + 1
        writer.line(line)
      }
    const rejected = writer.lines
    const files = {
      'population.tsv': this.#population.close(),
      'exclusions.tsv': this.#exclusions.close(),
      'rejected.tsv': writer.close(),
      ...(this.#demands ? { 'demands.tsv': this.#demands.close() } : {}),
    }
    const strata = [...this.#strata]
      .map(([code, rows]) => ({ code, rows }))
      .toSorted((a, b) => (a.code < b.code ? -1 : 1))
    return {
      population,
      excluded,
      rejected,
      strata,
      excludedBy: this.#excludedBy,
      rejectedBy,
      duplicateRows: this.#duplicateRows,
      duplicateIds: this.#duplicateIds,
      stopping: this.#stopping,
      defects: this.#defects.finish(),
      files,
    }
  }

  abandon(): void {
    for (const writer of [this.#population, this.#exclusions, this.#demands])
      try {
        writer?.abandon()
      } catch {
        // It was closed already; the failure that brought us here is the one to tell.
      }
  }

  #write(entry: Entry): void {
    if (entry.kind === 'P') {
      this.#population.line(`${entry.id}\t${entry.a}\t${entry.b}`)
      this.#demands?.line(`${entry.id}\t${entry.demand}`)
      this.#strata.set(entry.a, (this.#strata.get(entry.a) ?? 0) + 1)
    } else if (entry.kind === 'X') {
      this.#exclusions.line(`${entry.id}\t${entry.a}\t${entry.b}`)
      this.#excludedBy[entry.a] = (this.#excludedBy[entry.a] ?? 0) + 1
    }
  }
}
