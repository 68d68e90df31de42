// Watches the disk: below the limit the server serves reads alone, and takes writes again when there is space.

import { isLow, readFreeSpace, type FreeSpace } from '../platform/database/engine.ts'
import { every } from '../platform/every.ts'

const INTERVAL_MS = 5_000

/** The space of one folder's disk, as it was a moment ago. */
export class SpaceWatch {
  readonly #folder: string
  readonly #onChange: (low: boolean, space: FreeSpace) => void
  #space: FreeSpace | undefined
  #stop: (() => Promise<void>) | undefined

  constructor(folder: string, onChange: (low: boolean, space: FreeSpace) => void) {
    this.#folder = folder
    this.#onChange = onChange
  }

  /** Looks once, then every five seconds. */
  async start(): Promise<void> {
    await this.look()
    this.#stop = every(INTERVAL_MS, () => this.look())
  }

  async stop(): Promise<void> {
    await this.#stop?.()
  }

  get space(): FreeSpace | undefined {
    return this.#space
  }

  get low(): boolean {
    return this.#space !== undefined && isLow(this.#space)
  }

  /** A disk that cannot be asked keeps the last answer: the next write says what is wrong with it. */
  async look(): Promise<void> {
    const before = this.low
    this.#space = await readFreeSpace(this.#folder).catch(() => this.#space)
    if (this.#space && this.low !== before) this.#onChange(this.low, this.#space)
  }
}
