// H of a text by the machine's own library where it has the algorithm: registers have millions of rows.

import * as crypto from 'node:crypto'
import { hashHex, utf8 } from '@sunlot/draw'

/** H of the UTF-8 of a text, 64 lower-case hex characters. */
export type TextHash = (text: string) => string

/** H for the algorithm of a draw. */
export function textHash(alg: 'sha256' | 'sm3'): TextHash {
  if (crypto.getHashes().includes(alg)) return (text) => crypto.hash(alg, text, 'hex')
  return (text) => hashHex(alg, utf8(text))
}
