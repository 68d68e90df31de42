// What a body says of changes, held against the lines as they stand; and the plan as it would be with them.

import { codesOn } from '../../law/index.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Reader } from '../../platform/database/database.ts'
import type { WriteContext } from '../../platform/http/route.ts'
import { demand, type Refusal, Refused } from '../../platform/refusal.ts'
import { NewLine } from '../lines/lines.schema.ts'
import { demandWritable, EMPTY_LINE } from '../lines/lines.routes.ts'
import type { LineWords } from '../lines/lines.rules.ts'
import { linesAmong, linesOf, type PlanLine } from '../lines/lines.store.ts'
import type { PlansParts } from '../parts.ts'
import type { PlanRow } from '../plans/plans.store.ts'
import { whyNotThroughGate } from '../plans/sound.ts'
import { whyNotPlanStep } from '../plans/steps.rules.ts'
import { type Change, differing, whyNotChanges } from './amendments.rules.ts'
import type { NewChange } from './amendments.schema.ts'

type Writing = Pick<WriteContext, 'writer' | 'access' | 'now' | 'newId'>

/** The changes that a body names. Throws where one makes no sense. */
export async function draftedChanges(
  context: Writing,
  parts: PlansParts,
  plan: PlanRow,
  named: readonly NewChange[],
): Promise<readonly Change[]> {
  const ids = named.flatMap(({ lineId }) => lineId ?? [])
  const lines = new Map((await linesAmong(context.writer, plan.id, ids)).map((line) => [line.id, line]))
  const changes: Change[] = named.map((change) => drafted(change, lines, context.newId))
  if (changes.length > 0) demand(whyNotChanges(changes, lines))
  for (const { op, lineId, after } of changes)
    if (op !== 'end')
      await demandWritable(context, parts, plan, {
        ...(op === 'add' ? EMPTY_LINE : lines.get(lineId)),
        ...after,
      } as LineWords)
  return changes
}

function drafted(change: NewChange, lines: ReadonlyMap<string, PlanLine>, newId: () => string): Change {
  const { op, after } = change
  if (op === 'add') {
    if (NewLine.required.some((name) => !(name in (after ?? {}))))
      throw new Refused({ code: 'amendment.line_incomplete' })
    return { op, lineId: newId(), lineVersion: null, before: null, after: after! }
  }
  const line = lines.get(change.lineId ?? '')
  const about = { op, lineId: change.lineId ?? '', lineVersion: change.lineVersion ?? 0 }
  if (op === 'end') return { ...about, before: line ? wordsOf(line) : null, after: null }
  return { ...about, ...differing(line ? wordsOf(line) : {}, after ?? {}) } as Change
}

/** What is said of a line, as a body would say it. */
function wordsOf(line: PlanLine): Readonly<Record<string, unknown>> {
  const { parts } = line
  const said = Object.keys({ ...NewLine.properties }).map((name) => [
    name,
    line[name as keyof PlanLine] ?? null,
  ])
  const written = parts.map(({ authorityId, itemIds }) => ({ authorityId, itemIds }))
  return { ...Object.fromEntries(said), parts: written }
}

/**
 * Why an amendment may not go on: its plan is amended no more, a line has changed since, a check finds an error in the plan
 * as it would be, or a task that is being agreed on, or is agreed, rests on what it changes.
 */
export async function whyNotAmendable(
  reader: Reader,
  now: Date,
  { book, taskLeaving }: AmendmentParts,
  plan: PlanRow,
  changes: readonly Change[],
): Promise<Refusal | undefined> {
  const ids = changes.map(({ lineId }) => lineId)
  const named = new Map((await linesAmong(reader, plan.id, ids)).map((line) => [line.id, line]))
  const why = whyNotPlanStep(plan, 'amend') ?? whyNotChanges(changes, named)
  if (why) return why
  const lines = amended(await linesOf(reader, [plan.id]), changes, plan)
  const unsound = await whyNotThroughGate(reader, await book.read(reader), plan, { now, lines })
  if (unsound) return unsound
  for (const change of changes) {
    const line = named.get(change.lineId)
    const task = line && (await taskLeaving(reader, asAmended(line, change)))
    if (task !== undefined) return { code: 'amendment.task_rests', params: { task } }
  }
  return undefined
}

/** What it takes to say whether an amendment may go on. */
export type AmendmentParts = Pick<PlansParts, 'book' | 'taskLeaving'>

/** Throws where a reason is not on the list of the day. */
export async function demandReason(
  { writer, now }: Pick<WriteContext, 'writer' | 'now'>,
  { book }: PlansParts,
  code: string,
): Promise<void> {
  const law = await book.read(writer)
  if (!codesOn(law, 'amendment-reasons', dayOf(now)).some((reason) => reason.code === code))
    throw new Refused({ code: 'amendment.reason_unknown', params: { code } })
}

/** The lines of a plan as they would be. */
export function amended(
  lines: readonly PlanLine[],
  changes: readonly Change[],
  plan: PlanRow,
): readonly PlanLine[] {
  const byLine = new Map(changes.map((change) => [change.lineId, change]))
  const kept = lines.flatMap((line) => {
    const change = byLine.get(line.id)
    return change?.op === 'end' ? [] : [change ? asAmended(line, change) : line]
  })
  const added = changes.flatMap((change, at) =>
    change.op === 'add' ? [asAdded(change, plan, lines.length + at + 1)] : [],
  )
  return [...kept, ...added]
}

function asAmended(line: PlanLine, { op, after }: Change): PlanLine {
  if (op === 'end') return { ...line, state: 'ended' }
  const { parts, ...words } = after ?? {}
  return { ...line, ...words, parts: parts ? namedParts(parts, line) : line.parts } as PlanLine
}

function asAdded({ lineId, after }: Change, plan: PlanRow, number: number): PlanLine {
  return {
    ...UNSAID,
    ...EMPTY_LINE,
    ...after,
    id: lineId,
    planId: plan.id,
    version: 1,
    number,
    divisionCode: plan.divisionCode,
    planState: plan.state,
    planKind: plan.kind,
    planField: plan.field,
    planYear: plan.year,
    planPublishedOn: plan.publishedOn,
    planAuthorityId: plan.authorityId,
    partyIds: plan.partyIds,
    openDivisionCode: plan.openDivisionCode,
    leadAuthorityName: '',
    parts: namedParts(after?.parts ?? []),
    state: 'planned',
  } as unknown as PlanLine
}

const UNSAID = {
  code: null,
  guidedBy: null,
  unit: null,
  content: null,
  classRatios: null,
  batches: null,
  draws: 1,
  requirement: null,
  remark: null,
  unmatched: null,
  jointItemId: null,
  sourceLineIds: [],
  items: new Map(),
}

function namedParts(
  parts: readonly { readonly authorityId: string; readonly itemIds: readonly string[] }[],
  line?: PlanLine,
) {
  const names = new Map(line?.parts.map(({ authorityId, authorityName }) => [authorityId, authorityName]))
  return parts.map((part) => ({ ...part, authorityName: names.get(part.authorityId) ?? '' }))
}
