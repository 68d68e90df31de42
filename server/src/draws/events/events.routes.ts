// 回避、替换、跳过、作废: what happens to a draw afterwards.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** Replacements, requests, events. */
export function eventRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
