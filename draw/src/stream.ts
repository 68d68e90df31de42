// Draws of a bounded number from one stage key: below(n) over a counted hash stream, and U over one big integer.

import { toHex, utf8 } from './bytes.ts'
import { type Alg, hash, tag } from './hash.ts'
import { KeyedHash } from './keyed-hash.ts'

const TWO_32 = 0x1_0000_0000

/** K(stage) = tag("key", S ‖ LF ‖ stage), 64 hex. `seed` is S, 64 hex. */
export function stageKey(alg: Alg, seed: string, stage: string): string {
  return tag(alg, 'key', `${seed}\n${stage}`)
}

/**
 * The stream of a stage: blocks H(hex K ‖ "/" ‖ dec j) from j = 0, each eight big-endian u32 left to right.
 * `below(n)`: an integer in [0, n), every one equally likely, 1 ≤ n ≤ 2^32; `below(1)` consumes a word too.
 */
export class Stream {
  readonly #hash: KeyedHash
  #words: Uint32Array = new Uint32Array(8)
  #word = 8
  #next = 0

  constructor(alg: Alg, key: string) {
    this.#hash = new KeyedHash(alg, key)
  }

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

/** U(stage, X): an integer in [0, X), uniform, from the stage key's blocks read as 256-bit integers. */
export function uniformBig(alg: Alg, key: string, x: bigint): bigint {
  const limit = ((1n << 256n) / x) * x
  for (let j = 0; ; j++) {
    const v = BigInt(`0x${toHex(hash(alg, utf8(`${key}/${j}`)))}`)
    if (v < limit) return v % x
  }
}
