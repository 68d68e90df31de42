// Writes lines to a new file through one buffer; errors of the system carry the path.

import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

const BUFFER_BYTES = 1 << 20

/** A file being written line by line. Call `close` on every path; `abandon` after a failure. */
export class LineWriter {
  readonly path: string
  readonly #fd: number
  readonly #buffer = Buffer.allocUnsafe(BUFFER_BYTES)
  #filled = 0
  #lines = 0
  #bytes = 0

  constructor(path: string) {
    this.path = path
    this.#fd = openSync(path, 'wx')
  }

  /** Lines written so far. */
  get lines(): number {
    return this.#lines
  }

  /** Writes a line and its LF. */
  line(text: string): void {
    const most = text.length * 3 + 1
    if (this.#filled + most > BUFFER_BYTES) {
      this.#flush()
      if (most > BUFFER_BYTES) {
        this.#write(Buffer.from(`${text}\n`))
        this.#lines++
        return
      }
    }
    this.#filled += this.#buffer.write(text, this.#filled, 'utf8')
    this.#buffer[this.#filled++] = 10
    this.#lines++
  }

  /** Flushes to the disk itself and closes; gives the size in bytes. */
  close(): number {
    try {
      this.#flush()
      withPath(this.path, () => fsyncSync(this.#fd))
    } finally {
      closeSync(this.#fd)
    }
    return this.#bytes
  }

  /** Closes without caring for what was written. */
  abandon(): void {
    closeSync(this.#fd)
  }

  #flush(): void {
    this.#write(this.#buffer.subarray(0, this.#filled))
    this.#filled = 0
  }

  #write(bytes: Uint8Array): void {
    withPath(this.path, () => {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#fd, bytes, at)
    })
    this.#bytes += bytes.length
  }
}

/** Runs a call on a descriptor so that its error says which file it was. */
export function withPath<T>(path: string, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Error && !('path' in error)) Object.assign(error, { path })
    throw error
  }
}
