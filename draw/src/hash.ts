// H, and H with its purpose in front: every hash in the protocol says what it is a hash of.

import { concat, toHex, utf8 } from './bytes.ts'
import { Sha256 } from './sha256.ts'
import { Sm3 } from './sm3.ts'

/** The hash function of one draw, fixed by its commitment. */
export type Alg = 'sha256' | 'sm3'

/** What a tagged hash is of: the closed list of protocol section 1. */
export type Tag = 'commit' | 'close' | 'seed' | 'key' | 'secret' | 'contrib' | 'cert' | 'event' | 'alias'

/** A running H. */
export function hasher(alg: Alg): Sha256 | Sm3 {
  return alg === 'sm3' ? new Sm3() : new Sha256()
}

/** H(bytes): 32 bytes. */
export function hash(alg: Alg, bytes: Uint8Array): Uint8Array {
  return hasher(alg).update(bytes).digest()
}

/** H(bytes) as 64 lower-case hex characters. */
export function hashHex(alg: Alg, bytes: Uint8Array): string {
  return toHex(hash(alg, bytes))
}

/** tag(t, s) = H("vdp1:" ‖ t ‖ LF ‖ UTF-8 s), 64 lower-case hex characters. No LF at the end. */
export function tag(alg: Alg, t: Tag, s: string): string {
  return hashHex(alg, concat(utf8(`vdp1:${t}\n`), utf8(s)))
}
