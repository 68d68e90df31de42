// A signature in signatures.json: over the 64 hex characters of a hash, by an algorithm that it names (spec 3).

import { fromHex, toHex, utf8 } from '../bytes.ts'
import type { Signature } from '../manifest/proofs.ts'
import { publicKeyEd25519, signEd25519, verifyEd25519 } from './ed25519.ts'
import { publicKeySm2, signSm2, verifySm2 } from './sm2.ts'

/** A person's or authority's signing key. `secret` is 64 hex for both algorithms. */
export interface SigningKey {
  readonly by: string
  readonly alg: 'ed25519' | 'sm2'
  readonly secret: string
}

/** The public key of a signing key: 64 hex, or 130 hex for SM2. */
export function publicKeyOf(key: SigningKey): string {
  return key.alg === 'sm2' ? publicKeySm2(key.secret) : toHex(publicKeyEd25519(fromHex(key.secret)))
}

/** Signs a hash (64 hex). */
export function signHash(key: SigningKey, of: Signature['of'], hash: string): Signature {
  const message = utf8(hash)
  const value =
    key.alg === 'sm2' ? signSm2(key.secret, message) : toHex(signEd25519(fromHex(key.secret), message))
  return { of, hash, by: key.by, alg: key.alg, key: publicKeyOf(key), value }
}

/** Whether a signature holds for the key that it names. */
export function signatureHolds(signature: Signature): boolean {
  const message = utf8(signature.hash)
  if (signature.alg === 'sm2') {
    if (!/^04[0-9a-f]{128}$/.test(signature.key) || signature.value.length !== 128) return false
    return verifySm2(signature.key, message, signature.value)
  }
  if (signature.key.length !== 64 || signature.value.length !== 128) return false
  return verifyEd25519(fromHex(signature.key), message, fromHex(signature.value))
}
