// The lists of a draw while they are written: lines into files of a folder, a mebibyte at a time.

import { closeSync, openSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A list that is being written, line after line. */
export class ListFile {
  readonly name: string
  rows = 0
  readonly #file: number
  #lines: string[] = []
  #length = 0

  /** Makes the file, readable for its owner alone; over what an interrupted run left. */
  constructor(folder: string, name: string) {
    this.name = name
    this.#file = openSync(join(folder, name), 'w', 0o600)
  }

  /** Writes a line; its cells hold neither TAB nor LF. */
  add(...cells: readonly string[]): void {
    const line = `${cells.join('\t')}\n`
    this.rows++
    this.#lines.push(line)
    this.#length += line.length
    if (this.#length >= CHUNK) this.#flush()
  }

  close(): void {
    this.#flush()
    closeSync(this.#file)
  }

  #flush(): void {
    if (this.#length > 0) writeSync(this.#file, this.#lines.join(''))
    this.#lines = []
    this.#length = 0
  }
}

const CHUNK = 1 << 20

/** Writes a short list whole, ascending by its first column. */
export function writeList(folder: string, name: string, lines: readonly (readonly string[])[]): ListFile {
  const file = new ListFile(folder, name)
  for (const cells of lines.toSorted((a, b) => (a[0]! < b[0]! ? -1 : 1))) file.add(...cells)
  file.close()
  return file
}
