// How chunks get into an instance: copied piece by piece behind what the piece before left over.

import { giveBack, type Instance } from './wasm-instance.ts'

/** The most bytes that are looked at together, unless one line is longer. */
export const PIECE = 65_536

/** The bytes at `from`: what is left over, then the next piece. */
export class Inlet {
  readonly from: number
  readonly #instance: Instance
  #room = PIECE
  #left = 0
  #closed = false

  constructor(instance: Instance, from: number) {
    this.#instance = instance
    this.from = from
    instance.reserve(from + PIECE)
  }

  /** The end of what is left over. */
  get end(): number {
    return this.from + this.#left
  }

  /** Copies the chunk in; after each piece `take` is told its end and says where the first byte not taken stands. */
  push(chunk: Uint8Array, take: (end: number, piece: Uint8Array) => number): void {
    if (this.#closed) throw new Error('update after finish')
    for (let at = 0; at < chunk.length;) {
      if (this.#left === this.#room) this.#grow()
      const piece = chunk.subarray(at, at + this.#room - this.#left)
      this.#instance.bytes.set(piece, this.end)
      const end = this.end + piece.length
      const taken = take(end, piece)
      if (taken > this.from) this.#instance.bytes.copyWithin(this.from, taken, end)
      this.#left = end - taken
      at += piece.length
    }
  }

  /** Gives the instance back. Nothing may be read from it after this. */
  close(): void {
    if (this.#closed) throw new Error('finished twice')
    this.#closed = true
    giveBack(this.#instance)
  }

  #grow(): void {
    this.#room *= 2
    this.#instance.reserve(this.from + this.#room)
  }
}
