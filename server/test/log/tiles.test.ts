import {
  compareBytes,
  consistencyPath,
  consistent,
  inclusionPath,
  includes,
  toHex,
  treeRoot,
} from '@sunlot/draw'
import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { LogHalted, LogRolledBack } from '../../src/platform/log/faults.ts'
import { entriesOf, TileFolder } from '../../src/platform/log/tile-folder.ts'
import { parseTilePath, tilePath, widthAt } from '../../src/platform/log/tile-path.ts'
import { TileMissing } from '../../src/platform/log/tile-tree.ts'
import { leafOf, leavesOf, MemoryTiles, temporaryFolder, tilesOnDisk } from './kit.ts'

const hashes = leavesOf(0, 600).map(({ hash }) => hash)
const roots = Array.from({ length: 601 }, (_, size) => treeRoot('sha256', hashes.slice(0, size)))
const rootOf = (size: number): Uint8Array => roots[size]!
const grown = (size: number): MemoryTiles => {
  const tiles = new MemoryTiles()
  tiles.grow(hashes.slice(0, size))
  return tiles
}
const flips = (bytes: Uint8Array): Uint8Array[] =>
  Array.from({ length: bytes.length * 8 }, (_, bit) =>
    bytes.map((byte, i) => (i === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte)),
  )

describe('tile paths', () => {
  it.each([
    [{ level: 0, index: 0, width: 256 }, 'tile/0/000'],
    [{ level: 0, index: 1234, width: 256 }, 'tile/0/x001/234'],
    [{ level: 2, index: 1_234_067, width: 17 }, 'tile/2/x001/x234/067.p/17'],
    [{ level: 'entries', index: 273, width: 112 }, 'tile/entries/273.p/112'],
  ] as const)('name %o as C2SP does: %s', (tile, path) => {
    expect(tilePath(tile)).toBe(path)
    expect(parseTilePath(path)).toEqual(tile)
  })

  it.each([
    'tile/0/1',
    'tile/00/001',
    'tile/0/x000/001',
    'tile/0/001.p/0',
    'tile/0/001.p/256',
    'tile/0/../001',
    'tile/-1/001',
    'checkpoint',
    'tile/0/001.p/05',
  ])('are not made of %s', (path) => expect(parseTilePath(path)).toBeUndefined())

  it('give a tree of 70,000 the tiles that the specification lists', () => {
    expect([widthAt(0, 272, 70_000), widthAt(0, 273, 70_000), widthAt(0, 274, 70_000)]).toEqual([256, 112, 0])
    expect([widthAt(1, 0, 70_000), widthAt(1, 1, 70_000), widthAt(2, 0, 70_000)]).toEqual([256, 17, 1])
    expect([widthAt(0, 0, 256), widthAt(1, 0, 256)]).toEqual([256, 1])
  })
})

describe('A18: proofs from tiles', () => {
  it('equal those of the tree itself and hold, for every leaf and every older tree up to 256', async () => {
    const tiles = grown(256)
    for (let size = 1; size <= 256; size++) {
      const tree = tiles.tree(size)
      const root = rootOf(size)
      expect(compareBytes(await tree.root(), root)).toBe(0)
      // Against the other implementation at the sizes around each power of two; at all sizes the proof must hold.
      const compared = [1, 2, 3, 7, 8, 9, 31, 32, 33, 100, 127, 128, 129, 255, 256].includes(size)
      for (let k = 0; k < size; k++) {
        const path = await tree.inclusion(k)
        const since = await tree.consistency(k + 1)
        if (compared) {
          expect(path.map(toHex)).toEqual(inclusionPath('sha256', hashes.slice(0, size), k).map(toHex))
          expect(since.map(toHex)).toEqual(consistencyPath('sha256', hashes.slice(0, size), k + 1).map(toHex))
        }
        expect(includes('sha256', hashes[k]!, { index: k, size, path }, root)).toBe(true)
        const older = { size: k + 1, root: rootOf(k + 1) }
        expect(consistent('sha256', older, { size, root }, since)).toBe(true)
      }
    }
  })

  it('fail with any one bit flipped, in trees up to 16', async () => {
    const tiles = grown(16)
    let wrong = 0
    let tried = 0
    const holds = (result: boolean): void => {
      tried++
      if (result) wrong++
    }
    for (let size = 1; size <= 16; size++) {
      const root = rootOf(size)
      for (let k = 0; k < size; k++) {
        const path = await tiles.tree(size).inclusion(k)
        const place = { index: k, size, path }
        for (const leaf of flips(hashes[k]!)) holds(includes('sha256', leaf, place, root))
        for (const other of flips(root)) holds(includes('sha256', hashes[k]!, place, other))
        for (const [i, hash] of path.entries())
          for (const bent of flips(hash))
            holds(includes('sha256', hashes[k]!, { ...place, path: path.with(i, bent) }, root))
        const since = await tiles.tree(size).consistency(k + 1)
        const older = { size: k + 1, root: rootOf(k + 1) }
        for (const bent of flips(older.root))
          holds(consistent('sha256', { ...older, root: bent }, { size, root }, since))
        for (const bent of flips(root)) holds(consistent('sha256', older, { size, root: bent }, since))
        for (const [i, hash] of since.entries())
          for (const bent of flips(hash))
            holds(consistent('sha256', older, { size, root }, since.with(i, bent)))
      }
    }
    expect(tried).toBeGreaterThan(200_000)
    expect(wrong).toBe(0)
  })

  it('read a handful of tiles in a tree of 70,000', async () => {
    const tiles = new MemoryTiles()
    const many = leavesOf(0, 70_000).map(({ hash }) => hash)
    tiles.grow(many, false)
    const root = tiles.edge.root()
    expect(toHex(await tiles.tree().root())).toBe(toHex(root))
    for (const index of [0, 255, 256, 65_535, 65_536, 69_887, 69_999]) {
      tiles.reads = 0
      const path = await tiles.tree().inclusion(index)
      expect(tiles.reads).toBeLessThanOrEqual(6)
      expect(includes('sha256', many[index]!, { index, size: 70_000, path }, root)).toBe(true)
    }
    for (const size of [1, 256, 65_536, 65_537, 69_888]) {
      tiles.reads = 0
      const path = await tiles.tree().consistency(size)
      expect(tiles.reads).toBeLessThanOrEqual(6)
      const older = { size, root: treeRoot('sha256', many.slice(0, size)) }
      expect(consistent('sha256', older, { size: 70_000, root }, path)).toBe(true)
    }
  })

  it('refuse a leaf or an older tree that is not there', async () => {
    const tree = grown(5).tree()
    for (const index of [-1, 5, 1.5]) await expect(tree.inclusion(index)).rejects.toThrow(RangeError)
    for (const size of [-1, 6]) await expect(tree.consistency(size)).rejects.toThrow(RangeError)
    expect(await tree.consistency(0)).toEqual([])
    expect(await tree.consistency(5)).toEqual([])
  })
})

