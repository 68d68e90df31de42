// Bytes to text, strictly: a byte that the encoding does not have is an error with its place, never U+FFFD.
import { SheetError, systemError } from './errors.ts'
import { openForReading } from './files.ts'

/** The encodings that are read. GB18030 includes GBK and GB2312. */
export type Encoding = 'utf-8' | 'gb18030' | 'utf-16le' | 'utf-16be'

/** An encoding and the length of the byte order mark before the text. */
export interface EncodedFile {
  readonly path: string
  readonly encoding: Encoding
  readonly bomBytes: number
}

/** A piece of text and the bytes of the file taken so far. */
export interface TextChunk {
  readonly text: string
  readonly bytesRead: number
}

const CHUNK_BYTES = 262_144

/** The file's text in order, without its byte order mark. Throws `bad-bytes` or an error of the system. */
export async function* textChunks(file: EncodedFile): AsyncGenerator<TextChunk, void, undefined> {
  const decoder = strictDecoder(file)
  for await (const chunk of byteChunks(file.path, file.bomBytes, CHUNK_BYTES)) {
    const text = await strictly(file, () => decoder.decode(chunk.bytes, { stream: true }))
    if (text !== '') yield { text, bytesRead: chunk.end }
  }
  await strictly(file, () => decoder.decode())
}

/** A part of a file and the offset of its end. The bytes are overwritten by the next part. */
export interface ByteChunk {
  readonly bytes: Uint8Array
  readonly end: number
}

/** The file's bytes in order, from an offset. */
export async function* byteChunks(
  path: string,
  from: number,
  size: number,
): AsyncGenerator<ByteChunk, void, undefined> {
  const handle = await openForReading(path)
  try {
    const buffer = Buffer.allocUnsafe(size)
    for (let end = from; ;) {
      const { bytesRead } = await handle.read(buffer, 0, size, end)
      if (bytesRead === 0) return
      end += bytesRead
      yield { bytes: buffer.subarray(0, bytesRead), end }
    }
  } catch (cause) {
    throw cause instanceof SheetError ? cause : systemError(path, cause)
  } finally {
    await handle.close()
  }
}

async function strictly(file: EncodedFile, decode: () => string): Promise<string> {
  try {
    return decode()
  } catch {
    throw await locateBadBytes(file)
  }
}

// The decoder says only that it failed: read again up to the failing chunk, and that one byte by byte.
async function locateBadBytes(file: EncodedFile): Promise<SheetError> {
  const soundBytes = await countSoundBytes(file)
  const decoder = strictDecoder(file)
  const lines = new LineCounter()
  for await (const { bytes, end } of byteChunks(file.path, file.bomBytes, CHUNK_BYTES)) {
    if (end <= soundBytes) {
      lines.count(decoder.decode(bytes, { stream: true }))
      continue
    }
    for (let index = 0; index < bytes.length; index++) {
      try {
        lines.count(decoder.decode(bytes.subarray(index, index + 1), { stream: true }))
      } catch {
        const around = bytes.subarray(Math.max(0, index - 3), index + 4)
        return badBytes(file, end - bytes.length + index, lines.line, around)
      }
    }
  }
  return badBytes(file, soundBytes, lines.line, undefined)
}

async function countSoundBytes(file: EncodedFile): Promise<number> {
  const decoder = strictDecoder(file)
  let sound = file.bomBytes
  for await (const { bytes, end } of byteChunks(file.path, file.bomBytes, CHUNK_BYTES)) {
    try {
      decoder.decode(bytes, { stream: true })
    } catch {
      return sound
    }
    sound = end
  }
  return sound
}

function strictDecoder(file: EncodedFile): TextDecoder {
  return new TextDecoder(file.encoding, { fatal: true, ignoreBOM: true })
}

function badBytes(file: EncodedFile, offset: number, line: number, around?: Uint8Array): SheetError {
  const params = { offset, line, encoding: file.encoding }
  if (!around) return new SheetError('bad-bytes', file.path, { ...params, reason: 'cut' })
  const bytes = Buffer.from(around)
    .toString('hex')
    .toUpperCase()
    .replaceAll(/..(?!$)/g, '$& ')
  return new SheetError('bad-bytes', file.path, { ...params, bytes, reason: 'invalid' })
}

class LineCounter {
  line = 1
  #afterReturn = false

  count(text: string): void {
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code === 13 || (code === 10 && !this.#afterReturn)) this.line++
      this.#afterReturn = code === 13
    }
  }
}
