// Files under their own SHA-256: nothing is stored twice, nothing under a name that somebody chose, and what was stored
// is on disk before anybody is told so.

import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Readable } from 'node:stream'
import { Refused } from '../refusal.ts'

/** What a stored file is. */
export interface StoredFile {
  /** SHA-256, 64 hexadecimal digits. */
  readonly hash: string
  readonly bytes: number
}

/** The files of one server. */
export class Files {
  readonly #folder: string

  constructor(folder: string) {
    this.#folder = folder
  }

  /** Stores what a stream gives. Throws Refused (413) past `limit` bytes; then nothing stays behind. */
  async put(stream: Readable | AsyncIterable<Uint8Array>, limit: number): Promise<StoredFile> {
    const incoming = join(this.#folder, 'incoming')
    await mkdir(incoming, { recursive: true })
    const draft = join(incoming, randomUUID())
    try {
      const stored = await write(draft, stream, limit)
      await this.#keep(draft, stored.hash)
      return stored
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** The bytes of a file. Its stream fails where it is not there. */
  read(hash: string): Readable {
    return createReadStream(this.pathOf(hash))
  }

  /** Whether a file is there. */
  async has(hash: string): Promise<boolean> {
    return stat(this.pathOf(hash)).then(
      () => true,
      () => false,
    )
  }

  async #keep(draft: string, hash: string): Promise<void> {
    const path = this.pathOf(hash)
    const folder = dirname(path)
    await mkdir(folder, { recursive: true })
    await rename(draft, path)
    // The name is on disk only when its folder is.
    for (const each of [folder, dirname(folder)]) await syncFolder(each)
  }

  /** A hash is the only name; anything else is a bug of the caller or an attack, and reaches no file. */
  pathOf(hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('a file is named by its SHA-256')
    return join(this.#folder, hash.slice(0, 2), hash)
  }
}

async function write(path: string, stream: AsyncIterable<Uint8Array>, limit: number): Promise<StoredFile> {
  const digest = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  let bytes = 0
  try {
    for await (const chunk of stream) {
      bytes += chunk.length
      if (bytes > limit) throw new Refused({ code: 'body_too_large' }, 413)
      digest.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: digest.digest('hex'), bytes }
}

async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
