// 严格按照计划确定的内容、时间、方式实施: a task that leaves its line waits for the line to be amended (REQ-PLAN-16).

import type { LineFacts } from '../../plans/index.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { grouped, isWithin, type Scope } from '../../registers/index.ts'
import { classOf, type Stratum } from '../scope/design.rules.ts'
import type { TaskFacts } from '../shapes.ts'

/** What of a task a line of the plan fixes. */
export const FIXED = [
  'lead',
  'field',
  'mode',
  'drawType',
  'level',
  'period',
  'method',
  'scope',
  'coverage',
  'participants',
  'items',
  'ratio',
  'draws',
] as const
export type Fixed = (typeof FIXED)[number]

/** An authority in a task: asked also when it has declined. Items are empty until it has chosen them. */
export interface TakingPart {
  readonly authorityId: string
  readonly takesPart: boolean
  readonly itemIds: readonly string[]
}

/** A task as it is held against its line. */
export type Disciplined = Pick<
  TaskFacts,
  | 'leadAuthorityId'
  | 'field'
  | 'mode'
  | 'drawType'
  | 'drawLevel'
  | 'inspectLevel'
  | 'startsOn'
  | 'endsOn'
  | 'methods'
  | 'scope'
  | 'design'
> & {
  /** Not given where it has no number yet. */
  readonly drawNo?: number | null
}

/** Why a task does not follow its line: the first thing in which it leaves it. `counted` once the frame is counted. */
export function whyNotFollow(
  line: LineFacts,
  task: Disciplined,
  parts: readonly TakingPart[],
  counted?: readonly Stratum[],
): Refusal | undefined {
  const left = FIXED.find((what) => LEAVES[what](line, task, parts, counted))
  if (left === undefined) return undefined
  const [plan, own] = SAID[left]?.(line, task, counted) ?? ['', '']
  return { code: 'task.leaves_plan', params: { what: left, plan, task: own }, law: STRICTLY }
}

/** Why a task may not draw from fewer than its line says: it does, by conditions of its own, and gives no reason (I2). */
export function whyNotNarrow(
  line: Pick<LineFacts, 'scope'>,
  { scope, narrowedReason }: Pick<TaskFacts, 'scope' | 'narrowedReason'>,
): Refusal | undefined {
  return narrowedReason === null && isNarrower(scope, line.scope)
    ? { code: 'task.narrowing_needs_reason', law: STRICTLY }
    : undefined
}

function isNarrower(scope: Scope, planned: Scope): boolean {
  return isWithin(scope, planned) && !isWithin(planned, scope)
}

/** A task of a line that is not cancelled, and which of the line's draws it is. */
export interface LineDraw {
  readonly drawNo: number
  readonly number: string
}

/** The next draw of a line that no task has; undefined where all that it allows are used. */
export function freeDraw({ draws }: Pick<LineFacts, 'draws'>, used: readonly LineDraw[]): number | undefined {
  const taken = new Set(used.map(({ drawNo }) => drawNo))
  for (let next = 1; next <= draws; next += 1) if (!taken.has(next)) return next
  return undefined
}

/** Why no task can be made of a line any more: each of its draws has one; an amendment may allow more (REQ-PLAN-16, I1). */
export function whyNotAnotherDraw(
  line: Pick<LineFacts, 'draws'>,
  used: readonly LineDraw[],
): Refusal | undefined {
  if (freeDraw(line, used) !== undefined) return undefined
  const tasks = used.map(({ number }) => number).join('、')
  return { code: 'task.line_draws_used', params: { draws: line.draws, tasks }, law: STRICTLY }
}

/** The key that says so, where a place does; it is held everywhere. */
const STRICTLY = 'plans.followed_strictly'

type Leaves = (
  line: LineFacts,
  task: Disciplined,
  parts: readonly TakingPart[],
  counted: readonly Stratum[] | undefined,
) => boolean

