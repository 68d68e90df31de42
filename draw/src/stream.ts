// Draws of a bounded number from one stage key: below(n) over a counted hash stream, and U over one big integer.

import { toHex, utf8 } from './bytes.ts'
import { type Alg, hash, tag } from './hash.ts'

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
  readonly #alg: Alg
  readonly #key: string
  #block: DataView = new DataView(new ArrayBuffer(0))
  #word = 8
  #next = 0

  constructor(alg: Alg, key: string) {
    this.#alg = alg
    this.#key = key
  }

  below(n: number): number {
    const limit = TWO_32 - (TWO_32 % n)
    let word = this.#take()
    while (word >= limit) word = this.#take()
    return word % n
  }

  #take(): number {
    if (this.#word === 8) {
      const block = hash(this.#alg, utf8(`${this.#key}/${this.#next++}`))
      this.#block = new DataView(block.buffer, block.byteOffset, 32)
      this.#word = 0
    }
    return this.#block.getUint32(4 * this.#word++)
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
