// 证书和证据包: what anybody reads of a draw, and checks for himself.

import type { Route } from '../../platform/http/route.ts'
import type { DrawsParts } from '../parts.ts'
import { aliasRoutes } from './aliases.routes.ts'
import { bundleRoutes } from './bundle.routes.ts'
import { changesRoutes } from './changes.routes.ts'
import { publicDrawRoutes } from './public.routes.ts'

/** The public side of draws, and what each inspector may prove. */
export function certificateRoutes(parts: DrawsParts): readonly Route[] {
  return [...publicDrawRoutes(parts), ...changesRoutes(parts), ...bundleRoutes(parts), ...aliasRoutes(parts)]
}
