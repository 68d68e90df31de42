// What this part of the registers is given.

import type { LawBook } from '../../law/index.ts'
import type { Jobs } from '../../platform/jobs/jobs.ts'
import type { Secrets } from '../../platform/secrets.ts'

export interface SubjectParts {
  readonly secrets: Secrets
  readonly book: LawBook
  readonly jobs: Jobs
  /** Who was taken out and is put back within so many days is shown to whoever oversees (I4). */
  readonly churnDays: number
}
