// What this feature is given.

import type { Writer } from '../platform/database/database.ts'
import type { Secrets } from '../platform/secrets.ts'

export interface AgenciesParts {
  readonly secrets: Secrets
  /** A reaction, in the same transaction: a person leaves or is moved, and his sessions end. */
  readonly whenPersonGoes: (writer: Writer, personId: string, now: Date) => Promise<void>
  /** A reaction, in the same transaction: his roles are no longer what they were when he signed in. */
  readonly whenRolesChange: (writer: Writer, personId: string, now: Date) => Promise<void>
}
