// A task: the table of its states, and what moves it from one to the next.

import type { Refusal } from '../../platform/refusal.ts'
import type { TaskState } from '../shapes.ts'

export const TASK_COMMANDS = [
  'edit',
  'exclude',
  'dispatch',
  'settle',
  'recall',
  'agree',
  'conclude',
  'cancel',
] as const
export type TaskCommand = (typeof TASK_COMMANDS)[number]

/** state → command → state; what is not here is refused. After it is agreed, a task only ends by being cancelled. */
export const TASK_STEPS: Readonly<Record<TaskState, Readonly<Partial<Record<TaskCommand, TaskState>>>>> = {
  drafted: {
    edit: 'drafted',
    exclude: 'drafted',
    dispatch: 'consulting',
    settle: 'agreed',
    cancel: 'cancelled',
  },
  consulting: { recall: 'drafted', agree: 'agreed', conclude: 'agreed', cancel: 'cancelled' },
  agreed: { cancel: 'cancelled' },
  cancelled: {},
}

/** Why a command cannot be given in a state: the table has no such step. */
export function whyNotStep(state: TaskState, command: TaskCommand): Refusal | undefined {
  return TASK_STEPS[state][command] === undefined
    ? { code: 'task.not_in_this_state', params: { state } }
    : undefined
}
