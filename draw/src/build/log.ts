// A log in memory: leaves appended, checkpoints signed, proofs cut. Where it is kept is the caller's affair.

import { toHex } from '../bytes.ts'
import { signCheckpoint } from '../log/checkpoint.ts'
import { leafText, logLeafHash } from '../log/leaf.ts'
import { consistencyPath, inclusionPath, treeRoot } from '../merkle.ts'
import type { Place } from '../manifest/certificate.ts'
import type { LogLeaf, Proofs } from '../manifest/proofs.ts'

/** An append-only list of leaf texts with its tree. */
export class Log {
  readonly #texts: string[]
  readonly #hashes: Uint8Array[]

  /** From the exact leaf texts, in order. */
  constructor(texts: readonly string[] = []) {
    this.#texts = [...texts]
    this.#hashes = this.#texts.map(logLeafHash)
  }

  get size(): number {
    return this.#texts.length
  }

  /** The leaf texts in order. */
  get texts(): readonly string[] {
    return this.#texts
  }

  /** Appends a leaf and gives its index. */
  append(leaf: LogLeaf): number {
    const text = leafText(leaf)
    this.#texts.push(text)
    this.#hashes.push(logLeafHash(text))
    return this.#texts.length - 1
  }

  /** A checkpoint of the whole, signed by the log's key (32 bytes). */
  checkpoint(origin: string, secretKey: Uint8Array): string {
    return signCheckpoint(origin, this.size, treeRoot('sha256', this.#hashes), secretKey)
  }

  /** Where a leaf stands, in the tree of the first `size` leaves. */
  place(index: number, size = this.size): Place {
    return { index, path: inclusionPath('sha256', this.#hashes.slice(0, size), index).map(toHex) }
  }

  /** proofs.json: leaves proven under the latest checkpoint, which continues the one of size `from`. */
  proofs(checkpoint: string, indexes: readonly number[], from = 0): Proofs {
    const ascending = [...new Set(indexes)].toSorted((a, b) => a - b)
    return {
      v: 'vdp1',
      checkpoint,
      consistency: consistencyPath('sha256', this.#hashes, from).map(toHex),
      leaves: ascending.map((index) => ({ leaf: this.#texts[index] as string, ...this.place(index) })),
    }
  }
}
