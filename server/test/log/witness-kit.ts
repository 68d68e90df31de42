// Submissions to a witness, honest and forged, and a tree to make them from.

import { parseCheckpoint, toBase64, toHex, treeRoot } from '@sunlot/draw'
import { onTestFinished } from 'vitest'
import { signedNote } from '../../src/platform/log/signer.ts'
import { type RunningWitness, startWitness } from '../../src/witness/index.ts'
import { leavesOf, logSigner, MemoryTiles, ORIGIN, temporaryFolder } from './kit.ts'

export const LOG = { name: ORIGIN, alg: 'ed25519', key: toHex(logSigner.publicKey) } as const

/** A log whose leaves are known, at every size. `shift` makes another tree of the same log. */
export class KnownLog {
  readonly #tiles = new MemoryTiles()
  readonly #hashes: readonly Uint8Array[]

  constructor(size: number, shift = 0) {
    this.#hashes = leavesOf(shift, shift + size).map(({ hash }) => hash)
    this.#tiles.grow(this.#hashes)
  }

  root(size: number): Uint8Array {
    return treeRoot('sha256', this.#hashes.slice(0, size))
  }

  note(size: number): string {
    return signedNote(ORIGIN, size, this.root(size), logSigner)
  }

  prove(older: number, size: number): Promise<readonly Uint8Array[]> {
    return this.#tiles.tree(size).consistency(older)
  }

  path(index: number, size: number): Promise<readonly Uint8Array[]> {
    return this.#tiles.tree(size).inclusion(index)
  }

  async submission(older: number, size: number): Promise<string> {
    return submissionOf(older, await this.prove(older, size), this.note(size))
  }
}

export function submissionOf(older: number, proof: readonly Uint8Array[], note: string): string {
  return `old ${older}\n${proof.map((hash) => `${toBase64(hash)}\n`).join('')}\n${note}`
}

/** Status, type and text of a submission. */
export async function submit(
  url: string,
  body: string,
): Promise<{ status: number; type: string; text: string }> {
  const response = await fetch(`${url}/add-checkpoint`, { method: 'POST', body })
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
  }
}

/** A witness of the known log that is gone after the test. */
export async function witnessOf(folder = temporaryFolder(), name = 'witness-1'): Promise<RunningWitness> {
  const witness = await startWitness({ name, folder, host: '127.0.0.1', port: 0, logs: [LOG] })
  onTestFinished(() => witness.close())
  return witness
}

/** The tree of a note. */
export function treeOf(note: string): string {
  const { size, root } = parseCheckpoint(note)!
  return `${size} ${toHex(root)}`
}
