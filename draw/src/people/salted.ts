// Salted trees: a list that may not be enumerated is named by its root alone (spec 2.7).

import { utf8 } from '../bytes.ts'
import { type Alg, hash, tag } from '../hash.ts'
import { saltedLeafHash, saltedTreeRoot } from '../merkle.ts'

/** The hex key of a list's salts under a secret (64 hex, or s₁ ‖ s₂): a salt opens one line of one list. */
export function saltKey(alg: Alg, secret: string, list: string): string {
  return tag(alg, 'key', `${secret}\nsalt/${list}`)
}

/** The 32 raw salt bytes of a line, from its column 1. */
export function saltOf(alg: Alg, key: string, id: string): Uint8Array {
  return hash(alg, utf8(key + id))
}

/** The root over a list's salted lines (without LF), leaves ordered by their hash. `list` is its file name, or "register". */
export function saltedRoot(alg: Alg, secret: string, list: string, lines: readonly string[]): Uint8Array {
  const key = saltKey(alg, secret, list)
  return saltedTreeRoot(
    alg,
    lines.map((line) => saltedLeafHash(alg, saltOf(alg, key, line.split('\t', 1)[0] as string), utf8(line))),
  )
}

/** Whether a secret is the committed one. */
export function opensSecret(alg: Alg, secret: string, committed: string): boolean {
  return tag(alg, 'secret', secret) === committed
}
