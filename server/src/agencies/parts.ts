// What this feature is given.

import type { Writer } from '../platform/database/database.ts'
import type { Secrets } from '../platform/secrets.ts'

export interface AgenciesParts {
  readonly secrets: Secrets
  /** A reaction, in the same transaction: a person leaves or is moved; his sessions and his place in the register of inspectors end. */
  readonly whenPersonGoes: (writer: Writer, personId: string, now: Date) => Promise<void>
  /** A reaction, in the same transaction: a person has another name. */
  readonly whenPersonIsRenamed: (writer: Writer, personId: string, name: string) => Promise<void>
  /** A reaction, in the same transaction: his roles are no longer what they were when he signed in. */
  readonly whenRolesChange: (writer: Writer, personId: string, now: Date) => Promise<void>
}
