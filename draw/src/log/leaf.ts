// A leaf of the transparency log: what was fixed, for which draw, by which hash, when (spec 8). The log is SHA-256.

import { utf8 } from '../bytes.ts'
import { canonical } from '../jcs.ts'
import { leafHash } from '../merkle.ts'
import type { LogLeaf } from '../manifest/proofs.ts'

/** The exact text of a leaf. */
export function leafText(leaf: LogLeaf): string {
  return canonical({ ...leaf })
}

/** The RFC 6962 leaf hash of a leaf's text. */
export function logLeafHash(text: string): Uint8Array {
  return leafHash('sha256', utf8(text))
}
