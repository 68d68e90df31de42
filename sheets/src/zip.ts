// A ZIP container read by its directory, with every inflated byte counted and every checksum checked.
import { createReadStream } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { SheetError } from './errors.ts'
import { openForReading } from './files.ts'
import type { Limits } from './limits.ts'

/** A part of the container. Sizes in bytes, as the directory states them. */
export interface ZipEntry {
  readonly name: string
  readonly method: number
  readonly encrypted: boolean
  readonly crc: number
  readonly packed: number
  readonly size: number
  /** Where its local header begins. */
  readonly offset: number
}

const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const DIRECTORY_BYTES = 1_048_576
const RATIO_FREE_BYTES = 1_048_576

/** An open container. Names are matched without regard to case, with `\` as `/`. */
export class Zip {
  readonly path: string
  readonly #limits: Limits
  readonly #entries: ReadonlyMap<string, ZipEntry>

  private constructor(path: string, limits: Limits, entries: readonly ZipEntry[]) {
    this.path = path
    this.#limits = limits
    this.#entries = new Map(entries.map((entry) => [keyOf(entry.name), entry]))
  }

  /** Reads the directory. Throws `zip-truncated`, `zip-damaged`, `too-large`. */
  static async open(path: string, limits: Limits): Promise<Zip> {
    const handle = await openForReading(path)
    try {
      return new Zip(path, limits, await readDirectory(path, handle, limits))
    } catch (cause) {
      throw cause instanceof SheetError ? cause : damaged(path, '', 'the directory is out of bounds')
    } finally {
      await handle.close()
    }
  }

  /** Whether there is such a part. */
  has(name: string): boolean {
    return this.#entries.has(keyOf(name))
  }

  /** The inflated size of a part as its directory entry states it; 0 where there is none. */
  size(name: string): number {
    return this.#entries.get(keyOf(name))?.size ?? 0
  }

  /** The inflated bytes of a part. Throws `zip-damaged`, `encrypted`, `too-large`. */
  async *bytes(name: string): AsyncGenerator<Buffer, void, undefined> {
    const entry = this.#entries.get(keyOf(name))
    if (!entry) throw damaged(this.path, name, 'the part is absent')
    if (entry.encrypted) throw new SheetError('encrypted', this.path)
    if (entry.method !== 0 && entry.method !== 8) throw damaged(this.path, name, `method ${entry.method}`)
    const start = await this.#dataStart(entry)
    if (entry.packed === 0 && entry.size > 0) throw damaged(this.path, name, 'no bytes')
    let size = 0
    let crc = 0
    try {
      for await (const chunk of entry.packed === 0 ? [] : this.#unpack(entry, start)) {
        size += chunk.length
        this.#refuseBomb(entry, size)
        crc = crc32(chunk, crc)
        yield chunk
      }
    } catch (cause) {
      throw cause instanceof SheetError ? cause : damaged(this.path, name, reasonOf(cause))
    }
    if (size !== entry.size) throw damaged(this.path, name, `${size} bytes instead of ${entry.size}`)
    if (crc !== entry.crc) throw damaged(this.path, name, 'wrong checksum')
  }

  async *#unpack(entry: ZipEntry, start: number): AsyncGenerator<Buffer, void, undefined> {
    const packed = createReadStream(this.path, {
      start,
      end: start + entry.packed - 1,
      highWaterMark: 262_144,
    })
    const source = entry.method === 0 ? packed : createInflateRaw({ chunkSize: 262_144 })
    if (source !== packed) pipeline(packed, source as NodeJS.WritableStream, () => {})
    try {
      for await (const chunk of source) yield chunk as Buffer
    } finally {
      packed.destroy()
      source.destroy()
    }
  }

  async #dataStart(entry: ZipEntry): Promise<number> {
    const handle = await openForReading(this.path)
    try {
      const header = await readAt(handle, entry.offset, 30)
      if (header.length < 30 || header.readUInt32LE(0) !== LOCAL)
        throw damaged(this.path, entry.name, 'no header')
      return entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    } finally {
      await handle.close()
    }
  }

  #refuseBomb(entry: ZipEntry, size: number): void {
    const { inflatedBytes, ratio } = this.#limits
    if (size > entry.size) throw damaged(this.path, entry.name, `more than the stated ${entry.size} bytes`)
    if (size > inflatedBytes)
      throw this.#tooLarge(`the inflated size of ${entry.name}`, `${inflatedBytes} bytes`)
    if (size > RATIO_FREE_BYTES && size > entry.packed * ratio) {
      throw this.#tooLarge(`the compression of ${entry.name}`, `${ratio} to 1`)
    }
  }

  #tooLarge(what: string, limit: string): SheetError {
    return new SheetError('too-large', this.path, { what, limit })
  }
}

