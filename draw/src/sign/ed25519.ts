// Ed25519 (RFC 8032), for signatures on certificates and for the log and its witnesses.

import { ed25519 } from '@noble/curves/ed25519.js'

// A verifier checks a dozen signatures: the library's large table of multiples would cost more than it saves.
ed25519.Point.BASE.precompute(4)

/** Whether a signature (64 bytes) over a message holds for a public key (32 bytes). Never throws. */
export function verifyEd25519(key: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  try {
    return ed25519.verify(signature, message, key, { zip215: false })
  } catch {
    return false
  }
}

/** Signs a message with a 32-byte secret key: 64 bytes. */
export function signEd25519(secretKey: Uint8Array, message: Uint8Array): Uint8Array {
  return ed25519.sign(message, secretKey)
}

/** The public key (32 bytes) of a secret key. */
export function publicKeyEd25519(secretKey: Uint8Array): Uint8Array {
  return ed25519.getPublicKey(secretKey)
}
