// Who may do what in 抽取: a part of the one table, `policy.ts`. Each part of the feature has a block of its own.

import type { Policy } from '../platform/reach.ts'

/** action → who may. */
export const DRAWS_POLICY = {} as const satisfies Policy
