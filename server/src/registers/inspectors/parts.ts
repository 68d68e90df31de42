// What this part of the registers is given.

import type { LawBook } from '../../law/index.ts'
import type { Secrets } from '../../platform/secrets.ts'

export interface InspectorParts {
  readonly secrets: Secrets
  readonly book: LawBook
}
