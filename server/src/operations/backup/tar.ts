// The tar of POSIX (ustar), so that a backup can be looked into with any tool. Streams both ways.

import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'

/** One file, or an empty folder: PostgreSQL does not open without some that hold nothing. */
export interface TarEntry {
  readonly name: string
  readonly kind: 'file' | 'folder'
  readonly size: number
  /** Can be read until the next entry is asked for. */
  readonly content: AsyncIterable<Buffer>
}

/** The file is no tar, or was cut off. */
export class TarDamaged extends Error {}

const BLOCK = 512
const SIZE_AT = 124
const SIZE_LENGTH = 12
const SUM_AT = 148
const KIND_AT = 156
const PREFIX_AT = 345

/** Writes an archive to a file that is open for writing. */
export class TarWriter {
  readonly #handle: FileHandle

  constructor(handle: FileHandle) {
    this.#handle = handle
  }

  /** Appends a file. Throws where the content is not of the stated size: it grew while it was read. */
  async add(name: string, size: number, content: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#handle.write(header(name, size, '0'))
    let written = 0
    for await (const chunk of content) {
      written += chunk.length
      await this.#handle.write(chunk)
    }
    if (written !== size) throw new Error(`${name} has ${written} bytes, and ${size} were stated`)
    await this.#handle.write(Buffer.alloc(padding(size)))
  }

  async addFolder(name: string): Promise<void> {
    await this.#handle.write(header(`${name}/`, 0, '5'))
  }

  async end(): Promise<void> {
    await this.#handle.write(Buffer.alloc(2 * BLOCK))
    await this.#handle.sync()
  }
}

/** The entries of an archive, in order. Throws TarDamaged. */
export async function* readTar(path: string): AsyncGenerator<TarEntry> {
  const bytes = new ByteReader(createReadStream(path, { highWaterMark: 1 << 18 }))
  for (;;) {
    const head = await bytes.take(BLOCK)
    if (head.every((byte) => byte === 0)) return
    const entry = parseHeader(head)
    const content = bytes.stream(entry.size)
    yield { ...entry, content }
    // Whoever did not read it to its end has no use for the rest.
    for await (const _ of content);
    await bytes.skip(padding(entry.size))
  }
}

function header(name: string, size: number, kind: '0' | '5'): Buffer {
  const block = Buffer.alloc(BLOCK)
  const [prefix, last] = splitName(name)
  block.write(last, 0, 'utf8')
  block.write('0000600\0', 100)
  block.write('0000000\0', 108)
  block.write('0000000\0', 116)
  writeSize(block, size)
  block.write('00000000000\0', 136)
  block.write('        ', SUM_AT)
  block.write(kind, KIND_AT)
  block.write('ustar\x0000', 257)
  block.write(prefix, PREFIX_AT, 'utf8')
  const sum = block.reduce((total, byte) => total + byte, 0)
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, SUM_AT)
  return block
}

/** A name of up to 100 bytes; what is longer is split at a slash. */
function splitName(name: string): readonly [prefix: string, last: string] {
  if (Buffer.byteLength(name) <= 100) return ['', name]
  const at = name.lastIndexOf('/', 154)
  const [prefix, last] = [name.slice(0, at), name.slice(at + 1)]
  if (at <= 0 || Buffer.byteLength(last) > 100) throw new Error(`the name ${name} is too long for tar`)
  return [prefix, last]
}

/** Octal to 8 GiB; past it the binary form that every present tar reads. */
function writeSize(block: Buffer, size: number): void {
  if (size < 0o77777777777) {
    block.write(`${size.toString(8).padStart(SIZE_LENGTH - 1, '0')}\0`, SIZE_AT)
    return
  }
  block.writeUInt8(0x80, SIZE_AT)
  block.writeUIntBE(size, SIZE_AT + SIZE_LENGTH - 6, 6)
}

function parseHeader(block: Buffer): Omit<TarEntry, 'content'> {
  const stated = Number.parseInt(text(block, SUM_AT, 8), 8)
  const sum = block.reduce((total, byte, i) => total + (i >= SUM_AT && i < SUM_AT + 8 ? 0x20 : byte), 0)
  if (stated !== sum) throw new TarDamaged('a header whose checksum is wrong')
  const isBinary = (block[SIZE_AT]! & 0x80) !== 0
  const size = isBinary
    ? block.readUIntBE(SIZE_AT + SIZE_LENGTH - 6, 6)
    : Number.parseInt(text(block, SIZE_AT, SIZE_LENGTH), 8)
  const [prefix, last] = [text(block, PREFIX_AT, 155), text(block, 0, 100)]
  const name = prefix === '' ? last : `${prefix}/${last}`
  const isFolder = block[KIND_AT] === 0x35
  return isFolder ? { name: name.replace(/\/$/, ''), kind: 'folder', size: 0 } : { name, kind: 'file', size }
}

function text(block: Buffer, at: number, length: number): string {
  const field = block.subarray(at, at + length)
  const end = field.indexOf(0)
  return field.toString('utf8', 0, end < 0 ? length : end).trim()
}

function padding(size: number): number {
  return (BLOCK - (size % BLOCK)) % BLOCK
}

/** Takes exact numbers of bytes from a stream. */
class ByteReader {
  readonly #chunks: AsyncIterator<Buffer>
  #rest: Buffer = Buffer.alloc(0)

  constructor(stream: AsyncIterable<Buffer>) {
    this.#chunks = stream[Symbol.asyncIterator]()
  }

  async take(length: number): Promise<Buffer> {
    const parts: Buffer[] = []
    for await (const part of this.stream(length)) parts.push(part)
    return Buffer.concat(parts)
  }

  async skip(length: number): Promise<void> {
    if (length > 0) await this.take(length)
  }

  async *stream(length: number): AsyncGenerator<Buffer> {
    for (let left = length; left > 0;) {
      if (this.#rest.length === 0) await this.#fill()
      const part = this.#rest.subarray(0, left)
      this.#rest = this.#rest.subarray(part.length)
      left -= part.length
      yield part
    }
  }

  async #fill(): Promise<void> {
    const next = await this.#chunks.next()
    if (next.done) throw new TarDamaged('cut off')
    this.#rest = next.value
  }
}
