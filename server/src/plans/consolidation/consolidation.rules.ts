// 汇总: joint tasks of many plans become one plan; tasks about the same subjects become one visit (REQ-PLAN-10, -15).

import type { Refusal } from '../../platform/refusal.ts'
import type { Scope } from '../../registers/index.ts'
import type { LinePart } from '../tables/line-values.rules.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import type { LineFacts, PlanKind, PlanState } from '../shapes.ts'

/** Why nothing is taken into a plan, nor merged in it: it is not the plan of all, or no draft. */
export function whyNotConsolidate({
  kind,
  state,
}: {
  readonly kind: PlanKind
  readonly state: PlanState
}): Refusal | undefined {
  return kind === 'consolidated'
    ? whyNotPlanStep({ state }, 'edit')
    : { code: 'consolidation.consolidated_only' }
}

/** Why lines cannot be taken: one of them was not submitted and received, or stands in the plan already. */
export function whyNotTaken(wanted: readonly string[], candidates: ReadonlySet<string>): Refusal | undefined {
  return wanted.every((id) => candidates.has(id)) ? undefined : { code: 'consolidation.not_a_candidate' }
}

/** Whether a line stands in a plan that is decided on: what is taken from another plan must not be a draft of somebody's. */
export function isFinal({ planState }: { readonly planState: PlanState }): boolean {
  return planState === 'approved' || planState === 'published'
}

/** Why two lines cannot become one visit: the same authority leads both, one is gone, or their periods do not meet. */
export function whyNotJoin(own: MergingLine, other: MergingLine): Refusal | undefined {
  if (own.leadAuthorityId === other.leadAuthorityId) return { code: 'consolidation.same_lead' }
  if (own.state !== 'planned' || other.state !== 'planned') return { code: 'consolidation.line_gone' }
  const { startsOn, endsOn } = common([own, other])
  return startsOn > endsOn ? { code: 'consolidation.periods_apart' } : undefined
}

/** What one's own line says when it takes in what others do at the same subjects: their items, in the common time. */
export function joinedLine(own: MergingLine, other: MergingLine, modes: readonly string[]) {
  return {
    mode: own.mode ?? other.mode ?? modes[0] ?? null,
    methods: [...new Set([...own.methods, ...other.methods])],
    ...common([own, other]),
    parts: unitedParts([own, other], own.leadAuthorityId),
  }
}

/** What somebody wants to make of several lines. */
export interface Merge {
  readonly taskName: string
  readonly leadAuthorityId: string
  /** Basis points. */
  readonly ratio?: number | undefined
  readonly quantity?: number | undefined
}

/** A line, as far as merging goes. */
export type MergingLine = Pick<
  LineFacts,
  | 'id'
  | 'number'
  | 'state'
  | 'tier'
  | 'field'
  | 'mode'
  | 'drawType'
  | 'crossRegion'
  | 'leadAuthorityId'
  | 'object'
  | 'scope'
  | 'fullCoverage'
  | 'ratio'
  | 'quantity'
  | 'draws'
  | 'frequencyLeast'
  | 'frequencyMost'
  | 'methods'
  | 'startsOn'
  | 'endsOn'
  | 'drawLevel'
  | 'inspectLevel'
> & {
  readonly content: string | null
  readonly sourceLineIds: readonly string[]
  readonly parts: readonly LinePart[]
}

/** Why lines cannot become one: fewer than two, one is gone, their periods do not meet, or the lead takes no part. */
export function whyNotMerge(
  lines: readonly MergingLine[],
  wanted: number,
  { leadAuthorityId, ratio, quantity }: Merge,
): Refusal | undefined {
  if (wanted < 2) return { code: 'consolidation.two_needed' }
  if (lines.length < wanted || lines.some(({ state }) => state !== 'planned'))
    return { code: 'consolidation.line_gone' }
  const { startsOn, endsOn } = common(lines)
  if (startsOn > endsOn) return { code: 'consolidation.periods_apart' }
  if (!lines.some(({ parts }) => parts.some(({ authorityId }) => authorityId === leadAuthorityId)))
    return { code: 'consolidation.lead_takes_no_part' }
  return ratio !== undefined && quantity !== undefined ? { code: 'planLine.ratio_or_quantity' } : undefined
}

/** Why lines cannot become one: another line of the plan was made of one of them already, and would be visited twice. */
export function whyNotTwice(
  standing: readonly Pick<MergingLine, 'id' | 'number' | 'state' | 'sourceLineIds'>[],
  wanted: readonly string[],
): Refusal | undefined {
  const twice = standing.find(
    ({ id, state, sourceLineIds }) =>
      state === 'planned' && !wanted.includes(id) && sourceLineIds.some((source) => wanted.includes(source)),
  )
  return twice && { code: 'consolidation.taken_already', params: { line: twice.number } }
}

