// One line of a frozen list and its proof, by reading a few kilobytes of a file that may have ten million lines.

import { type Alg, type Commitment, fromHex, includes, indexList, leafHash, lineAt, utf8 } from '@sunlot/draw'
import type { Files } from '../../platform/files/files.ts'
import { demandIntact } from '../lists/laying-out.ts'
import type { ListProof } from '@sunlot/draw'

/** A list as it is kept. */
export interface KeptList {
  readonly name: string
  readonly fileHash: string
  readonly indexHash: string | null
  readonly bytes: number
}

/** Reads lines of lists; keeps the indexes of the last few in memory, because people ask about the same draw. */
export class ListReader {
  readonly #files: Pick<Files, 'read' | 'readRange' | 'isIntact'>
  readonly #indexes = new Map<string, Promise<Uint8Array>>()

  constructor(files: Pick<Files, 'read' | 'readRange' | 'isIntact'>) {
    this.#files = files
  }

  /** The line of an id; nothing where the list has none. Throws Refused (draw.frozen_differs) where it is not what was stored. */
  async lineOf(alg: Alg, list: KeptList, id: string) {
    const { name, fileHash, indexHash } = list
    const both = [fileHash, ...(indexHash === null ? [] : [indexHash])]
    await demandIntact(
      { files: this.#files },
      both.map((each) => ({ name, fileHash: each })),
    )
    const index = await this.#indexOf(alg, list)
    return lineAt(index, list.bytes, (from, length) => this.#files.readRange(list.fileHash, from, length), id)
  }

  /** The proof that a line stands in the list that the commitment names. */
  async proofOf(c: Commitment, list: KeptList, id: string): Promise<ListProof | undefined> {
    const line = await this.lineOf(c.alg, list, id)
    const root = c.lists.find(({ name }) => name === list.name)?.root
    if (!line || root === undefined) return undefined
    const place = { index: line.at, size: line.rows, path: line.path.map(fromHex) }
    const holds = includes(c.alg, leafHash(c.alg, utf8(line.line)), place, fromHex(root))
    return { of: list.name, line: line.line, ...place, path: line.path, root, holds }
  }

  #indexOf(alg: Alg, { fileHash, indexHash }: KeptList): Promise<Uint8Array> {
    const known = this.#indexes.get(fileHash)
    // Taken out and put in again: the one that was used last is the last to go.
    this.#indexes.delete(fileHash)
    const index = known ?? this.#readIndex(alg, fileHash, indexHash)
    this.#indexes.set(fileHash, index)
    for (const oldest of this.#indexes.keys()) if (this.#indexes.size > KEPT) this.#indexes.delete(oldest)
    index.catch(() => this.#indexes.delete(fileHash))
    return index
  }

  async #readIndex(alg: Alg, fileHash: string, indexHash: string | null): Promise<Uint8Array> {
    const chunks: Uint8Array[] = []
    for await (const chunk of await this.#files.read(indexHash ?? fileHash)) chunks.push(chunk as Uint8Array)
    return indexHash === null ? indexList(alg, chunks) : Buffer.concat(chunks)
  }
}

const KEPT = 8
