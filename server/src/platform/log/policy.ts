// Whom the one who verifies trusts: the log's key (with its rotations) and the witnesses, fixed outside of what is verified.

import { type Checkpoint, fromHex } from '@sunlot/draw'
import { keyInForce, type SignedRotation } from './keys.ts'
import { type LogAlg, noteIsSignedBy, witnessedAt } from './signer.ts'

/** A key as files and configurations hold it. `key` is hex: 64 characters for Ed25519, 130 for SM2. */
export interface NamedKey {
  readonly name: string
  readonly alg: LogAlg
  readonly key: string
}

/** Whether a value from a file is such a key. */
export function isNamedKey(value: unknown): value is NamedKey {
  if (typeof value !== 'object' || value === null) return false
  const { name, alg, key } = value as Readonly<Record<string, unknown>>
  return (
    typeof name === 'string' &&
    typeof key === 'string' &&
    ((alg === 'ed25519' && /^[0-9a-f]{64}$/.test(key)) || (alg === 'sm2' && /^[0-9a-f]{130}$/.test(key)))
  )
}

/** What a verification of the log starts from. `quorum`: how many witnesses must have cosigned. */
export interface LogPolicy {
  /** `name` is the origin of the log. */
  readonly log: NamedKey
  readonly rotations?: readonly SignedRotation[]
  readonly witnesses: readonly NamedKey[]
  readonly quorum: number
}

/** Whether the key that was in force at its size signed a checkpoint under the policy's origin. */
export function signedByLog({ log, rotations = [] }: LogPolicy, note: Checkpoint): boolean {
  const key = keyInForce({ alg: log.alg, key: fromHex(log.key) }, rotations, note.size)
  return note.origin === log.name && key !== undefined && noteIsSignedBy(note, key)
}

/** The policy's witnesses that cosigned a checkpoint, each once, with the time (unix seconds). */
export function witnessesOf(
  policy: LogPolicy,
  note: Checkpoint,
): readonly { readonly name: string; readonly at: number }[] {
  const distinct = new Map(policy.witnesses.map((witness) => [`${witness.alg} ${witness.key}`, witness]))
  return [...distinct.values()].flatMap(({ name, alg, key }) => {
    const at = witnessedAt(note, name, { alg, key: fromHex(key) })
    return at === undefined ? [] : [{ name, at }]
  })
}
