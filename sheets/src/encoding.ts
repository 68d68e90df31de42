// Which encoding a text file is in: byte order mark, NUL pattern, strict UTF-8 over the whole file, else GB18030.
import { isAscii, isUtf8 } from 'node:buffer'
import { byteChunks, type EncodedFile, type Encoding } from './decode.ts'

const CHUNK_BYTES = 1_048_576
const NUL_SAMPLE_BYTES = 65_536

const MARKS: readonly (readonly [Encoding, readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
  ['gb18030', [0x84, 0x31, 0x95, 0x33]],
]

/**
 * The encoding of a file that begins with `head` (its first 64 KiB), or the stated one. A file that is UTF-8 but for
 * a few bytes counts as damaged UTF-8, not as GB18030, which gives some character to nearly any bytes.
 */
export async function detectEncoding(
  path: string,
  head: Uint8Array,
  stated?: Encoding,
): Promise<EncodedFile> {
  const mark = MARKS.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))
  if (stated) return { path, encoding: stated, bomBytes: mark?.[0] === stated ? mark[1].length : 0 }
  if (mark) return { path, encoding: mark[0], bomBytes: mark[1].length }
  return { path, encoding: utf16ByNuls(head) ?? (await utf8OrGb18030(path)), bomBytes: 0 }
}

// Latin letters, digits and separators in UTF-16 have one zero byte each, always on the same side.
function utf16ByNuls(head: Uint8Array): Encoding | undefined {
  const length = Math.min(head.length, NUL_SAMPLE_BYTES)
  const nuls = [0, 0]
  for (let index = 0; index < length; index++) {
    if (head[index] === 0) nuls[index % 2]!++
  }
  const [even = 0, odd = 0] = nuls
  const enough = Math.max(1, length / 200)
  if (odd >= enough && odd > even * 20) return 'utf-16le'
  if (even >= enough && even > odd * 20) return 'utf-16be'
  return undefined
}

async function utf8OrGb18030(path: string): Promise<Encoding> {
  let carry = Buffer.alloc(0)
  let saw = false
  for await (const { bytes } of byteChunks(path, 0, CHUNK_BYTES)) {
    const block =
      carry.length > 0
        ? Buffer.concat([carry, bytes])
        : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
    const whole = block.subarray(0, wholeCharacters(block))
    if (!isUtf8(whole)) return saw || isMostlyUtf8(whole) ? 'utf-8' : 'gb18030'
    saw ||= !isAscii(whole)
    carry = Buffer.from(block.subarray(whole.length))
  }
  // What is left is the beginning of a character: of UTF-8 cut at its end, or of GB18030 with hardly any Chinese.
  return carry.length > 0 && !saw ? 'gb18030' : 'utf-8'
}

// The length without the beginning of a UTF-8 character at the end.
function wholeCharacters(block: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, block.length); back++) {
    const byte = block[block.length - back]!
    if (byte < 0x80) break
    if (byte >= 0xc0) {
      const need = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
      return need > back ? block.length - back : block.length
    }
  }
  return block.length
}

function isMostlyUtf8(block: Uint8Array): boolean {
  let good = 0
  let bad = 0
  for (let index = 0; index < block.length;) {
    const byte = block[index]!
    const length = byte < 0x80 ? 1 : byte < 0xc2 ? 0 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : byte < 0xf5 ? 4 : 0
    if (length === 1) {
      index++
    } else if (length > 1 && isUtf8(block.subarray(index, index + length))) {
      good++
      index += length
    } else {
      bad++
      index++
    }
  }
  return good > bad * 2
}
