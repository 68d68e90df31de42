// 密封名单: read line by line, each reading written down, until it opens.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** Sealed lists and their opening. */
export function listRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
