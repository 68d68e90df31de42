// 监督统计: so far the audit trail, receipts, and verification.

import type { Route } from '../platform/http/route.ts'
import { type LogParts, logRoutes } from './log.routes.ts'
import { auditRoutes } from './routes.ts'

export { NightlyVerification } from './nightly.ts'
export { VERIFICATION, verificationKind } from './verification.ts'

/** Every operation of this feature. */
export function supervisionRoutes(parts: LogParts): readonly Route[] {
  return [...auditRoutes, ...logRoutes(parts)]
}
