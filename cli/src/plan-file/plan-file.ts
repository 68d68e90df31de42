// The plan file: one YAML file that says everything a person decides about a draw. Read whole, refused with all faults.

import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { CommandError } from '../errors.ts'
import { type DesignSpec, designSpec } from './design.ts'
import { fault, FaultCollector, planError, PlanFaults } from './faults.ts'
import { AUTHORITY, HEX64, ID } from './grammar.ts'
import {
  type DemandSpec,
  demandSpecs,
  type InspectorSpec,
  type MatchingSpec,
  matchingSpec,
  type PoolSpec,
  poolSpecs,
  readInspectorSpec,
} from './people.ts'
import { checkPeople } from './people-rules.ts'
import { type Policies, policies } from './policies.ts'
import { type ExclusionSpec, readExclusionSpec, readRegister, type RegisterSpec } from './register.ts'
import { code, integer, map, oneOf, placed, type Placed, type Rule, time, words, yesNo } from './rules.ts'
import { checkSourceTimes, type SourceSpec, sourceSpecs } from './sources.ts'
import { parsePlanYaml, type PlanNode } from './yaml-node.ts'

/** A plan file as read; paths in it are absolute, times are unix seconds. */
export interface PlanFile {
  /** The path as given, for messages. */
  readonly path: string
  readonly folder: string
  /** The file's bytes, which bind a resumed freeze. */
  readonly bytes: Uint8Array
  readonly drawId: string
  readonly authority: string
  readonly oversight: string
  readonly supersedes?: string
  readonly plan: {
    readonly ref: string
    readonly drawNo: number
    readonly draws: number
    /** Who is in the population, in words; the plan entry has its hash. */
    readonly filter: string
    readonly note?: string
  }
  readonly times: {
    readonly at: number | 'now'
    readonly closeBy: number
    readonly certifyBy: number
    readonly openAt?: number
  }
  readonly alg: 'sha256' | 'sm3'
  readonly sealed: boolean
  readonly register: RegisterSpec
  readonly exclusions: ExclusionSpec
  readonly policies: Policies
  readonly design: DesignSpec
  readonly maxSkips: number
  readonly inspectors?: InspectorSpec
  readonly demands: readonly DemandSpec[]
  readonly pools: ReadonlyMap<string, PoolSpec>
  readonly matching: MatchingSpec
  /** Without the close and the two secrets of a sealed draw, which `commit` adds. */
  readonly sources: readonly SourceSpec[]
  /** Key files of the two signers. */
  readonly keys?: { readonly authority?: string; readonly oversight?: string }
  /** The folder of the local log. */
  readonly log?: string
  readonly software?: { readonly name?: string; readonly version?: string; readonly folder?: string }
  readonly note?: string
}

/** Reads and checks a plan file. Throws CommandError `plan_faults` (with every fault) or `plan_not_found`. */
export async function readPlanFile(path: string): Promise<PlanFile> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new CommandError('plan_not_found', { file: path })
    throw error
  })
  return parsePlanFile(path, bytes)
}

/** The same from bytes. */
export function parsePlanFile(path: string, bytes: Uint8Array): PlanFile {
  let source: string
  try {
    source = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CommandError('plan_not_utf8', { file: path })
  }
  try {
    return readTop(parsePlanYaml(source), { path, bytes, folder: dirname(resolve(path)) })
  } catch (error) {
    throw error instanceof PlanFaults ? planError(path, error) : error
  }
}

const asNode: Rule<PlanNode> = (node) => node
const authority = code(AUTHORITY, 'authority')

const atTime: Rule<number | 'now'> = (node) => (words(node) === 'now' ? 'now' : time(node))

const top = map(
  {
    draw_id: code(ID, 'id'),
    authority,
    oversight: placed(authority),
    plan: map(
      { ref: code(ID, 'id'), draw_no: placed(integer(1)), draws: integer(1), filter: words },
      { note: words },
    ),
    times: map({ close_by: time, certify_by: placed(time) }, { at: placed(atTime), open_at: placed(time) }),
    register: asNode,
    design: designSpec,
    sources: placed(sourceSpecs),
  },
  {
    supersedes: code(HEX64, 'hex64'),
    note: words,
    alg: oneOf('sha256', 'sm3'),
    sealed: placed(yesNo),
    codes: asNode,
    class_rule: asNode,
    exclusions: asNode,
    defects: policies,
    max_skips: integer(0),
    inspectors: asNode,
    demands: demandSpecs,
    pools: poolSpecs,
    matching: matchingSpec,
    keys: map({}, { authority: words, oversight: words }),
    log: words,
    software: map({}, { name: code(ID, 'id'), version: code(ID, 'id'), folder: words }),
  },
)

