// Whom the verifying person trusts to have seen the log: pinned outside the bundle (spec 8).

import { fromHex } from '../bytes.ts'
import { int, list, object, type Of, oneOf, pos, text, bool } from '../manifest/fields.ts'
import { HEX64 } from '../manifest/grammar.ts'
import { type Checkpoint, cosignedAt, logSigned } from './checkpoint.ts'

const named = object({ name: text(/^\S+$/), key: text(HEX64) })

export const policy = object(
  {
    v: oneOf('vdp1'),
    log: object({ origin: text(), key: text(HEX64) }),
    witnesses: list(named),
    quorum: pos,
    faults: int(),
  },
  { demo: bool },
)
export type Policy = Of<typeof policy>

/** Whether what was read as a policy names no witness: a server without witnesses gives such a file, and it can show nothing. */
export function namesNoWitness(read: unknown): boolean {
  if (typeof read !== 'object' || read === null || !('witnesses' in read)) return false
  return Array.isArray(read.witnesses) && read.witnesses.length === 0
}

/** Whether any two quorums share an honest witness: 2q > n + f. */
export function quorumIntersects(p: Policy): boolean {
  const all = p.witnesses.length
  const distinct =
    new Set(p.witnesses.map((w) => w.key)).size === all &&
    new Set(p.witnesses.map((w) => w.name)).size === all
  return distinct && p.quorum <= p.witnesses.length && 2 * p.quorum > p.witnesses.length + p.faults
}

/** Until when a cosignature counts (unix seconds): `latest`, and more than 10 s before `firstValue` (spec 8). */
export function latestCosigning(times: { readonly latest: number; readonly firstValue: number }): number {
  return Math.min(times.latest, times.firstValue - 11)
}

/**
 * How many of the policy's witnesses cosigned a checkpoint by `latest` and more than 10 s before `firstValue`, and cosigned
 * the later checkpoint at any time.
 */
export function witnessesInTime(
  p: Policy,
  checkpoint: Checkpoint,
  later: Checkpoint,
  times: { readonly latest: number; readonly firstValue: number },
): number {
  const until = latestCosigning(times)
  return p.witnesses.filter((w) => {
    const at = cosignedAt(checkpoint, w.name, fromHex(w.key))
    if (at === undefined || at > until) return false
    return cosignedAt(later, w.name, fromHex(w.key)) !== undefined
  }).length
}

/** Whether the policy's log signed the checkpoint. */
export function policyLogSigned(p: Policy, checkpoint: Checkpoint): boolean {
  return logSigned(checkpoint, p.log.origin, fromHex(p.log.key))
}
