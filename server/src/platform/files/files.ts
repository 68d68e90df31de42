// Files under their own SHA-256: nothing is stored twice, nothing under a name that somebody chose, and what was stored
// is on disk before anybody is told so. What lies there is encrypted: uploads hold numbers of people.

import { createCipheriv, createDecipheriv, createHash, randomBytes, randomUUID } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pipeline as joined, type Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Refused } from '../refusal.ts'
import type { Secrets } from '../secrets.ts'

/** What a stored file is. */
export interface StoredFile {
  /** SHA-256, 64 hexadecimal digits. */
  readonly hash: string
  readonly bytes: number
}

/** The files of one server. */
export class Files {
  readonly #folder: string
  readonly #key: Buffer
  /** What the file system said of a file when its bytes were found to be those of its hash. */
  readonly #intact = new Map<string, string>()

  constructor(folder: string, secrets: Pick<Secrets, 'keyFor'>) {
    this.#folder = folder
    this.#key = secrets.keyFor('files')
  }

  /** Stores what a stream gives. Throws Refused (413) past `limit` bytes; then nothing stays behind. */
  async put(stream: Readable | AsyncIterable<Uint8Array>, limit: number): Promise<StoredFile> {
    const incoming = join(this.#folder, 'incoming')
    await mkdir(incoming, { recursive: true })
    const draft = join(incoming, randomUUID())
    try {
      const stored = await write(draft, this.#key, stream, limit)
      await this.#keep(draft, stored.hash)
      return stored
    } finally {
      await rm(draft, { force: true })
    }
  }

  /** The bytes of a file. Whoever stops reading destroys the stream, and with it what lies under it. Throws where there is none. */
  async read(hash: string): Promise<Readable> {
    const file = await open(this.#pathOf(hash), 'r')
    const nonce = Buffer.alloc(NONCE)
    await file.read(nonce, 0, NONCE, 0)
    await file.close()
    const from = createReadStream(this.#pathOf(hash), { start: NONCE })
    const decipher = createDecipheriv(ALGORITHM, this.#key, nonce)
    // What fails on either side ends both; who reads hears of it by the stream that he has.
    joined(from, decipher, () => undefined)
    return decipher
  }

  /**
   * Some bytes of a file, from a byte on: as many as were asked for, or fewer at its end. Reads no more than these, however large
   * the file is.
   */
  async readRange(hash: string, from: number, length: number): Promise<Uint8Array> {
    const file = await open(this.#pathOf(hash), 'r')
    try {
      const nonce = Buffer.alloc(NONCE)
      await file.read(nonce, 0, NONCE, 0)
      // Counter mode: the keystream of a block depends on its number alone.
      const skipped = from % NONCE
      const sealed = Buffer.alloc(skipped + length)
      const { bytesRead } = await file.read(sealed, 0, sealed.length, NONCE + from - skipped)
      const decipher = createDecipheriv(ALGORITHM, this.#key, counterAt(nonce, (from - skipped) / NONCE))
      return decipher.update(sealed.subarray(0, bytesRead)).subarray(skipped)
    } finally {
      await file.close()
    }
  }

  /**
   * Puts a file's bytes in the clear at a path. Gives the SHA-256 of what really lay there, which is the file's own where nobody
   * altered it; nothing where there is no such file.
   */
  async layOut(hash: string, path: string): Promise<string | undefined> {
    if (!(await this.has(hash))) return undefined
    const digest = createHash('sha256')
    await pipeline(
      await this.read(hash),
      async function* (chunks: AsyncIterable<Uint8Array>) {
        for await (const chunk of chunks) {
          digest.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
    return digest.digest('hex')
  }

  /**
   * Whether a file is there with the bytes that were stored: before pieces of it, or a stream that cannot be called back, are given
   * to somebody. Reads it through, and once more only when the file system says that it was touched since: of a disk that was
   * changed underneath a running server it knows nothing. What decides something is laid out, and compared then.
   */
  async isIntact(hash: string): Promise<boolean> {
    const now = await this.#touchedAt(hash)
    if (now === undefined) return false
    if (this.#intact.get(hash) === now) return true
    const digest = createHash('sha256')
    await pipeline(await this.read(hash), digest)
    if (digest.digest('hex') !== hash) return false
    this.#intact.set(hash, now)
    return true
  }

  /**
   * Gives work the path of a file's bytes in the clear, for as long as it runs; for its owner's eyes alone. Throws Refused
   * (file_altered) where they are not those that were stored.
   */
  async inTheClear<T>(hash: string, work: (path: string) => Promise<T>): Promise<T> {
    const path = join(this.#folder, 'incoming', `${randomUUID()}.clear`)
    await mkdir(dirname(path), { recursive: true })
    try {
      if ((await this.layOut(hash, path)) !== hash) throw new Refused({ code: 'file_altered' })
      return await work(path)
    } finally {
      await rm(path, { force: true })
    }
  }

  /** Gives work an empty folder of its own for bytes in the clear, for as long as it runs; for its owner's eyes alone. */
  async clearFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
    const folder = join(this.#folder, 'incoming', `${randomUUID()}.clear`)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      return await work(folder)
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  /** Removes what a crash left in the clear, or half stored. When nobody else is at work here. */
  async sweep(): Promise<void> {
    await rm(join(this.#folder, 'incoming'), { recursive: true, force: true })
  }

  /** Whether a file is there. */
  async has(hash: string): Promise<boolean> {
    return stat(this.#pathOf(hash)).then(
      () => true,
      () => false,
    )
  }

  /** Changes with whatever is done to a file; nothing where there is none. Nobody sets it by hand as he would a time of writing. */
  async #touchedAt(hash: string): Promise<string | undefined> {
    const found = await stat(this.#pathOf(hash), { bigint: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    return found && [found.ino, found.size, found.ctimeNs].join(' ')
  }

  async #keep(draft: string, hash: string): Promise<void> {
    const path = this.#pathOf(hash)
    const folder = dirname(path)
    await mkdir(folder, { recursive: true })
    await rename(draft, path)
    // The name is on disk only when its folder is.
    for (const each of [folder, dirname(folder)]) await syncFolder(each)
  }

  /** A hash is the only name; anything else is a bug of the caller or an attack, and reaches no file. */
  #pathOf(hash: string): string {
    if (!/^[0-9a-f]{64}$/.test(hash)) throw new Error('a file is named by its SHA-256')
    return join(this.#folder, hash.slice(0, 2), hash)
  }
}

// The hash speaks for what was stored, so that no tag is needed: whoever decides by a file compares it (`layOut`). A nonce of its own
// for each file.
const ALGORITHM = 'aes-256-ctr'
const NONCE = 16

/** The counter block of a block of the file: the first one's plus its number, as 128-bit integers. */
function counterAt(nonce: Buffer, block: number): Buffer {
  const counter = (BigInt(`0x${nonce.toString('hex')}`) + BigInt(block)) % (1n << 128n)
  return Buffer.from(counter.toString(16).padStart(2 * NONCE, '0'), 'hex')
}

async function write(
  path: string,
  key: Buffer,
  stream: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<StoredFile> {
  const digest = createHash('sha256')
  const file = await open(path, 'wx', 0o600)
  const nonce = randomBytes(NONCE)
  const cipher = createCipheriv(ALGORITHM, key, nonce)
  let bytes = 0
  try {
    await file.writeFile(nonce)
    for await (const chunk of stream) {
      bytes += chunk.length
      if (bytes > limit) throw new Refused({ code: 'body_too_large' }, 413)
      digest.update(chunk)
      await file.writeFile(cipher.update(chunk))
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
