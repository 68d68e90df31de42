// BLS signatures on G1 (drand quicknet) verified, and nothing else. The build puts this in the library's place;
// web/test/lean.test.ts holds the two to the same answers.

import { type Fp2, subtract, ZERO } from './fp2.ts'
import { BASE_OF_G2, decode, G1, G2, type Point } from './g1-g2.ts'
import { hashToG1 } from './hash-to-g1.ts'
import { productIsOne } from './pairing.ts'

/** The part of the library's interface that verifying needs. */
export const bls12_381 = {
  shortSignatures: {
    hash: hashToG1,
    /** Whether e(signature, base of G2) = e(message, key). Compressed bytes that are no point of their group never hold. */
    verify(signature: Uint8Array, message: Point | undefined, key: Uint8Array): boolean {
      const s = decode(G1, signature)
      const k = decode(G2, key)
      if (!s || !k || !message) return false
      const [x, y]: readonly [Fp2, Fp2] = s
      return productIsOne([
        [[x, subtract(ZERO, y)], BASE_OF_G2],
        [message, k],
      ])
    },
  },
}
