// 商定: the step that nobody takes. With the last answer the task is agreed, in the same transaction.

import type { Role } from '../../platform/actor.ts'
import { dayOf } from '../../platform/clock.ts'
import type { Writer } from '../../platform/database/database.ts'
import type { WriteContext } from '../../platform/http/route.ts'
import type { Params, Refusal } from '../../platform/refusal.ts'
import type { TaskReaction, TasksParts } from '../parts.ts'
import { figuresOf } from '../scope/counting.ts'
import { keepAgreed } from '../schemes/schemes.store.ts'
import { heldCaseOf, takesPart, whyNotAgree } from './facts.ts'
import { holdersIn } from './people.store.ts'
import { whyNotStep } from './steps.rules.ts'
import { lockTaskItself, type TaskRow } from './tasks.store.ts'
import { stepTask } from './writing.store.ts'

/** Who of an authority is told of its tasks. */
const TOLD: readonly Role[] = ['clerk', 'unitHead', 'leaderInCharge', 'conferenceOffice']

/**
 * Agrees a task when every answer is there and nothing stands against it; tells everybody in it. Called after each answer.
 * Gives why it is not agreed: that is no fault of whoever answered.
 */
export async function tryAgree(
  parts: TasksParts,
  { writer, now }: Pick<WriteContext, 'writer' | 'now'>,
  taskId: string,
): Promise<Refusal | undefined> {
  const task = await lockTaskItself(writer, taskId)
  if (!task) return { code: 'not_found' }
  const early = whyNotStep(task.state, 'agree')
  if (early) return early
  const facts = await heldCaseOf(parts, writer, task, now)
  const refusal = whyNotAgree(facts)
  if (refusal) return refusal
  // What is shown of an agreed task is what was counted when it was agreed.
  const figures = figuresOf(facts.counting, facts.query, now)
  await stepTask(writer, taskId, { state: 'agreed', figures, agreedAt: now, at: now })
  await keepAgreed(writer, taskId)
  const those = facts.parts.filter(takesPart).map(({ authorityId }) => authorityId)
  await tell(parts.whenAgreed, { writer, task, now, authorityIds: those })
  return undefined
}

/** Tells those of authorities who have to do with tasks. */
export async function tell(
  reaction: TaskReaction,
  {
    writer,
    task,
    now,
    authorityIds,
    more = {},
  }: {
    readonly writer: Writer
    readonly task: Pick<TaskRow, 'id' | 'name' | 'number' | 'leadAuthorityName' | 'replyBy'>
    readonly now: Date
    readonly authorityIds: readonly string[]
    /** What else its sentence says. */
    readonly more?: Params
  },
): Promise<void> {
  const personIds = await holdersIn(writer, authorityIds, TOLD, dayOf(now))
  const params = {
    task: task.name,
    number: task.number,
    authority: task.leadAuthorityName,
    replyBy: task.replyBy ?? '',
    ...more,
  }
  await reaction(writer, { taskId: task.id, personIds, params, now })
}
