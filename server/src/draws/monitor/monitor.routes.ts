// 公正监测: whether chance behaved as chance does.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** The monitor. */
export function monitorRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
