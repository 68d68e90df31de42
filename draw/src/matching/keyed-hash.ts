// H(stage key ‖ short text) at one compression each: the 64 characters of the key fill exactly one SHA-256 block, whose
// state is computed once. A match of 50,000 subjects needs 800,000 of these; the general path would take four times as long.

import { utf8 } from '../bytes.ts'
import { type Alg, hash } from '../hash.ts'

const TWO_32 = 0x1_0000_0000

/** H(key ‖ text) for one key of 64 ASCII characters and many texts. */
export class KeyedHash {
  readonly #alg: Alg
  readonly #key: string
  readonly #midstate = new Int32Array(8)
  readonly #block = new Int32Array(16)
  readonly #out = new Int32Array(8)
  readonly #words = new Uint32Array(this.#out.buffer)

  constructor(alg: Alg, key: string) {
    if (key.length !== 64) throw new RangeError('a stage key is 64 hex characters')
    this.#alg = alg
    this.#key = key
    for (let i = 0; i < 64; i++) put(this.#block, i, key.charCodeAt(i))
    compress(this.#midstate, INITIAL, this.#block)
  }

  /** The hash as eight big-endian words, in an array that the next call overwrites. */
  words(text: string): Uint32Array {
    return this.#alg === 'sha256' && this.#load(text) ? this.#compressed() : this.#general(text)
  }

  #load(text: string): boolean {
    if (text.length > 55) return false
    this.#block.fill(0)
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      if (code > 127) return false
      put(this.#block, i, code)
    }
    put(this.#block, text.length, 0x80)
    this.#block[15] = 8 * (64 + text.length)
    return true
  }

  #compressed(): Uint32Array {
    compress(this.#out, this.#midstate, this.#block)
    return this.#words
  }

  #general(text: string): Uint32Array {
    const digest = hash(this.#alg, utf8(this.#key + text))
    const view = new DataView(digest.buffer, digest.byteOffset, 32)
    for (let i = 0; i < 8; i++) this.#out[i] = view.getInt32(4 * i)
    return this.#words
  }
}

/** The stream of a stage key, word for word the same as `Stream`, but fast. */
export class KeyedStream {
  readonly #hash: KeyedHash
  #words: Uint32Array = new Uint32Array(8)
  #word = 8
  #next = 0

  constructor(alg: Alg, key: string) {
    this.#hash = new KeyedHash(alg, key)
  }

  /** An integer in [0, n), every one equally likely, 1 ≤ n ≤ 2^31; `below(1)` consumes a word too. */
  below(n: number): number {
    let word = this.#take()
    // The bound 2^32 − (2^32 mod n) is above 2^32 − n, so nearly every word passes without computing it.
    if (word > TWO_32 - n) {
      const limit = TWO_32 - (TWO_32 % n)
      while (word >= limit) word = this.#take()
    }
    return word % n
  }

  #take(): number {
    if (this.#word === 8) {
      this.#words = this.#hash.words(`/${this.#next++}`)
      this.#word = 0
    }
    return this.#words[this.#word++]!
  }
}

// FIPS 180-4: the first 32 bits of the fractional parts of square and cube roots of the first primes, here computed.
const PRIMES = Array.from({ length: 312 }, (_, n) => n).filter((n) => n > 1 && !hasDivisor(n))
const INITIAL = Int32Array.from(PRIMES.slice(0, 8), (p) => fractionOfRoot(p, 2n))
const ROUND = Int32Array.from(PRIMES.slice(0, 64), (p) => fractionOfRoot(p, 3n))
const SCHEDULE = new Int32Array(64)

function hasDivisor(n: number): boolean {
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return true
  return false
}

function fractionOfRoot(prime: number, degree: bigint): number {
  const target = BigInt(prime) << (32n * degree)
  let root = 0n
  for (let bit = 1n << 40n; bit > 0n; bit >>= 1n) if ((root | bit) ** degree <= target) root |= bit
  return Number(BigInt.asIntN(32, root))
}

function put(block: Int32Array, at: number, byte: number): void {
  const word = at >> 2
  const shift = 24 - 8 * (at & 3)
  block[word] = (block[word]! & ~(0xff << shift)) | (byte << shift)
}

function compress(out: Int32Array, state: Int32Array, block: Int32Array): void {
  const w = SCHEDULE
  for (let i = 0; i < 16; i++) w[i] = block[i]!
  for (let i = 16; i < 64; i++) {
    const x = w[i - 15]!
    const y = w[i - 2]!
    const s0 = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const s1 = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    w[i] = (s0 + s1 + w[i - 7]! + w[i - 16]!) | 0
  }
  let a = state[0]! | 0
  let b = state[1]! | 0
  let c = state[2]! | 0
  let d = state[3]! | 0
  let e = state[4]! | 0
  let f = state[5]! | 0
  let g = state[6]! | 0
  let h = state[7]! | 0
  for (let i = 0; i < 64; i++) {
    const s1 = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const t1 = (h + s1 + ((e & f) ^ (~e & g)) + ROUND[i]! + w[i]!) | 0
    const s0 = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0
    h = g
    g = f
    f = e
    e = (d + t1) | 0
    d = c
    c = b
    b = a
    a = (t1 + t2) | 0
  }
  out[0] = a + state[0]!
  out[1] = b + state[1]!
  out[2] = c + state[2]!
  out[3] = d + state[3]!
  out[4] = e + state[4]!
  out[5] = f + state[5]!
  out[6] = g + state[6]!
  out[7] = h + state[7]!
}