const LEAVES: Readonly<Record<Fixed, Leaves>> = {
  lead: (line, task) => line.leadAuthorityId !== task.leadAuthorityId,
  field: (line, task) => line.field !== task.field,
  mode: (line, task) => line.mode !== task.mode,
  drawType: (line, task) => line.drawType !== task.drawType,
  level: (line, task) => line.drawLevel !== task.drawLevel || line.inspectLevel !== task.inspectLevel,
  period: (line, task) => task.startsOn < line.startsOn || task.endsOn > line.endsOn,
  method: (line, task) =>
    line.methods.length > 0 && task.methods.some((method) => !line.methods.includes(method)),
  scope: (line, task) => !isWithin(task.scope, line.scope),
  coverage: (line, { design }) =>
    line.fullCoverage !== (design.kind === 'coverage') ||
    (design.kind === 'coverage' && line.batches !== null && design.batches !== line.batches),
  participants: (line, _, parts) =>
    parts.some(({ authorityId, takesPart }) => takesPart && partOf(line, authorityId) === undefined) ||
    line.parts.some(({ authorityId }) => parts.every((part) => part.authorityId !== authorityId)),
  items: (line, _, parts) =>
    parts.some(({ authorityId, takesPart, itemIds }) => {
      const planned = partOf(line, authorityId)?.itemIds ?? []
      return takesPart && itemIds.length > 0 && planned.length > 0 && !isSame(itemIds, planned)
    }),
  ratio: (line, { design }, _, counted) =>
    !line.fullCoverage && (counted === undefined ? differs(line, design) : isOff(line, counted)),
  draws: (line, { drawNo }) => (drawNo ?? 1) > line.draws,
}

const SAID: Partial<
  Record<
    Fixed,
    (line: LineFacts, task: Disciplined, counted: readonly Stratum[] | undefined) => readonly [string, string]
  >
> = {
  mode: (line, task) => [line.mode ?? '', task.mode ?? ''],
  drawType: (line, task) => [line.drawType, task.drawType],
  level: (line, task) => [`${line.drawLevel}/${line.inspectLevel}`, `${task.drawLevel}/${task.inspectLevel}`],
  period: (line, task) => [`${line.startsOn}—${line.endsOn}`, `${task.startsOn}—${task.endsOn}`],
  method: (line, task) => [line.methods.join('、'), task.methods.join('、')],
  draws: (line, { drawNo }) => [String(line.draws), String(drawNo ?? 1)],
  ratio: (line, { design }, counted) => [
    amountOf(line),
    counted
      ? String(drawnIn(counted))
      : design.kind === 'ratio'
        ? percent(design.ratio)
        : design.kind === 'total'
          ? String(design.n)
          : percent(10_000),
  ],
}

/** Before anything is counted: another ratio, another number. Shares by class are compared as they are written. */
function differs(line: LineFacts, design: TaskFacts['design']): boolean {
  if (line.quantity !== null) return design.kind === 'total' && design.n !== line.quantity
  if (line.ratio === null || design.kind !== 'ratio') return false
  const byClass = design.byClass ?? {}
  return Object.keys(byClass).length === 0 && !hasShares(line) && design.ratio !== line.ratio
}

/**
 * Once the frame is counted: not the planned number; or less than the planned share of it, or more than the share with
 * every stratum rounded up; of each class, where the plan tells classes apart.
 */
function isOff(line: LineFacts, counted: readonly Stratum[]): boolean {
  const drawn = drawnIn(counted)
  if (line.quantity !== null) return drawn !== line.quantity
  if (hasShares(line)) return areSharesOff(line, counted)
  return line.ratio !== null && isShareOff(line.ratio, counted)
}

/** Each class by itself: what the plan draws of the risky, another class does not make up for. */
function areSharesOff({ classRatios, ratio }: LineFacts, counted: readonly Stratum[]): boolean {
  const byClass = grouped(counted, ({ code }) => classOf(code))
  return [...byClass].some(
    ([letter, strata]) => letter === undefined || isShareOff(classRatios?.[letter] ?? ratio ?? 0, strata),
  )
}

function isShareOff(share: number, strata: readonly Stratum[]): boolean {
  const drawn = drawnIn(strata)
  const least = Math.ceil((strata.reduce((sum, { rows }) => sum + rows, 0) * share) / 10_000)
  return drawn < least || drawn > least + strata.length
}

function hasShares({ classRatios }: Pick<LineFacts, 'classRatios'>): boolean {
  return classRatios !== null && Object.keys(classRatios).length > 0
}

function drawnIn(counted: readonly Stratum[]): number {
  return counted.reduce((sum, { n }) => sum + n, 0)
}

function amountOf({ ratio, quantity, fullCoverage }: LineFacts): string {
  if (fullCoverage) return percent(10_000)
  return quantity === null ? percent(ratio ?? 0) : String(quantity)
}

function percent(basisPoints: number): string {
  return `${basisPoints / 100}%`
}

function partOf(line: LineFacts, authorityId: string) {
  return line.parts.find((part) => part.authorityId === authorityId)
}

function isSame(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id))
}
