// Roots and proofs of a tree of any size, from its tiles: a proof reads two tiles a level at most.

import { nodeHash, treeRoot } from '@sunlot/draw'
import { TILE_WIDTH, type TileName, widthAt } from './tile-path.ts'

const HASH_BYTES = 32

/** Reads the bytes of a tile; at least its width times 32, nothing where the tile is absent. */
export type ReadTile = (tile: TileName) => Promise<Uint8Array | undefined>

/** A tile that a tree of that size must have is absent or short. */
export class TileMissing extends Error {
  override readonly name = 'TileMissing'
  readonly tile: TileName

  constructor(tile: TileName) {
    super(`tile ${tile.level}/${tile.index} of width ${tile.width} is missing`)
    this.tile = tile
  }
}

/** The tree of the first `size` leaves, read from tiles. Throws `TileMissing`; proofs are hashes from the leaf up. */
export class TileTree {
  readonly size: number
  readonly #read: ReadTile
  readonly #tiles = new Map<string, Promise<Uint8Array>>()
  // Many proofs of one tree share their upper hashes.
  readonly #subtrees = new Map<string, Promise<Uint8Array>>()

  constructor(read: ReadTile, size: number) {
    this.#read = read
    this.size = size
  }

  async root(): Promise<Uint8Array> {
    return this.size === 0 ? treeRoot('sha256', []) : this.#range(0, this.size)
  }

  /** The leaf hash at `index`. */
  async leaf(index: number): Promise<Uint8Array> {
    if (index >= this.size) throw new RangeError(`leaf ${index} of a tree of ${this.size}`)
    return this.#perfect(0, index)
  }

  /** The audit path of leaf `index` (RFC 6962 2.1.1). */
  async inclusion(index: number): Promise<readonly Uint8Array[]> {
    if (!Number.isSafeInteger(index) || index < 0 || index >= this.size)
      throw new RangeError(`leaf ${index} of a tree of ${this.size}`)
    const path: Promise<Uint8Array>[] = []
    let [lo, hi] = [0, this.size]
    while (hi - lo > 1) {
      const mid = lo + split(hi - lo)
      path.push(index < mid ? this.#range(mid, hi) : this.#range(lo, mid))
      if (index < mid) hi = mid
      else lo = mid
    }
    return (await Promise.all(path)).reverse()
  }

  /** The proof that the tree of the first `older` leaves is the beginning of this one (RFC 6962 2.1.2). */
  async consistency(older: number): Promise<readonly Uint8Array[]> {
    if (!Number.isSafeInteger(older) || older < 0 || older > this.size)
      throw new RangeError(`a tree of ${older} before one of ${this.size}`)
    if (older === 0 || older === this.size) return []
    const path: Promise<Uint8Array>[] = []
    let [lo, hi, size, whole] = [0, this.size, older, true]
    while (size !== hi - lo) {
      const k = split(hi - lo)
      if (size <= k) {
        path.push(this.#range(lo + k, hi))
        hi = lo + k
      } else {
        path.push(this.#range(lo, lo + k))
        lo += k
        size -= k
        whole = false
      }
    }
    if (!whole) path.push(this.#range(lo, hi))
    return (await Promise.all(path)).reverse()
  }

  /** The hash over leaves lo…hi, a range that the splits of RFC 6962 lead to. */
  async #range(lo: number, hi: number): Promise<Uint8Array> {
    const size = hi - lo
    const k = size === 1 ? 1 : split(size)
    if (size === 1 || k * 2 === size) return this.#perfect(Math.log2(size), lo / size)
    const [left, right] = await Promise.all([this.#range(lo, lo + k), this.#range(lo + k, hi)])
    return nodeHash('sha256', left, right)
  }

  /** The hash of a full subtree of 2^height leaves. */
  #perfect(height: number, index: number): Promise<Uint8Array> {
    return kept(this.#subtrees, `${height}/${index}`, () => this.#hashSubtree(height, index))
  }

  async #hashSubtree(height: number, index: number): Promise<Uint8Array> {
    const level = Math.floor(height / 8)
    const count = 2 ** (height % 8)
    const first = index * count
    const bytes = await this.#tile(level, Math.floor(first / TILE_WIDTH))
    const from = (first % TILE_WIDTH) * HASH_BYTES
    return treeRoot(
      'sha256',
      Array.from({ length: count }, (_, i) =>
        bytes.subarray(from + i * HASH_BYTES, from + (i + 1) * HASH_BYTES),
      ),
    )
  }

  #tile(level: number, index: number): Promise<Uint8Array> {
    const width = widthAt(level, index, this.size)
    return kept(this.#tiles, `${level}/${index}`, () => this.#readTile({ level, index, width }))
  }

  async #readTile(tile: TileName): Promise<Uint8Array> {
    // A partial tile may be gone once the full one is there (tlog-tiles, "Partial Tiles").
    const bytes = (await this.#read(tile)) ?? (await this.#read({ ...tile, width: TILE_WIDTH }))
    if (!bytes || bytes.length < tile.width * HASH_BYTES) throw new TileMissing(tile)
    return bytes
  }
}

function kept<T>(memory: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const found = memory.get(key) ?? make()
  memory.set(key, found)
  return found
}

/** The largest power of two below n, n > 1. */
function split(n: number): number {
  let k = 1
  while (k * 2 < n) k *= 2
  return k
}
