// Freezes a register: from a file as offices have it to the sorted lists that a commitment binds, every row accounted for.

import { mkdir, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, resolve } from 'node:path'
import type { PlanFile } from '../plan-file/index.ts'
import { defectsError } from './defect-report.ts'
import { type MergeState, mergeRegister } from './merge-step.ts'
import { fingerprintOf, handOver, Partial } from './partial.ts'
import { type DefectCounts, readRegisterRows, type ReadState } from './read-step.ts'
import { tellFrozen } from './summary.ts'
import type { FreezeTools } from './tools.ts'

/** The counts of a frozen register: rows = population + excluded + rejected. */
export interface FrozenRegister {
  readonly rows: number
  /** Rows without any text, which are no rows of the register. */
  readonly blank: number
  readonly population: number
  readonly excluded: number
  readonly rejected: number
  /** Ascending by code. */
  readonly strata: readonly { readonly code: string; readonly rows: number }[]
  readonly excludedBy: Readonly<Record<string, number>>
  readonly rejectedBy: Readonly<Record<string, number>>
  /** Every defect met and dealt with as the plan states, with how often. */
  readonly found: DefectCounts
  /** Ids that stand in several rows. */
  readonly duplicateIds: number
  /** Rows with damaged text in columns that the plan does not use; taken as they are. */
  readonly remarks: number
  readonly source: ReadState['source']
  /** Steps that an earlier, interrupted run had completed: `read`, `lists`. */
  readonly reused: readonly string[]
}

/**
 * Writes population.tsv, exclusions.tsv, rejected.tsv (and demands.tsv where the register says who demands what) into
 * `outDir`, a folder that is not yet the bundle. Completed steps are kept in `.sunlot-partial` beside it.
 * Throws CommandError `register_defects` with a report beside the plan, SheetError, or an error of the system.
 */
export async function freezeRegister(
  plan: PlanFile,
  outDir: string,
  tools: FreezeTools,
): Promise<FrozenRegister> {
  const partial = await Partial.open(outDir, await fingerprintOf(plan))
  const reused: string[] = []
  try {
    const read = await readOnce(plan, partial, tools, reused)
    const merged = await mergeOnce(plan, read, partial, tools, reused)
    await mkdir(outDir, { recursive: true })
    for (const name of Object.keys(merged.files))
      await handOver(join(partial.folder, 'lists', name), join(outDir, name))
    const result = frozen(read, merged, reused)
    tellFrozen(plan, result, tools)
    return result
  } finally {
    await partial.release()
  }
}

/** Where the report of defects stands: beside the plan, with its name. */
export function reportPath(plan: PlanFile): string {
  const name = basename(plan.path, extname(plan.path))
  return join(dirname(resolve(plan.path)), `${name}.defects.csv`)
}

async function readOnce(
  plan: PlanFile,
  partial: Partial,
  tools: FreezeTools,
  reused: string[],
): Promise<ReadState> {
  const kept = await partial.kept<ReadState>('read')
  if (kept && (await allThere(runsOf(kept)))) {
    reused.push('read')
    tools.progress.note('progress.reused_read', { rows: kept.rows })
    return kept
  }
  await partial.forget('lists')
  const folder = await partial.emptyFolder('read')
  try {
    const state = await readRegisterRows(plan, folder, tools)
    await partial.keep('read', state)
    return state
  } catch (error) {
    await partial.forget('read')
    throw error
  }
}

async function mergeOnce(
  plan: PlanFile,
  read: ReadState,
  partial: Partial,
  tools: FreezeTools,
  reused: string[],
): Promise<MergeState> {
  const kept = await partial.kept<MergeState>('lists')
  if (kept && (await sizesHold(join(partial.folder, 'lists'), kept.files))) {
    reused.push('lists')
    tools.progress.note('progress.reused_lists', { rows: kept.population })
    return kept
  }
  const folder = await partial.emptyFolder('lists')
  try {
    const merged = await mergeRegister(plan, read, folder, tools)
    if (read.stopping + merged.stopping > 0)
      throw await defectsError(plan, [...read.runs.defects, ...merged.defects], reportPath(plan), tools.t)
    const sum = merged.population + merged.excluded + merged.rejected
    if (sum !== read.rows) throw new Error(`${read.rows} rows were read but ${sum} are accounted for`)
    await rm(reportPath(plan), { force: true })
    await partial.keep('lists', merged)
    return merged
  } catch (error) {
    await partial.forget('lists')
    throw error
  }
}

function frozen(read: ReadState, merged: MergeState, reused: readonly string[]): FrozenRegister {
  const { population, excluded, rejected, strata, excludedBy, rejectedBy, duplicateIds, duplicateRows } =
    merged
  return {
    rows: read.rows,
    blank: read.blank,
    population,
    excluded,
    rejected,
    strata,
    excludedBy,
    rejectedBy,
    found: { ...read.found, ...(duplicateRows > 0 ? { duplicate_id: duplicateRows } : {}) },
    duplicateIds,
    remarks: read.remarks,
    source: read.source,
    reused,
  }
}

function runsOf({ runs }: ReadState): string[] {
  return [...runs.subjects, ...runs.rejected, ...runs.defects]
}

async function allThere(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map((path) =>
      stat(path).then(
        (s) => s.size > 0,
        () => false,
      ),
    ),
  )
  return found.every(Boolean)
}

async function sizesHold(folder: string, sizes: Readonly<Record<string, number>>): Promise<boolean> {
  const found = await Promise.all(
    Object.entries(sizes).map(([name, size]) =>
      stat(join(folder, name)).then(
        (s) => s.size === size,
        () => false,
      ),
    ),
  )
  return found.every(Boolean)
}
