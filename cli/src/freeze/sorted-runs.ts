// External sort: lines gather in one arena, are written as sorted runs, and are merged while being read back.

import { closeSync, openSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { LineWriter } from './line-writer.ts'

/** How lines are stored. Order is by UTF-16 unit, which is byte order where the deciding part is ASCII. */
export interface RunForm {
  readonly encoding: 'latin1' | 'utf8'
  readonly arenaBytes: number
}

/** Lines in any order, to be read back in ascending order by `mergeRuns`. */
export class SortedRuns {
  readonly #folder: string
  readonly #name: string
  readonly #form: RunForm
  readonly #paths: string[] = []
  #arena: Buffer | undefined
  #filled = 0

  constructor(folder: string, name: string, form: RunForm) {
    this.#folder = folder
    this.#name = name
    this.#form = form
  }

  /** Adds a line without LF. The text is copied, so that what it was cut from can go. */
  add(line: string): void {
    const { arenaBytes, encoding } = this.#form
    const most = (encoding === 'latin1' ? line.length : line.length * 3) + 1
    if (this.#filled + most > arenaBytes) this.#spill()
    this.#arena ??= Buffer.allocUnsafe(arenaBytes)
    this.#filled += this.#arena.write(line, this.#filled, encoding)
    this.#arena[this.#filled++] = LF
  }

  /** Writes what is left; the paths of all runs. */
  finish(): readonly string[] {
    this.#spill()
    this.#arena = undefined
    return this.#paths
  }

  #spill(): void {
    if (!this.#arena || this.#filled === 0) return
    const text = this.#arena.toString(this.#form.encoding, 0, this.#filled - 1)
    this.#filled = 0
    const lines = text.split('\n').sort()
    const path = join(this.#folder, `${this.#name}-${String(this.#paths.length + 1).padStart(4, '0')}.run`)
    const writer = new LineWriter(path)
    try {
      for (const line of lines) writer.line(line)
    } catch (error) {
      writer.abandon()
      throw error
    }
    writer.close()
    this.#paths.push(path)
  }
}

const LF = 10
const READ_BYTES = 1 << 19

/** The lines of all runs, ascending, in batches. */
export function* mergeRuns(
  paths: readonly string[],
  encoding: RunForm['encoding'],
): Generator<readonly string[]> {
  const cursors = paths.map((path) => new RunCursor(path, encoding))
  try {
    const heap = new CursorHeap(cursors.filter((cursor) => cursor.advance()))
    let batch: string[] = []
    for (let top = heap.top(); top; top = heap.top()) {
      batch.push(top.line)
      if (!top.advance()) heap.dropTop()
      else heap.sink()
      if (batch.length === BATCH_LINES) {
        yield batch
        batch = []
      }
    }
    if (batch.length > 0) yield batch
  } finally {
    for (const cursor of cursors) cursor.close()
  }
}

const BATCH_LINES = 8192

class RunCursor {
  line = ''
  readonly #fd: number
  readonly #encoding: RunForm['encoding']
  readonly #buffer = Buffer.allocUnsafe(READ_BYTES)
  #lines: string[] = []
  #next = 0
  #rest = Buffer.alloc(0)
  #isOpen = true

  constructor(path: string, encoding: RunForm['encoding']) {
    this.#fd = openSync(path, 'r')
    this.#encoding = encoding
  }

  /** Moves to the next line; false at the end. */
  advance(): boolean {
    while (this.#next >= this.#lines.length) if (!this.#read()) return false
    this.line = this.#lines[this.#next++] as string
    return true
  }

  close(): void {
    if (this.#isOpen) closeSync(this.#fd)
    this.#isOpen = false
  }

  #read(): boolean {
    const got = readSync(this.#fd, this.#buffer)
    if (got === 0) return false
    const block = this.#buffer.subarray(0, got)
    const end = block.lastIndexOf(LF)
    if (end < 0) {
      this.#rest = Buffer.concat([this.#rest, block])
      return true
    }
    const whole = Buffer.concat([this.#rest, block.subarray(0, end)])
    this.#rest = Buffer.from(block.subarray(end + 1))
    this.#lines = whole.toString(this.#encoding).split('\n')
    this.#next = 0
    return true
  }
}

class CursorHeap {
  readonly #items: RunCursor[]

  constructor(items: RunCursor[]) {
    this.#items = items.sort((a, b) => (a.line < b.line ? -1 : 1))
  }

  top(): RunCursor | undefined {
    return this.#items[0]
  }

  dropTop(): void {
    const last = this.#items.pop()
    if (last && this.#items.length > 0) {
      this.#items[0] = last
      this.sink()
    }
  }

  /** Puts the top where its new line belongs. */
  sink(): void {
    const items = this.#items
    const moved = items[0] as RunCursor
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= items.length) break
      const right = items[child + 1]
      if (right && right.line < items[child]!.line) child++
      if (items[child]!.line >= moved.line) break
      items[at] = items[child]!
      at = child
    }
    items[at] = moved
  }
}
