// A record that a person may see but not act on is refused (403) with the reason that his screen shows; one that he may
// not see is not found. So acts look for their record as far as he may see, and ask for the act itself afterwards.

import { NotFound } from '../platform/refusal.ts'
import type { Access, Reach } from '../platform/reach.ts'

/** How far an actor sees by an action. Throws NotFound where he sees nothing by it. */
export function seenIn(access: Access, action: string): Reach {
  const reach = access.reachOf(action)
  if (!reach) throw new NotFound(action.split('.')[0] ?? action)
  return reach
}
