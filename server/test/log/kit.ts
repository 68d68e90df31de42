// What the tests of the log share: leaves, folders that go away, a log in memory of tiles.

import { concat, logLeafHash } from '@sunlot/draw'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { signerOf } from '../../src/platform/log/signer.ts'
import { type SequencedLeaf, TileFolder } from '../../src/platform/log/tile-folder.ts'
import { type TileName, tilePath } from '../../src/platform/log/tile-path.ts'
import { TileTree } from '../../src/platform/log/tile-tree.ts'
import { TreeEdge } from '../../src/platform/log/tree-edge.ts'

/** The long numbers of cases. */
export const SOAK = process.env['SOAK'] === '1'

export const ORIGIN = 'log.qingshi.example'
export const SECRET = '11'.repeat(32)
export const logSigner = signerOf('ed25519', SECRET)

/** The n-th leaf of every test. */
export function leafOf(n: number): SequencedLeaf {
  const body = `{"n":${n},"type":"test","v":1}`
  return { body, hash: logLeafHash(body) }
}

/** Leaves from…to−1. */
export function leavesOf(from: number, to: number): SequencedLeaf[] {
  return Array.from({ length: to - from }, (_, i) => leafOf(from + i))
}

/** A folder that is gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Tiles in memory of a tree that `grow` makes larger, readable at every size it had. */
export class MemoryTiles {
  readonly edge = new TreeEdge()
  readonly #tiles = new Map<string, Uint8Array>()
  reads = 0

  /** Appends leaf hashes; every partial tile of every size is kept. */
  grow(hashes: readonly Uint8Array[], keepPartials = true): void {
    hashes.forEach((hash, i) => {
      for (const tile of this.edge.append(hash)) this.#keep(tile.level, tile.index, tile.hashes)
      if (keepPartials || i === hashes.length - 1)
        for (const tile of this.edge.partials()) this.#keep(tile.level, tile.index, tile.hashes)
    })
  }

  tree(size = this.edge.size): TileTree {
    return new TileTree((tile) => this.read(tile), size)
  }

  read(tile: TileName): Promise<Uint8Array | undefined> {
    this.reads++
    return Promise.resolve(this.#tiles.get(tilePath(tile)))
  }

  #keep(level: number, index: number, hashes: readonly Uint8Array[]): void {
    this.#tiles.set(tilePath({ level, index, width: hashes.length }), concat(...hashes))
  }
}

/** A folder of tiles that holds the first `size` leaves. */
export async function tilesOnDisk(size: number): Promise<TileFolder> {
  const folder = new TileFolder(temporaryFolder())
  await folder.grow(await folder.open(0), leavesOf(0, size))
  return folder
}
