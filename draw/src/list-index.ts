// The index of a long list: where every thousandth line begins and the tree over what lies between, so that one line
// is found and proven by reading a few kilobytes of the file.

import { concat, fromUtf8, toHex, utf8 } from './bytes.ts'
import type { Alg } from './hash.ts'
import { kernelFor, type Running, type Tree } from './kernel/index.ts'
import { firstCell } from './lists/lines.ts'

/** Lines of one block: a power of two, so that each block is a whole subtree of the list's tree. */
const BLOCK = 1024
/** Bytes of one entry: offset (8), subtree root (32), length of the first id (1), the id (55). The head is as long. */
const ENTRY = 96
const ID_AT = 41
const ALGS: readonly Alg[] = ['sha256', 'sm3']
const LF = 10

/** A line of an indexed list and its place: `at` counts from 0 among `rows`; `path` (hex) leads to the list's root. */
export interface ListLine {
  readonly line: string
  readonly at: number
  readonly rows: number
  readonly path: readonly string[]
}

/** The index of a list of ids that ascend, given in pieces: 96 bytes for every 1,024 lines, and a head. */
export function indexList(alg: Alg, chunks: Iterable<Uint8Array>): Uint8Array {
  const writer = new IndexWriter(alg)
  let rest: Uint8Array = new Uint8Array(0)
  for (const chunk of chunks) {
    const bytes = rest.length > 0 ? concat(rest, chunk) : chunk
    const end = bytes.lastIndexOf(LF) + 1
    writer.add(bytes.subarray(0, end))
    rest = bytes.slice(end)
  }
  if (rest.length > 0) throw new RangeError('the last line does not end with LF')
  return writer.finish()
}

/**
 * The line whose first column is `id`, or nothing where the list has none. `size` is the length of the file in bytes;
 * `read` gives a range of it.
 */
export async function lineAt(
  index: Uint8Array,
  size: number,
  read: (from: number, length: number) => Promise<Uint8Array>,
  id: string,
): Promise<ListLine | undefined> {
  const found = new IndexReader(index)
  const block = found.blockOf(id)
  if (block < 0) return undefined
  const from = found.offset(block)
  const to = block + 1 < found.blocks ? found.offset(block + 1) : size
  const bytes = await read(from, to - from)
  const lines = fromUtf8(bytes).split('\n')
  lines.pop()
  const place = lines.findIndex((line) => firstCell(line) === id)
  if (place < 0) return undefined
  const path = [...pathAmong(found.alg, bytes, { place, from: 0, to: lines.length }), ...found.pathOf(block)]
  return {
    line: lines[place] as string,
    at: BLOCK * block + place,
    rows: found.rows,
    path: path.map(toHex),
  }
}

/** The path of a line among lines `from`…`to` − 1 of a block; other halves are hashed as whole pieces. */
function pathAmong(
  alg: Alg,
  bytes: Uint8Array,
  { place, from, to }: { readonly place: number; readonly from: number; readonly to: number },
): Uint8Array[] {
  if (to - from < 2) return []
  let half = 1
  while (half * 2 < to - from) half *= 2
  const middle = from + half
  const isLow = place < middle
  const [mine, other] = isLow
    ? [{ place, from, to: middle }, [middle, to] as const]
    : [{ place, from: middle, to }, [from, middle] as const]
  const tree = kernelFor(alg).tree('line')
  tree.update(linesOf(bytes, other))
  return [...pathAmong(alg, bytes, mine), tree.finish().root]
}

/** The bytes of some lines of a block. */
function linesOf(bytes: Uint8Array, [from, to]: readonly [number, number]): Uint8Array {
  let begin = 0
  let end = 0
  for (let line = 0; line < to; line++) {
    if (line === from) begin = end
    end = bytes.indexOf(LF, end) + 1
  }
  return bytes.subarray(begin, end)
}

class IndexWriter {
  readonly #alg: Alg
  readonly #entries: Uint8Array[] = []
  #tree: Running<Tree>
  #inBlock = 0
  #rows = 0
  #bytes = 0

  constructor(alg: Alg) {
    this.#alg = alg
    this.#tree = kernelFor(alg).tree('line')
  }

  /** `lines` are whole lines. */
  add(lines: Uint8Array): void {
    let from = 0
    for (let at = 0; at < lines.length;) {
      if (this.#inBlock === 0) this.#begin(lines, at)
      at = lines.indexOf(LF, at) + 1
      this.#rows++
      this.#inBlock++
      if (this.#inBlock < BLOCK && at < lines.length) continue
      this.#tree.update(lines.subarray(from, at))
      this.#bytes += at - from
      from = at
      if (this.#inBlock === BLOCK) this.#end()
    }
  }

  finish(): Uint8Array {
    if (this.#inBlock > 0) this.#end()
    const head = new Uint8Array(ENTRY)
    const view = new DataView(head.buffer)
    view.setBigUint64(0, BigInt(this.#rows))
    view.setUint8(8, ALGS.indexOf(this.#alg))
    return concat(head, ...this.#entries)
  }

  #begin(lines: Uint8Array, at: number): void {
    const entry = new Uint8Array(ENTRY)
    const id = firstCell(fromUtf8(lines.subarray(at, lines.indexOf(LF, at))))
    new DataView(entry.buffer).setBigUint64(0, BigInt(this.#bytes))
    entry[ID_AT - 1] = id.length
    entry.set(utf8(id), ID_AT)
    this.#entries.push(entry)
  }

  #end(): void {
    this.#entries.at(-1)?.set(this.#tree.finish().root, 8)
    this.#tree = kernelFor(this.#alg).tree('line')
    this.#inBlock = 0
  }
}

class IndexReader {
  readonly alg: Alg
  readonly rows: number
  readonly blocks: number
  readonly #bytes: Uint8Array
  readonly #view: DataView

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.rows = Number(this.#view.getBigUint64(0))
    this.alg = ALGS[this.#view.getUint8(8)] ?? 'sha256'
    this.blocks = bytes.length / ENTRY - 1
  }

  offset(block: number): number {
    return Number(this.#view.getBigUint64(ENTRY * (block + 1)))
  }

  /** The last block that begins with `id` or an id before it; −1 where the list begins later. */
  blockOf(id: string): number {
    let low = 0
    let high = this.blocks
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#firstId(middle) <= id) low = middle + 1
      else high = middle
    }
    return low - 1
  }

  /** The path from a block's root to the list's. */
  pathOf(block: number, from = 0, to = this.blocks): Uint8Array[] {
    if (to - from < 2) return []
    let half = 1
    while (half * 2 < to - from) half *= 2
    const middle = from + half
    return block < middle
      ? [...this.pathOf(block, from, middle), this.#rootOf(middle, to)]
      : [...this.pathOf(block, middle, to), this.#rootOf(from, middle)]
  }

  #rootOf(from: number, to: number): Uint8Array {
    const roots = new Uint8Array(32 * (to - from))
    for (let block = from; block < to; block++) {
      const at = ENTRY * (block + 1) + 8
      roots.set(this.#bytes.subarray(at, at + 32), 32 * (block - from))
    }
    return kernelFor(this.alg).treeOfHashes(roots)
  }

  #firstId(block: number): string {
    const at = ENTRY * (block + 1) + ID_AT
    return fromUtf8(this.#bytes.subarray(at, at + (this.#bytes[at - 1] ?? 0)))
  }
}
