// The right edge of a growing tree: what is needed to append and to know the root, a few hundred hashes at any size.

import { treeRoot } from '@sunlot/draw'
import { TILE_WIDTH } from './tile-path.ts'

/** A tile and its hashes. */
export interface HashTile {
  readonly level: number
  readonly index: number
  readonly hashes: readonly Uint8Array[]
}

/** An RFC 6962 tree (SHA-256) that only grows. Holds for each tile level the hashes of its unfinished tile. */
export class TreeEdge {
  #size: number
  readonly #levels: Uint8Array[][]

  /** `levels[l]` are the hashes of the unfinished tile of level l of a tree of `size`. */
  constructor(size = 0, levels: readonly (readonly Uint8Array[])[] = []) {
    this.#size = size
    this.#levels = levels.map((hashes) => [...hashes])
  }

  get size(): number {
    return this.#size
  }

  /** Appends a leaf hash and gives the tiles that it filled, lowest level first. */
  append(leaf: Uint8Array): readonly HashTile[] {
    const filled: HashTile[] = []
    this.#size++
    let hash = leaf
    for (let level = 0; ; level++) {
      const hashes = (this.#levels[level] ??= [])
      hashes.push(hash)
      if (hashes.length < TILE_WIDTH) return filled
      const index = this.#size / TILE_WIDTH ** (level + 1) - 1
      filled.push({ level, index, hashes })
      hash = treeRoot('sha256', hashes)
      this.#levels[level] = []
    }
  }

  /** The unfinished tiles that are not empty. */
  partials(): readonly HashTile[] {
    return this.#levels.flatMap((hashes, level) => {
      const index = Math.floor(this.#size / TILE_WIDTH ** (level + 1))
      return hashes.length > 0 ? [{ level, index, hashes: [...hashes] }] : []
    })
  }

  /** The root of the whole tree; H("") of an empty one. */
  root(): Uint8Array {
    let ragged: Uint8Array | undefined
    for (const hashes of this.#levels) {
      // What is left of the lower levels is smaller than one hash of this level, so it comes last in the split.
      const all = ragged ? [...hashes, ragged] : hashes
      if (all.length > 0) ragged = treeRoot('sha256', all)
    }
    return ragged ?? treeRoot('sha256', [])
  }
}
