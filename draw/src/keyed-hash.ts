// H(stage key ‖ short text) at one compression each: the 64 characters of the key fill exactly one SHA-256 block, whose
// state is computed once. A match of 50,000 subjects needs 800,000 of these; the general path would take four times as long.

import { utf8 } from './bytes.ts'
import { type Alg, hash } from './hash.ts'
import { compress, IV } from './sha256.ts'

/** H(key ‖ text) for one key of 64 ASCII characters and many texts. */
export class KeyedHash {
  readonly #alg: Alg
  readonly #key: string
  readonly #midstate = IV.slice()
  readonly #block = new Uint8Array(64)
  readonly #out = new Int32Array(8)
  readonly #words = new Uint32Array(this.#out.buffer)

  constructor(alg: Alg, key: string) {
    if (key.length !== 64) throw new RangeError('a stage key is 64 hex characters')
    this.#alg = alg
    this.#key = key
    compress(this.#midstate, utf8(key), 0)
  }

  /** The hash as eight big-endian words, in an array that the next call overwrites. */
  words(text: string): Uint32Array {
    if (this.#alg !== 'sha256' || !this.#load(text)) return this.#general(text)
    this.#out.set(this.#midstate)
    compress(this.#out, this.#block, 0)
    return this.#words
  }

  #load(text: string): boolean {
    if (text.length > 55) return false
    this.#block.fill(0)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      this.#block[i] = code
    }
    const bits = 8 * (64 + text.length)
    this.#block[text.length] = 0x80
    this.#block[62] = bits >> 8
    this.#block[63] = bits & 0xff
    return true
  }

  #general(text: string): Uint32Array {
    const digest = hash(this.#alg, utf8(this.#key + text))
    const view = new DataView(digest.buffer, digest.byteOffset, 32)
    for (let i = 0; i < 8; i++) this.#out[i] = view.getInt32(4 * i)
    return this.#words
  }
}
