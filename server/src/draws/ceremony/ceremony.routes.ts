// 抽取现场: the room, who is in it, what they add, and the values that nobody could know.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** The room, the close, the values. */
export function ceremonyRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
