// A frozen list as a commitment or certificate names it: rows, root, and the file hash where the list is public.

import { toHex } from '../bytes.ts'
import type { Alg } from '../hash.ts'
import { kernelFor } from '../kernel/index.ts'
import { lineBatches } from '../lists/lines.ts'
import type { ListEntry } from '../manifest/commitment.ts'
import { saltedTreeOf } from './salted-tree.ts'

/** The entry of a public list: hash and tree root over its bytes, given in pieces. */
export function openEntry(alg: Alg, name: string, chunks: Iterable<Uint8Array>): ListEntry {
  const kernel = kernelFor(alg)
  const hash = kernel.hash()
  const tree = kernel.tree('line')
  for (const chunk of chunks) {
    hash.update(chunk)
    tree.update(chunk)
  }
  const { root, rows } = tree.finish()
  return { name, rows, root: toHex(root), hash: toHex(hash.finish()) }
}

/** The entry of a salted list, given in pieces: nothing but rows and root. `secret` is 64 hex, or s₁ ‖ s₂. */
export function saltedEntryOf(
  alg: Alg,
  name: string,
  chunks: Iterable<Uint8Array>,
  secret: string,
): ListEntry {
  const { rows, root } = saltedTreeOf(alg, name, secret, lineBatches(chunks))
  return { name, rows, root: toHex(root) }
}
