// The record of a dice or lottery value: signed by two outsiders before anything is derived from it (spec 3).

import { type Alg, tag } from '../hash.ts'
import { canonical } from '../jcs.ts'
import type { Signature } from '../manifest/proofs.ts'
import type { SourceValue } from '../manifest/source.ts'
import { signatureHolds } from '../sign/signature.ts'

/** tag("contrib", JCS({v, commit | event, id, value, at, by})): what the log and both outsiders sign. */
export function recordHash(alg: Alg, of: { commit: string } | { event: string }, value: SourceValue): string {
  const { id, at = 0, by = [] } = value
  return tag(alg, 'contrib', canonical({ v: 'vdp1', ...of, id, value: value.value, at, by }))
}

/** tag("contrib", JCS({v, commit, id, value})): the receipt that an observer's own device shows. */
export function receiptHash(alg: Alg, commit: string, contribution: { id: string; value: string }): string {
  const { id, value } = contribution
  return tag(alg, 'contrib', canonical({ v: 'vdp1', commit, id, value }))
}

/** Whether each of two outsiders, who are no signers of the commitment, validly signed the record with a key of his own. */
export function recordSignedBy(
  all: readonly Signature[],
  hash: string,
  by: readonly string[],
  insiders: readonly { readonly by: string; readonly key: string }[],
): boolean {
  const keys = by.map(
    (who) => all.find((s) => s.of === 'contrib' && s.hash === hash && s.by === who && signatureHolds(s))?.key,
  )
  if (insiders.some((s) => by.includes(s.by) || keys.includes(s.key))) return false
  return by.length === 2 && keys.every((k) => k !== undefined) && keys[0] !== keys[1]
}
