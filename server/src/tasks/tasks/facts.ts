// All that decides about a task, read once: its line, who takes part, and what of the register it would draw.

import type { Reader, Writer } from '../../platform/database/database.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Refusal } from '../../platform/refusal.ts'
import { holdLine, lineItself } from '../../plans/index.ts'
import { openAnswers, whyNotSettle } from '../consultation/participations.rules.ts'
import { participationsOf } from '../consultation/participations.store.ts'
import type { ParticipationFacts } from '../consultation/shapes.ts'
import type { TasksParts } from '../parts.ts'
import { placeIn } from '../place.ts'
import { type CountQuery, type Counting, countTask } from '../scope/counting.ts'
import type { Figures } from '../scope/scope.schema.ts'
import type { TaskFacts } from '../shapes.ts'
import { type DispatchFacts, whyNotDispatch, whyNotSend } from './tasks.rules.ts'

/** What decides about a task, with what it was counted from. */
export interface TaskCase extends DispatchFacts {
  readonly counted: Counting
  readonly counting: Counting
  readonly query: CountQuery
}

/** Reads all that decides about a task. Asks for no reach: of a task that was found within one. */
export async function caseOf(
  { book }: Pick<TasksParts, 'book'>,
  reader: Reader,
  task: TaskFacts,
  now: Date,
): Promise<TaskCase> {
  const law = await book.read(reader)
  const place = placeIn(law, task.divisionCode, task.startsOn)
  const parts = await participationsOf(reader, task.id)
  const line = task.planLineId === null ? undefined : await lineItself(reader, task.planLineId)
  const query: CountQuery = { ...task, taskId: task.id, parts: parts.filter(takesPart) }
  const counting = await countTask(reader, law, place, query)
  return { task, line, parts, law, place, today: dayOf(now), counted: counting, counting, query }
}

/**
 * What decides about a task as far as it can be told without counting the register: with the strata of the last count, and of a
 * draft with none. For a screen; whoever takes the step counts (`heldCaseOf`). Asks for no reach, as `caseOf`.
 */
export async function shownCaseOf(
  { book }: Pick<TasksParts, 'book'>,
  reader: Reader,
  task: TaskFacts & { readonly figures: Figures | null },
  now: Date,
): Promise<DispatchFacts> {
  const law = await book.read(reader)
  const place = placeIn(law, task.divisionCode, task.startsOn)
  const parts = await participationsOf(reader, task.id)
  const line = task.planLineId === null ? undefined : await lineItself(reader, task.planLineId)
  // What was counted before it was taken back is of another draft.
  const figures = task.state === 'drafted' ? null : task.figures
  const counted = figures === null ? undefined : { strata: figures.strata, leastTeam: undefined }
  return { task, line, parts, law, place, today: dayOf(now), counted }
}

/** The same, for a step that rests on it: an amendment of the plan comes before it or after it, never beside it. */
export async function heldCaseOf(
  parts: Pick<TasksParts, 'book'>,
  writer: Writer,
  task: TaskFacts,
  now: Date,
): Promise<TaskCase> {
  if (task.planLineId !== null) await holdLine(writer, task.planLineId)
  return caseOf(parts, writer, task, now)
}

/** Whether an authority is still in a task. */
export function takesPart({ state }: Pick<ParticipationFacts, 'state'>): boolean {
  return state !== 'declined' && state !== 'released'
}

/** Why somebody cannot send a task out to be agreed, or settle it where nobody else takes part. */
export function whyNotGo(
  facts: DispatchFacts,
  command: 'dispatch' | 'settle',
  deciderId: string,
): Refusal | undefined {
  const { task, parts, law, place } = facts
  const lead = parts.find(({ isLead }) => isLead)
  const others = parts.filter((part) => !part.isLead && takesPart(part))
  return (
    whyNotSend(task, command, deciderId) ??
    (task.mode === null && others.length > 0 ? { code: 'task.mode_needed' } : undefined) ??
    (lead ? whyNotSettle(lead, { law, place }, deciderId) : { code: 'task.lead_missing' }) ??
    whyNotDispatch(facts)
  )
}

/** Why a task that is out cannot be agreed: an answer is open or was given to another scheme, or something stands against it now. */
export function whyNotAgree(facts: DispatchFacts): Refusal | undefined {
  const count = openAnswers(facts.parts)
  return count > 0 ? { code: 'task.answers_open', params: { count } } : whyNotDispatch(facts)
}