describe('a folder of tiles', () => {
  it('goes on from disk at any size as if it had never stopped', async () => {
    const folder = new TileFolder(temporaryFolder())
    for (let size = 0; size < 600;) {
      const next = Math.min(600, size + 1 + ((size * 7) % 60))
      const tree = await folder.open(size)
      await folder.grow(tree, leavesOf(size, next))
      size = next
      expect(toHex(tree.edge.root())).toBe(toHex(rootOf(size)))
      expect(toHex(await folder.tree(size).root())).toBe(toHex(rootOf(size)))
    }
    for (const older of [1, 100, 256, 257, 511, 512, 599]) {
      const path = await folder.tree(600).consistency(older)
      const tree = { size: older, root: rootOf(older) }
      expect(consistent('sha256', tree, { size: 600, root: rootOf(600) }, path)).toBe(true)
    }
  })

  it('keeps the entries with two bytes of length, so that each hashes to its leaf', async () => {
    const folder = await tilesOnDisk(300)
    const full = entriesOf((await folder.read({ level: 'entries', index: 0, width: 256 }))!)
    const partial = entriesOf((await folder.read({ level: 'entries', index: 1, width: 44 }))!)
    const bodies = [...full, ...partial].map((entry) => new TextDecoder().decode(entry.subarray(2)))
    expect(bodies).toEqual(leavesOf(0, 300).map(({ body }) => body))
  })

  it('throws the partial tiles away once the full one is there, and still proves at the old sizes', async () => {
    const folder = await tilesOnDisk(200)
    const partial = join(folder.folder, 'tile/0/000.p')
    expect(existsSync(join(partial, '200'))).toBe(true)
    await folder.grow(await folder.open(200), leavesOf(200, 300))
    expect(existsSync(partial)).toBe(false)
    expect(toHex(await folder.tree(200).root())).toBe(toHex(rootOf(200)))
    expect((await folder.open(200)).edge.root()).toEqual(rootOf(200))
  })

  it('writes the same files again after a crash, and refuses to give a place to another leaf', async () => {
    const folder = await tilesOnDisk(300)
    const again = await folder.open(250)
    await folder.grow(again, leavesOf(250, 300))
    expect(toHex(again.edge.root())).toBe(toHex(rootOf(300)))
    const other = [...leavesOf(250, 299), leafOf(9999)]
    await expect(folder.open(250).then((tree) => folder.grow(tree, other))).rejects.toThrow(LogRolledBack)
  })

  it('says which tile is missing', async () => {
    const folder = await tilesOnDisk(300)
    rmSync(join(folder.folder, 'tile/0/000'))
    await expect(folder.tree(300).inclusion(5)).rejects.toThrow(TileMissing)
    writeFileSync(join(folder.folder, 'tile/0/001.p/44'), new Uint8Array(43 * 32))
    await expect(folder.tree(300).inclusion(299)).rejects.toThrow('tile 0/1 of width 44 is missing')
    await expect(folder.open(1000)).rejects.toThrow(TileMissing)
  })

  it('halts at a leaf that no entry bundle can hold', async () => {
    const folder = new TileFolder(temporaryFolder())
    const tree = await folder.open(0)
    const long = { body: 'x'.repeat(65_536), hash: new Uint8Array(32) }
    await expect(folder.grow(tree, [long])).rejects.toThrow(LogHalted)
  })
})
