// What this feature is given.

import type { LawBook } from '../law/index.ts'
import type { Reader, Writer } from '../platform/database/database.ts'
import type { Files } from '../platform/files/files.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { Params, Refusal } from '../platform/refusal.ts'

/** Tells people of what happened to a task, in the transaction in which it happens. */
export type TaskReaction = (writer: Writer, about: TaskNews) => Promise<void>

export interface TaskNews {
  readonly taskId: string
  readonly personIds: readonly string[]
  readonly params: Params
  readonly now: Date
}

export interface TasksParts {
  readonly book: LawBook
  readonly files: Files
  /** For what is declared of conflicts: opened for the simulation alone. */
  readonly secrets: Secrets
  readonly whenInvited: TaskReaction
  readonly whenReminded: TaskReaction
  /** What somebody had agreed to has changed: he is asked again. */
  readonly whenAskedAnew: TaskReaction
  readonly whenAgreed: TaskReaction
  /** Why a later step keeps a task from being cancelled: a draw of it was committed. */
  readonly whyNotCancel: (reader: Reader, taskId: string) => Promise<Refusal | undefined>
  readonly whenCancelled: TaskReaction
  readonly whenSchemePublished: TaskReaction
  /** A later version of a scheme: its news say how much has changed. */
  readonly whenSchemeRevised: TaskReaction
}
