// The log on disk as it is published: tiles, entry bundles and the latest checkpoint (C2SP tlog-tiles).

import { compareBytes, concat, utf8 } from '@sunlot/draw'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type NewFile, readIfThere, writeDurably } from './whole-files.ts'
import { LogHalted, LogRolledBack } from './faults.ts'
import { countAt, TILE_WIDTH, type TileName, tilePath } from './tile-path.ts'
import { type HashTile, TreeEdge } from './tree-edge.ts'
import { TileMissing, TileTree } from './tile-tree.ts'

/** The longest leaf that an entry bundle can hold, in bytes of UTF-8. */
export const LONGEST_LEAF_BYTES = 0xffff

const CHECKPOINT = 'checkpoint'

/** A leaf as it enters the tree: its exact text and its leaf hash. */
export interface SequencedLeaf {
  readonly body: string
  readonly hash: Uint8Array
}

/** A tree that grows on disk. Made by `TileFolder.open`. */
export interface GrowingTree {
  readonly edge: TreeEdge
  /** The entries of the unfinished bundle. */
  readonly bundle: Uint8Array[]
}

/** The published files of one log below `folder`. One writer at a time. */
export class TileFolder {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  /** The bytes of a tile or bundle, or nothing. */
  readonly read = async (tile: TileName): Promise<Uint8Array | undefined> =>
    readIfThere(join(this.folder, tilePath(tile)))

  /** The tree of the first `size` leaves, for roots and proofs. */
  tree(size: number): TileTree {
    return new TileTree(this.read, size)
  }

  /** The checkpoint that was last published, or nothing in a new log. */
  async checkpoint(): Promise<string | undefined> {
    const bytes = await readIfThere(join(this.folder, CHECKPOINT))
    return bytes && new TextDecoder().decode(bytes)
  }

  /** Publishes a checkpoint; its tiles must be on disk already. */
  async publish(note: string): Promise<void> {
    await writeDurably(this.folder, [{ path: CHECKPOINT, bytes: utf8(note) }])
  }

  /** The right edge of the tree of `size` leaves, as it stands on disk. Throws `TileMissing`. */
  async open(size: number): Promise<GrowingTree> {
    const levels: Uint8Array[][] = []
    for (let level = 0; countAt(level, size) > 0; level++) {
      const width = countAt(level, size) % TILE_WIDTH
      const index = Math.floor(countAt(level, size) / TILE_WIDTH)
      levels.push(width === 0 ? [] : hashesOf(await this.#partial({ level, index, width }), width))
    }
    const width = size % TILE_WIDTH
    const index = Math.floor(size / TILE_WIDTH)
    const bundle = width === 0 ? [] : entriesOf(await this.#partial({ level: 'entries', index, width }))
    return { edge: new TreeEdge(size, levels), bundle: bundle.slice(0, width) }
  }

  /**
   * Appends leaves and writes every tile that they touched. Throws `LogRolledBack` where a tile on disk says otherwise:
   * the database gave these places to other leaves before.
   */
  async grow(tree: GrowingTree, leaves: readonly SequencedLeaf[]): Promise<void> {
    const files: NewFile[] = []
    const filled: TileName[] = []
    let highest = 0
    for (const { body, hash } of leaves) {
      tree.bundle.push(entryOf(body, tree.edge.size))
      for (const tile of tree.edge.append(hash)) {
        files.push(tileFile(tile))
        filled.push({ level: tile.level, index: tile.index, width: TILE_WIDTH })
        highest = Math.max(highest, tile.level + 1)
      }
      if (tree.bundle.length === TILE_WIDTH) {
        const name = { level: 'entries', index: tree.edge.size / TILE_WIDTH - 1, width: TILE_WIDTH } as const
        files.push({ path: tilePath(name), bytes: concat(...tree.bundle.splice(0)) })
        filled.push(name)
      }
    }
    files.push(...tree.edge.partials().flatMap((tile) => (tile.level <= highest ? [tileFile(tile)] : [])))
    files.push(...partialBundle(tree))
    await this.#writeNew(files)
    for (const name of filled)
      await rm(join(this.folder, `${tilePath(name)}.p`), { recursive: true, force: true })
  }

  async #writeNew(files: readonly NewFile[]): Promise<void> {
    const absent: NewFile[] = []
    for (const file of files) {
      const there = await readIfThere(join(this.folder, file.path))
      if (!there) absent.push(file)
      else if (compareBytes(there, file.bytes) !== 0)
        throw new LogRolledBack('tile_contradicts', { tile: file.path })
    }
    await writeDurably(this.folder, absent)
  }

  async #partial(tile: TileName): Promise<Uint8Array> {
    const bytes = (await this.read(tile)) ?? (await this.read({ ...tile, width: TILE_WIDTH }))
    if (!bytes) throw new TileMissing(tile)
    return bytes
  }
}

/** The entries of a bundle, each with its two bytes of length in front. */
export function entriesOf(bundle: Uint8Array): Uint8Array[] {
  const entries: Uint8Array[] = []
  const view = new DataView(bundle.buffer, bundle.byteOffset, bundle.byteLength)
  for (let at = 0; at + 2 <= bundle.length;) {
    const end = at + 2 + view.getUint16(at)
    entries.push(bundle.subarray(at, end))
    at = end
  }
  return entries
}

/** A leaf as an entry of a bundle. Throws `LogHalted` where it is longer than 65,535 bytes. */
export function entryOf(body: string, index: number): Uint8Array {
  const bytes = utf8(body)
  if (bytes.length > LONGEST_LEAF_BYTES) throw new LogHalted('leaf_too_long', { index, bytes: bytes.length })
  return concat(new Uint8Array([bytes.length >> 8, bytes.length & 0xff]), bytes)
}

function hashesOf(bytes: Uint8Array, width: number): Uint8Array[] {
  return Array.from({ length: width }, (_, i) => bytes.slice(i * 32, (i + 1) * 32))
}

function tileFile({ level, index, hashes }: HashTile): NewFile {
  return { path: tilePath({ level, index, width: hashes.length }), bytes: concat(...hashes) }
}

function partialBundle({ edge, bundle }: GrowingTree): NewFile[] {
  if (bundle.length === 0) return []
  const index = Math.floor(edge.size / TILE_WIDTH)
  return [{ path: tilePath({ level: 'entries', index, width: bundle.length }), bytes: concat(...bundle) }]
}
