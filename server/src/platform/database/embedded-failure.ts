// The first failure after which an embedded database must not be believed any more.

/**
 * Remembers the first failure, tells it once, and keeps it: a disk that lost a page answers the next fsync with success,
 * and PGlite goes on after a PANIC where a server would have ended and recovered.
 */
export class FirstFailure {
  readonly #tell: ((failure: Error) => void) | undefined
  #failure: Error | undefined

  constructor(tell?: (failure: Error) => void) {
    this.#tell = tell
  }

  get failure(): Error | undefined {
    return this.#failure
  }

  note(failure: Error): void {
    if (this.#failure) return
    this.#failure = failure
    this.#tell?.(failure)
  }
}
