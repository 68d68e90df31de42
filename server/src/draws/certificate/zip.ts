// A zip of files that nobody has whole in memory. The same files give the same bytes: names in the order given, one date
// for all, no attributes of whatever machine made it.

import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** A file to put into a zip. */
export interface ZipEntry {
  readonly name: string
  readonly bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
}

/** What the end of the zip says of a file that stands in it. */
interface Placed {
  readonly name: Buffer
  readonly crc: number
  readonly packed: number
  readonly size: number
  readonly at: number
}

/** A zip of `entries`, made as it is read. Fails where a file or the whole passes 4 GiB. */
export function zipOf(entries: AsyncIterable<ZipEntry>): Readable {
  return Readable.from(zipped(entries), { objectMode: false })
}

async function* zipped(entries: AsyncIterable<ZipEntry>): AsyncGenerator<Buffer> {
  const placed: Placed[] = []
  let at = 0
  for await (const { name, bytes } of entries) {
    const begun = at
    const head = header(LOCAL, commonOf({ name: Buffer.from(name), crc: 0, packed: 0, size: 0 }))
    yield head
    at += head.length
    const sums = { crc: 0, size: 0, packed: 0 }
    for await (const chunk of deflated(bytes, sums)) {
      yield chunk
      sums.packed += chunk.length
    }
    at += sums.packed
    const tail = descriptor(sums)
    yield tail
    at = within(at + tail.length)
    placed.push({ name: Buffer.from(name), ...sums, at: begun })
  }
  const directory = Buffer.concat(placed.map(directoryEntry))
  within(at + directory.length)
  yield Buffer.concat([directory, end(placed.length, directory.length, at)])
}

/** The deflated bytes; counts what goes in. */
async function* deflated(
  bytes: ZipEntry['bytes'],
  sums: { crc: number; size: number },
): AsyncGenerator<Buffer> {
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      sums.crc = crc32(chunk, sums.crc)
      sums.size = within(sums.size + chunk.length)
      yield chunk
    }
  }
  const input = Readable.from(counted(), { objectMode: false })
  const packer = createDeflateRaw({ level: LEVEL })
  input.once('error', (error) => packer.destroy(error))
  try {
    yield* input.pipe(packer) as AsyncIterable<Buffer>
  } finally {
    input.destroy()
    packer.destroy()
  }
}

// Lists of codes and hashes hardly become smaller with more effort.
const LEVEL = 6
const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const DESCRIPTOR = 0x08074b50
const END = 0x06054b50
const VERSION = 20
// Sizes follow the bytes; names are UTF-8.
const FLAGS = 0x0808
const DEFLATE = 8
// 1980-01-01 00:00, the first time that a zip can name.
const TIME = 0
const DATE = 0x0021
const LARGEST = 0xffffffff

function within(bytes: number): number {
  if (bytes > LARGEST) throw new RangeError('a zip of more than 4 GiB')
  return bytes
}

/** The fields that a file's header and its line in the directory share, and its name. */
function commonOf({ name, crc, packed, size }: Omit<Placed, 'at'>): { fields: Buffer; name: Buffer } {
  const fields = Buffer.alloc(26)
  fields.writeUInt16LE(VERSION, 0)
  fields.writeUInt16LE(FLAGS, 2)
  fields.writeUInt16LE(DEFLATE, 4)
  fields.writeUInt16LE(TIME, 6)
  fields.writeUInt16LE(DATE, 8)
  fields.writeUInt32LE(crc, 10)
  fields.writeUInt32LE(packed, 14)
  fields.writeUInt32LE(size, 18)
  fields.writeUInt16LE(name.length, 22)
  return { fields, name }
}

function header(signature: number, { fields, name }: { fields: Buffer; name: Buffer }): Buffer {
  return Buffer.concat([uint32(signature), fields, name])
}

function descriptor({ crc, packed, size }: Pick<Placed, 'crc' | 'packed' | 'size'>): Buffer {
  return Buffer.concat([DESCRIPTOR, crc, packed, size].map(uint32))
}

function directoryEntry(file: Placed): Buffer {
  const { fields, name } = commonOf(file)
  const rest = Buffer.alloc(14)
  rest.writeUInt32LE(file.at, 10)
  return Buffer.concat([uint32(CENTRAL), uint16(VERSION), fields, rest, name])
}

function end(files: number, size: number, at: number): Buffer {
  const counts = [0, 0, files, files].map(uint16)
  return Buffer.concat([uint32(END), ...counts, uint32(size), uint32(at), uint16(0)])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
