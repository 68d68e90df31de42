// 抽取: whoever has to presses, the machine does the rest.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** Presses, and what was drawn. */
export function drawingRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
