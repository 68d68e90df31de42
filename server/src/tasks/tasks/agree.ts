// 商定: the step that nobody takes. With the last answer the task is agreed, in the same transaction.

import type { WriteContext } from '../../platform/http/route.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { TasksParts } from '../parts.ts'

/**
 * Agrees a task when every answer is there and nothing stands against it; tells everybody in it. Called after each answer.
 * Gives why it is not agreed: that is no fault of whoever answered.
 */
export function tryAgree(
  _parts: TasksParts,
  _context: Pick<WriteContext, 'writer' | 'now'>,
  _taskId: string,
): Promise<Refusal | undefined> {
  return Promise.resolve({ code: 'task.answers_open' })
}
