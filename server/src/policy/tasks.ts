// Who may do what in 抽查任务: a part of the one table, `policy.ts`.

import type { Policy } from '../platform/reach.ts'

/** action → who may. */
export const TASKS_POLICY = {} as const satisfies Policy
