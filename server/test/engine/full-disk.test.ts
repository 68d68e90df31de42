// A disk that is full. It needs a small disk: a tmpfs, which only root may mount.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isLow, openEmbedded, readFreeSpace, type Engine } from '../../src/platform/database/engine.ts'

const GB = 1_000_000_000

let disk: string
let mounted: boolean
beforeAll(() => {
  disk = mkdtempSync(join(tmpdir(), 'small-disk-'))
  mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=120m', 'tmpfs', disk]).status === 0
})
afterAll(() => {
  // Lazily: an engine that failed still holds its files open.
  if (mounted) spawnSync('umount', ['-l', disk])
  rmSync(disk, { recursive: true, force: true })
})

// With 20 kB a table cannot grow: an error of the statement. With 23 MB the log cannot: a PANIC, after which PGlite would
// go on.
const LEFT = [
  { left: 20_000, ends: false },
  { left: 23_000_000, ends: true },
]

test.for(LEFT)(
  'with $left bytes left: what was answered is kept, and it opens again',
  async ({ left, ends }, { skip }) => {
    skip(!mounted, 'a full disk is left out: this account may not mount a tmpfs')
    const directory = join(disk, 'database')
    const ballast = join(disk, 'ballast')
    const engine = await openEmbedded({ directory })
    await engine.pool.query('create table office (number int8, words text)')
    await engine.pool.query('insert into office values (0)')
    writeFileSync(ballast, Buffer.alloc(freeBytesOf(disk) - left))
    const answered = await insertUntilRefused(engine)
    expect(engine.durability.failure() !== undefined).toBe(ends)
    if (ends) await expect(engine.pool.query('select 1')).rejects.toThrow('pg_wal')
    await engine.close()
    writeFileSync(ballast, Buffer.alloc(freeBytesOf(disk)), { flag: 'a' })

    await expect(openEmbedded({ directory })).rejects.toMatchObject({
      code: 'disk_full',
      params: { directory },
    })
    rmSync(ballast)
    const again = await openEmbedded({ directory })
    const { rows } = await again.pool.query<{ count: number }>('select count(*) from office')
    expect(rows[0]!.count).toBe(answered + 1)
    await again.close()
    rmSync(directory, { recursive: true })
  },
)

test('little is left when it is less than 1 GB or less than 5 %', async () => {
  expect(isLow({ freeBytes: 0.9 * GB, totalBytes: 10 * GB })).toBe(true)
  expect(isLow({ freeBytes: 1.1 * GB, totalBytes: 10 * GB })).toBe(false)
  expect(isLow({ freeBytes: 4 * GB, totalBytes: 100 * GB })).toBe(true)
  expect(isLow({ freeBytes: 6 * GB, totalBytes: 100 * GB })).toBe(false)
  const { freeBytes, totalBytes } = await readFreeSpace(tmpdir())
  expect(freeBytes).toBeGreaterThan(0)
  expect(totalBytes).toBeGreaterThan(freeBytes)
})

function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}

/** How many were answered. */
async function insertUntilRefused({ pool }: Engine): Promise<number> {
  const words = Array.from({ length: 300 }, () => Math.random()).join('')
  for (let answered = 0; answered < 100_000; answered++) {
    const refused = await pool
      .query('insert into office values (1, $1)', [`${answered}${words}`])
      .catch((error: Error) => error)
    if (refused instanceof Error) return answered
  }
  throw new Error('the disk never filled')
}