function readTop(
  node: PlanNode,
  file: { readonly path: string; readonly bytes: Uint8Array; readonly folder: string },
): PlanFile {
  const kept = new FaultCollector()
  const read = kept.try(() => top(node))
  if (!read) return kept.throwIfAny() as never
  const register = kept.try(() =>
    readRegister(
      {
        register: read.register,
        ...(read.codes ? { codes: read.codes } : {}),
        ...(read.class_rule ? { classRule: read.class_rule } : {}),
      },
      file.folder,
    ),
  )
  const exclusions = kept.try(() => readExclusionSpec(read.exclusions, file.folder))
  const inspectors = read.inspectors
    ? kept.try(() => readInspectorSpec(read.inspectors as PlanNode, file.folder))
    : undefined
  const matching = read.matching ?? { path: 'matching', line: node.line, mode: 'none' as const }
  const sealed = read.sealed?.value ?? false
  kept.try(() => checkTop(read, sealed))
  kept.try(() => checkTimes(read.times, sealed))
  kept.try(() => checkSourceTimes(read.sources.value, read.times.close_by))
  kept.throwIfAny()
  if (!register || !exclusions) throw new Error('unreachable')
  const plan: PlanFile = {
    ...file,
    drawId: read.draw_id,
    authority: read.authority,
    oversight: read.oversight.value,
    ...(read.supersedes ? { supersedes: read.supersedes } : {}),
    plan: {
      ref: read.plan.ref,
      drawNo: read.plan.draw_no.value,
      draws: read.plan.draws,
      filter: read.plan.filter,
      ...(read.plan.note ? { note: read.plan.note } : {}),
    },
    times: {
      at: read.times.at?.value ?? 'now',
      closeBy: read.times.close_by,
      certifyBy: read.times.certify_by.value,
      ...(read.times.open_at ? { openAt: read.times.open_at.value } : {}),
    },
    alg: read.alg ?? 'sha256',
    sealed,
    register,
    exclusions,
    policies: read.defects ?? {},
    design: read.design,
    maxSkips: read.max_skips ?? 0,
    ...(inspectors ? { inspectors } : {}),
    demands: read.demands ?? [],
    pools: read.pools ?? new Map(),
    matching,
    sources: read.sources.value.map((s) => s.value),
    ...places(read, file.folder),
    ...(read.note ? { note: read.note } : {}),
  }
  checkPeople(plan, { path: '', line: node.line })
  return plan
}

type Top = ReturnType<typeof top>

function places(read: Top, folder: string): Pick<PlanFile, 'keys' | 'log' | 'software'> {
  const { keys, log, software } = read
  const at = (path: string): string => resolve(folder, path)
  return {
    ...(keys
      ? {
          keys: {
            ...(keys.authority ? { authority: at(keys.authority) } : {}),
            ...(keys.oversight ? { oversight: at(keys.oversight) } : {}),
          },
        }
      : {}),
    ...(log ? { log: at(log) } : {}),
    ...(software
      ? { software: { ...software, ...(software.folder ? { folder: at(software.folder) } : {}) } }
      : {}),
  }
}

function checkTop(read: Top, sealed: boolean): void {
  const kept = new FaultCollector()
  if (read.authority === read.oversight.value) kept.add(read.oversight, 'same_authority')
  const { draw_no: number, draws } = read.plan
  if (number.value > draws) kept.add(number, 'draw_no_above', { draw_no: number.value, draws })
  const openAt = read.times.open_at
  if (sealed && !openAt) kept.add(read.sealed as Placed<boolean>, 'sealed_without_open_at')
  if (!sealed && openAt) kept.add(openAt, 'open_at_without_sealed')
  kept.throwIfAny()
}

function checkTimes(times: Top['times'], sealed: boolean): void {
  const kept = new FaultCollector()
  if (times.certify_by.value <= times.close_by) kept.add(times.certify_by, 'certify_before_close')
  if (times.at && times.at.value !== 'now' && times.at.value >= times.close_by)
    kept.add(times.at, 'at_after_close')
  if (sealed && times.open_at && times.open_at.value < times.close_by)
    kept.add(times.open_at, 'open_before_close')
  kept.throwIfAny()
}

/** The instant of commitment: the stated one or the clock's. Throws where it is not before close_by. */
export function commitTime(plan: PlanFile, now: number): number {
  const at = plan.times.at === 'now' ? now : plan.times.at
  if (at >= plan.times.closeBy) {
    const place = { path: 'times.close_by', line: 0 }
    throw planError(plan.path, fault(place, 'close_by_passed'))
  }
  return at
}