/**
 * One line in place of several: everybody's items at one visit, in the time that they have in common, of all subjects that
 * any of them was about. `modes`: the joint modes of the place, the first taken where none of the lines has one.
 */
export function mergedLine(lines: readonly MergingLine[], merge: Merge, modes: readonly string[]) {
  const lead = lines.find(({ leadAuthorityId }) => leadAuthorityId === merge.leadAuthorityId) ?? lines[0]!
  const fullCoverage = lines.some((line) => line.fullCoverage)
  const byLines = merge.ratio === undefined && merge.quantity === undefined
  const ratio = byLines && !fullCoverage ? highest(lines.map((line) => line.ratio)) : (merge.ratio ?? null)
  const quantity =
    byLines && ratio === null ? highest(lines.map((line) => line.quantity)) : (merge.quantity ?? null)
  return {
    taskName: merge.taskName,
    leadAuthorityId: merge.leadAuthorityId,
    drawType: lines.some(({ drawType }) => drawType === 'TARGETED')
      ? ('TARGETED' as const)
      : ('UNTARGETED' as const),
    tier: lines.some(({ tier }) => tier === 'PRIORITY') ? ('PRIORITY' as const) : ('GENERAL' as const),
    field: lead.field,
    mode: lead.mode ?? lines.find(({ mode }) => mode !== null)?.mode ?? modes[0] ?? null,
    crossRegion: lines.some(({ crossRegion }) => crossRegion),
    object: joined(
      lines.map(({ object }) => object),
      1000,
    ),
    scope: unitedScope(lines.map(({ scope }) => scope)),
    content:
      joined(
        lines.flatMap(({ content }) => content ?? []),
        4000,
      ) || null,
    fullCoverage,
    ratio,
    quantity,
    draws: highest(lines.map((line) => line.draws)) ?? 1,
    frequencyLeast: highest(lines.map((line) => line.frequencyLeast)),
    frequencyMost: highest(lines.map((line) => line.frequencyMost)),
    methods: [...new Set(lines.flatMap(({ methods }) => methods))],
    ...common(lines),
    drawLevel: lead.drawLevel,
    inspectLevel: lead.inspectLevel,
    parts: unitedParts(lines, merge.leadAuthorityId),
    sourceLineIds: [
      ...new Set(lines.flatMap((line) => (line.sourceLineIds.length > 0 ? line.sourceLineIds : [line.id]))),
    ],
  }
}

/** The time that lines have in common; its end before its beginning where they have none. */
function common(lines: readonly MergingLine[]): { readonly startsOn: string; readonly endsOn: string } {
  return {
    startsOn:
      lines
        .map(({ startsOn }) => startsOn)
        .toSorted()
        .at(-1) ?? '',
    endsOn: lines.map(({ endsOn }) => endsOn).toSorted()[0] ?? '',
  }
}

/** Everybody of any of the scopes: list by list, so that it may be a little wider than all of them. */
export function unitedScope(scopes: readonly Scope[]): Scope {
  const [first] = scopes
  const united = <T extends string>(lists: readonly (readonly T[])[]): readonly T[] =>
    lists.some((list) => list.length === 0) ? [] : [...new Set(lists.flat())].toSorted()
  return {
    divisions: united(scopes.map(({ divisions }) => divisions)),
    register: scopes.every(({ register }) => register === first?.register) ? (first?.register ?? null) : null,
    industries: united(scopes.map(({ industries }) => industries)),
    entityTypes: united(scopes.map(({ entityTypes }) => entityTypes)),
    kinds: united(scopes.map(({ kinds }) => kinds)),
    licenceKinds: united(scopes.map(({ licenceKinds }) => licenceKinds)),
    pools: united(scopes.map(({ pools }) => pools)),
    tags: united(scopes.map(({ tags }) => tags)),
    classes: united(scopes.map(({ classes }) => classes)),
  }
}

function unitedParts(lines: readonly MergingLine[], lead: string): readonly LinePart[] {
  const items = new Map<string, Set<string>>([[lead, new Set()]])
  for (const { parts } of lines)
    for (const { authorityId, itemIds } of parts)
      items.set(authorityId, new Set([...(items.get(authorityId) ?? []), ...itemIds]))
  return [...items].map(([authorityId, itemIds]) => ({ authorityId, itemIds: [...itemIds] }))
}

function joined(texts: readonly string[], longest: number): string {
  return [...new Set(texts)].join('；').slice(0, longest)
}

function highest(values: readonly (number | null)[]): number | null {
  const said = values.filter((value) => value !== null)
  return said.length === 0 ? null : Math.max(...said)
}
