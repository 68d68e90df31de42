// 抽取: what is there of a draw, and how one that is not committed is given up.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** The draws themselves. */
export function drawRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
