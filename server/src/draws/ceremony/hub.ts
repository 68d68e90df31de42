// Who waits for something new in a room. What is new stands in the database, so that it makes no difference which server
// wrote it, or whether this one was started anew meanwhile.

import type { Database } from '../../platform/database/database.ts'
import { revisionsOf } from './rooms.store.ts'

// How soon somebody who waits is told.
const LOOK_MS = 400
/** How many wait at once in one process; more are told to ask again soon. */
export const MOST_WAITING = 100

interface Waiter {
  readonly drawId: string
  readonly after: number
  readonly wake: () => void
}

/** The screens of one server that wait. */
export class Hub {
  readonly #database: Database
  readonly #waiters = new Set<Waiter>()
  #timer: NodeJS.Timeout | undefined

  constructor(database: Database) {
    this.#database = database
  }

  get isFull(): boolean {
    return this.#waiters.size >= MOST_WAITING
  }

  /** Waits until a room has a later revision than `after`, but no longer than `patienceMs`. */
  wait(drawId: string, after: number, patienceMs: number): Promise<void> {
    return new Promise((resolve) => {
      const end = setTimeout(() => waiter.wake(), patienceMs)
      const waiter: Waiter = {
        drawId,
        after,
        wake: () => {
          clearTimeout(end)
          this.#waiters.delete(waiter)
          resolve()
        },
      }
      this.#waiters.add(waiter)
      this.#lookSoon()
    })
  }

  /** Answers all who wait, so that a server can stop. */
  end(): void {
    clearTimeout(this.#timer)
    for (const { wake } of this.#waiters) wake()
  }

  #lookSoon(): void {
    this.#timer ??= setTimeout(() => void this.#look(), LOOK_MS)
  }

  async #look(): Promise<void> {
    try {
      const waiting = [...this.#waiters]
      if (waiting.length === 0) return
      const drawIds = [...new Set(waiting.map(({ drawId }) => drawId))]
      const revisions = await this.#database.read((reader) => revisionsOf(reader, drawIds))
      for (const { drawId, after, wake } of waiting) if ((revisions.get(drawId) ?? after) > after) wake()
    } catch {
      // A database that is away is the next request's to tell: whoever waits is answered when his time is over.
    } finally {
      this.#timer = undefined
      if (this.#waiters.size > 0) this.#lookSoon()
    }
  }
}
