// Candidates as they are found, piece by piece, in flat arrays that double when they are full.

import type { Candidates } from './candidates.ts'

/** Collects candidates in the order in which they are added. */
export class Found {
  readonly #ids: string[] = []
  #strata = new Uint32Array(256)
  #tickets = new Uint8Array(256 * 32)

  /** Adds some: a stratum and a ticket of 32 bytes for each id. Copies what it is given. */
  add(ids: readonly string[], strata: ArrayLike<number>, tickets: Uint8Array): void {
    const before = this.#ids.length
    while (this.#strata.length < before + ids.length) this.#double()
    for (const id of ids) this.#ids.push(id)
    this.#strata.set(strata, before)
    this.#tickets.set(tickets, 32 * before)
  }

  all(): Candidates {
    const n = this.#ids.length
    return { ids: this.#ids, strata: this.#strata.slice(0, n), tickets: this.#tickets.slice(0, 32 * n) }
  }

  #double(): void {
    const strata = new Uint32Array(2 * this.#strata.length)
    const tickets = new Uint8Array(2 * this.#tickets.length)
    strata.set(this.#strata)
    tickets.set(this.#tickets)
    this.#strata = strata
    this.#tickets = tickets
  }
}