async function readDirectory(path: string, handle: FileHandle, limits: Limits): Promise<ZipEntry[]> {
  const { size } = await handle.stat()
  const { count, start, length } = await findDirectory(path, handle, size)
  if (count > limits.entries) {
    throw new SheetError('too-large', path, {
      what: 'the number of ZIP entries',
      limit: limits.entries,
      found: count,
    })
  }
  if (start + length > size || length > DIRECTORY_BYTES)
    throw damaged(path, '', 'the directory is out of bounds')
  const directory = await readAt(handle, start, length)
  const entries: ZipEntry[] = []
  let inflated = 0
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== CENTRAL) throw damaged(path, '', 'a directory entry is malformed')
    const [nameEnd, extra, comment] = [28, 30, 32].map((field) =>
      directory.readUInt16LE(at + field),
    ) as number[]
    const entry = centralEntry(directory.subarray(at, at + 46 + nameEnd! + extra!), nameEnd!)
    entries.push(entry)
    inflated += entry.size
    at += 46 + nameEnd! + extra! + comment!
  }
  if (inflated > limits.inflatedBytes) {
    const params = { what: 'the inflated size', limit: `${limits.inflatedBytes} bytes`, found: inflated }
    throw new SheetError('too-large', path, params)
  }
  return entries
}

async function findDirectory(
  path: string,
  handle: FileHandle,
  size: number,
): Promise<{ readonly count: number; readonly start: number; readonly length: number }> {
  const tailStart = Math.max(0, size - 65_557)
  const tail = await readAt(handle, tailStart, size - tailStart)
  const mark = Buffer.alloc(4)
  mark.writeUInt32LE(END)
  const at = tail.lastIndexOf(mark)
  if (at < 0 || at + 22 > tail.length) throw new SheetError('zip-truncated', path)
  const plain = {
    count: tail.readUInt16LE(at + 10),
    length: tail.readUInt32LE(at + 12),
    start: tail.readUInt32LE(at + 16),
  }
  if (plain.count !== 0xffff && plain.start !== 0xffffffff && plain.length !== 0xffffffff) return plain
  if (at < 20 || tail.readUInt32LE(at - 20) !== LOCATOR_64) return plain
  const end64 = await readAt(handle, Number(tail.readBigUInt64LE(at - 12)), 56)
  if (end64.length < 56 || end64.readUInt32LE(0) !== END_64) throw damaged(path, '', 'no ZIP64 directory')
  const [count, length, start] = [32, 40, 48].map((field) => Number(end64.readBigUInt64LE(field))) as number[]
  return { count: count!, length: length!, start: start! }
}

function centralEntry(bytes: Buffer, nameLength: number): ZipEntry {
  const wide = zip64Fields(bytes.subarray(46 + nameLength))
  const field = (at: number): number => {
    const value = bytes.readUInt32LE(at)
    return value === 0xffffffff ? (wide.shift() ?? value) : value
  }
  // ZIP64 fields come in this order: size, packed size, offset.
  const size = field(24)
  const packed = field(20)
  return {
    name: bytes.toString('utf8', 46, 46 + nameLength),
    method: bytes.readUInt16LE(10),
    encrypted: (bytes.readUInt16LE(8) & 1) === 1,
    crc: bytes.readUInt32LE(16),
    size,
    packed,
    offset: field(42),
  }
}

function zip64Fields(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length;) {
    const length = extra.readUInt16LE(at + 2)
    if (extra.readUInt16LE(at) === 1) {
      const count = Math.floor(Math.min(length, extra.length - at - 4) / 8)
      return Array.from({ length: count }, (_, index) => Number(extra.readBigUInt64LE(at + 4 + index * 8)))
    }
    at += 4 + length
  }
  return []
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  return buffer.subarray(0, bytesRead)
}

function keyOf(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()
}

function damaged(path: string, part: string, reason: string): SheetError {
  return new SheetError('zip-damaged', path, part === '' ? { reason } : { part, reason })
}

function reasonOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause)
}
