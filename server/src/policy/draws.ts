// Who may do what in 抽取: a part of the one table, `policy.ts`. Each part of the feature has a block of its own.

import type { AccessLine, Policy } from '../platform/reach.ts'
import { DECIDING, officials, PREPARING } from './officials.ts'

// Until it is committed, a draw is its parties'; then its division's and those' above.
const DRAWS_SEEN = { roles: officials('invitedAuthority') } as const satisfies AccessLine
const DRAWS_MOVED = { roles: { ...PREPARING, ...DECIDING } } as const satisfies AccessLine

/** action → who may. */
export const DRAWS_POLICY = {
  'draw.list': DRAWS_SEEN,
  'draw.show': DRAWS_SEEN,
  'draw.discard': DRAWS_MOVED,
  'draw.manifest': DRAWS_SEEN,
  'publicDraw.file': { public: true },
} as const satisfies Policy
