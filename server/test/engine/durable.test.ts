// The embedded database puts a commit on disk before it answers. As published it does not: the same tests, turned round,
// are passed by PGlite without the patch. A real power cut needs a machine to cut, and is a campaign of its own.

import { cpSync, fsyncSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DurableFiles } from '../../src/platform/database/durable-files.ts'
import { proveDurable } from '../../src/platform/database/durable-proof.ts'
import { FirstFailure } from '../../src/platform/database/embedded-failure.ts'
import { embeddedPool } from '../../src/platform/database/embedded-pool.ts'
import { openEmbedded } from '../../src/platform/database/engine.ts'

/** The first four happen while it opens. */
const FAILING = process.env['SOAK'] === '1' ? Array.from({ length: 200 }, (_, i) => i + 1) : [2, 5, 9]
const COMMITS = 10

let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'durable-'))
  const engine = await openEmbedded({ directory: folder })
  await engine.pool.query('create table office (number int8)')
  await engine.close()
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('with the patch', () => {
  test('each commit puts the write-ahead log on disk before it is answered', async () => {
    const put: string[] = []
    const sync = (descriptor: number): void => {
      put.push(process.platform === 'linux' ? readlinkSync(`/proc/self/fd/${descriptor}`) : 'pg_wal')
      fsyncSync(descriptor)
    }
    const { pool, durability, close } = await openEmbedded({ directory: folder, sync })
    expect(durability.level).toBe('local-fsync')
    const before = put.length
    for (let i = 1; i <= COMMITS; i++) {
      await pool.query('insert into office values (0)')
      expect(put.length).toBeGreaterThanOrEqual(before + i)
      expect(put.at(-1)).toContain('pg_wal')
    }
    expect(durability.fsyncs()).toBe(put.length)
    await close()
  })

  test('a read costs no fsync', async () => {
    const { pool, durability, close } = await openEmbedded({ directory: folder })
    const before = durability.fsyncs()
    await pool.query('select count(*) from office')
    expect(durability.fsyncs()).toBe(before)
    await close()
  })
})

describe('without it', () => {
  test('PGlite as published asks for nothing to be put on disk, and the self-test refuses it', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'stock-'))
    const db = await PGlite.create(directory)
    let asked = 0
    const { NODEFS } = db.Module as unknown as { NODEFS: { stream_ops: { fsync?: () => number } } }
    expect(NODEFS.stream_ops.fsync).toBeUndefined()
    NODEFS.stream_ops.fsync = () => (++asked, 0)
    await db.exec('create table office (number int8)')
    for (let i = 0; i < COMMITS; i++) await db.query('insert into office values (0)')
    expect(asked).toBe(0)
    const pool = embeddedPool(db, new FirstFailure())
    await expect(proveDurable(pool, () => asked)).rejects.toMatchObject({ code: 'not_durable' })
    await pool.end()
    await db.close()
    rmSync(directory, { recursive: true, force: true })
  })

  test('half of the patch is refused too: fsync on, but the log synced by fdatasync, which does nothing here', async () => {
    const files = new DurableFiles(join(folder, 'data'), new FirstFailure())
    const startParams = PGlite.defaultStartParams.filter((parameter) => parameter !== '-F')
    const db = await PGlite.create({ fs: files, startParams })
    const pool = embeddedPool(db, new FirstFailure())
    await expect(proveDurable(pool, () => files.synced.log)).rejects.toMatchObject({ code: 'not_durable' })
    await pool.end()
    await db.close()
  })
})

describe('when the disk fails', () => {
  test.each(FAILING)(
    'at fsync %i: nothing answered is lost, and nothing more is answered',
    async (failing) => {
      const directory = mkdtempSync(join(folder, 'failing-'))
      const failures: Error[] = []
      let calls = 0
      const sync = (descriptor: number): void => {
        if (++calls === failing) throw Object.assign(new Error('EIO: i/o error, fsync'), { code: 'EIO' })
        fsyncSync(descriptor)
      }
      cpSync(join(folder, 'data'), join(directory, 'data'), { recursive: true })
      const answered = await insertUntilRefused({
        directory,
        sync,
        onFailure: (failure) => failures.push(failure),
      })
      expect(failures).toHaveLength(1)
      const { pool, close } = await openEmbedded({ directory })
      const { rows } = await pool.query<{ number: number }>(
        'select number from office where number > 0 order by 1',
      )
      const stored = rows.map(({ number }) => number)
      expect(stored.slice(0, answered.length)).toEqual(answered)
      expect(stored.length).toBeLessThanOrEqual(answered.length + 1)
      await close()
      rmSync(directory, { recursive: true, force: true })
    },
  )
})

/** The numbers that were answered. Goes on after the first refusal, to see that no other comes through. */
async function insertUntilRefused(options: Parameters<typeof openEmbedded>[0]): Promise<readonly number[]> {
  const answered: number[] = []
  const engine = await openEmbedded(options).catch((error: unknown) => {
    expect(error).toMatchObject({ name: 'DatabaseRefused', code: 'cannot_open' })
  })
  if (!engine) return answered
  for (let number = 1, refused = 0; refused < 5 && number < 1_000; number++) {
    try {
      await engine.pool.query('insert into office values ($1)', [number])
      expect(refused).toBe(0)
      answered.push(number)
    } catch (error) {
      if (!(error instanceof Error) || error.name === 'AssertionError') throw error
      refused++
    }
  }
  expect(engine.durability.failure()).toBeInstanceOf(Error)
  await expect(engine.pool.query('select 1')).rejects.toThrow('EIO')
  await engine.close()
  return answered
}
