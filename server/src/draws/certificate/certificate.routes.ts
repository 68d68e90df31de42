// 证书和证据包: what anybody reads of a draw, and checks for himself.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'

/** The public side of draws, and what each inspector may prove. */
export function certificateRoutes(_parts: DrawsParts): readonly Route[] {
  return []
}
