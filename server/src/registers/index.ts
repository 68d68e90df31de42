// 一单两库: the item catalogue, the register of subjects, the register of inspectors, and how all three are filled.

import type { Route } from '../platform/http/route.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { LawBook } from '../law/index.ts'

/** What this feature is given. */
export interface RegisterParts {
  readonly secrets: Secrets
  readonly book: LawBook
}

/** Every operation of this feature. */
export function registerRoutes(_parts: RegisterParts): readonly Route[] {
  return []
}

/** Which refusal a violated constraint of this feature's tables is: what two people did at the same moment. */
export const REGISTER_CONSTRAINTS = {} as const
