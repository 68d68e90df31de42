// What a forger may change, step by step, and what he has made.

import type { Certificate } from '../../src/manifest/certificate.ts'
import type { Close } from '../../src/manifest/close.ts'
import type { Commitment } from '../../src/manifest/commitment.ts'
import type { DrawEvent } from '../../src/manifest/event.ts'
import type { Plan } from '../../src/manifest/plan.ts'
import type { LogLeaf, Proofs, Signature } from '../../src/manifest/proofs.ts'
import type { SourceValue } from '../../src/manifest/source.ts'
import type { Loose } from './loose.ts'

type Lists = Map<string, Uint8Array>

/** An event as the forger states it; `n`, `prev` and the file follow unless he gives them. */
export interface ForgedEvent {
  readonly event: Omit<DrawEvent, 'v' | 'draw' | 'n' | 'prev'> & Readonly<Record<string, unknown>>
  readonly values?: readonly SourceValue[]
  /** The number of its file, where it is not n. */
  readonly file?: number
}

/** The hashes of what was forged. */
export interface Hashes {
  readonly plan: string
  readonly commit: string
  readonly close: string
  readonly certificate: string
  readonly seed: string
}

/** What the forger changes, in the order in which a draw is made. */
export interface Forgery {
  /** The committed lists; the commitment is counted from them. */
  readonly lists?: (lists: Lists) => void
  readonly plan?: (plan: Loose<Plan>) => void
  readonly commit?: (commit: Loose<Commitment>) => void
  readonly close?: (close: Loose<Close>) => void
  /** The log up to the close, before it is cosigned. */
  readonly early?: (leaves: LogLeaf[], hashes: Omit<Hashes, 'certificate' | 'seed'>) => void
  /** When the witnesses cosigned it, and how many of them. */
  readonly cosigned?: { readonly at?: number; readonly witnesses?: number }
  readonly values?: (values: Loose<SourceValue>[]) => void
  /** The result lists, after the draw was made. */
  readonly results?: (lists: Lists) => void
  readonly certificate?: (certificate: Loose<Certificate>) => void
  readonly events?: readonly ForgedEvent[]
  /** The log after the close. */
  readonly late?: (leaves: LogLeaf[], hashes: Hashes) => void
  readonly signatures?: (all: Signature[], hashes: Hashes) => void
  readonly proofs?: (proofs: Loose<Proofs>) => void
  /** Last of all, the files as they lie there. */
  readonly files?: (files: Lists, hashes: Hashes) => void
}

/** A recorded value with what it is of, and the event after which it is logged. */
export interface Recorded {
  readonly of: { commit: string } | { event: string }
  readonly value: SourceValue
  readonly after: string
}

/** An event that was written, with the records of its values. */
export interface WrittenEvent {
  readonly hash: string
  readonly at: number
  readonly records: readonly Recorded[]
  readonly type: 'event' | 'void'
  /** The number of its file. */
  readonly number: number
  readonly values?: readonly SourceValue[] | undefined
}
