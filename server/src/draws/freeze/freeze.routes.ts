// 冻结和承诺: the lists of an agreed task are frozen, and committed to the public log.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** Freezing, its findings, the commitment. */
export function freezeRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
