// Who may do what in 年度计划: a part of the one table, `policy.ts`.

import type { Policy } from '../platform/reach.ts'

/** action → who may. */
export const PLANS_POLICY = {} as const satisfies Policy
