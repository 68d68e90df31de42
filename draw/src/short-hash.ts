// Many short messages with one beginning (a stage key, a tree's 0x00 or 0x01): what can be done once is done once.

import { type Alg, hasher } from './hash.ts'
import { compress, IV } from './sha256.ts'

/** H(beginning ‖ a ‖ b): 32 bytes. */
export type ShortHash = (a: Uint8Array, b?: Uint8Array) => Uint8Array

const EMPTY = new Uint8Array(0)
const ROOM = 192

/** The hash of everything that begins with `beginning`. */
export function beginningWith(alg: Alg, beginning: Uint8Array): ShortHash {
  const long: ShortHash = (a, b = EMPTY) => hasher(alg).update(beginning).update(a).update(b).digest()
  if (alg !== 'sha256' || beginning.length % 64 > 1) return long
  const whole = beginning.length - (beginning.length % 64)
  const middle = IV.slice()
  for (let at = 0; at < whole; at += 64) compress(middle, beginning, at)
  return shortSha256(middle, whole, beginning.subarray(whole), long)
}

/** SHA-256 from the state `middle` after `whole` bytes; `rest` still comes before each message. */
function shortSha256(middle: Int32Array, whole: number, rest: Uint8Array, long: ShortHash): ShortHash {
  const buffer = new Uint8Array(ROOM)
  const view = new DataView(buffer.buffer)
  const state = new Int32Array(8)
  buffer.set(rest)
  return (a, b = EMPTY) => {
    const length = rest.length + a.length + b.length
    const end = (length + 72) & ~63
    if (end > ROOM) return long(a, b)
    buffer.set(a, rest.length)
    buffer.set(b, rest.length + a.length)
    buffer.fill(0, length, end)
    buffer[length] = 0x80
    view.setUint32(end - 4, 8 * (whole + length))
    state.set(middle)
    for (let at = 0; at < end; at += 64) compress(state, buffer, at)
    const out = new Uint8Array(32)
    for (let i = 0; i < 32; i++) out[i] = (state[i >> 2] ?? 0) >>> (24 - 8 * (i & 3))
    return out
  }
}
