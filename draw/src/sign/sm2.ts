// SM2 signatures with SM3 (GB/T 32918.2) and the default user id, for authorities that must use national algorithms.

import { sm2 } from 'sm-crypto-v2'

const OPTIONS = { hash: true, der: false, userId: '1234567812345678' } as const

/** Whether r ‖ s (128 hex) over a message holds for an uncompressed public key (130 hex). Never throws. */
export function verifySm2(key: string, message: Uint8Array, signature: string): boolean {
  try {
    return sm2.doVerifySignature(message, signature, key, OPTIONS)
  } catch {
    return false
  }
}

/** Signs a message with a secret key (64 hex): r ‖ s, 128 hex. */
export function signSm2(secretKey: string, message: Uint8Array): string {
  return sm2.doSignature(message, secretKey, OPTIONS)
}

/** The uncompressed public key (130 hex) of a secret key (64 hex). */
export function publicKeySm2(secretKey: string): string {
  return sm2.getPublicKeyFromPrivateKey(secretKey)
}
