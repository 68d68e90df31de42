// The database goes away and comes back; the disk fills and is emptied: the server says so, and recovers by itself.

import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { onPostgres } from '../support/engines.ts'
import { install, type Installation } from './installation.ts'
import { attempt } from './serving.ts'

async function eventually(expected: string, ask: () => Promise<string>, patienceMs = 30_000): Promise<void> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await ask()
    if (answer === expected) return
    if (Date.now() > deadline) expect(answer).toBe(expected)
    await new Promise((go) => setTimeout(go, 200))
  }
}

onPostgres(() => {
  let place: Installation
  beforeAll(async () => {
    place = await install('postgres')
  }, 240_000)
  afterAll(() => place.remove())

  it('is answered with 503 until it is back, within ten seconds of its return, by the same server', async () => {
    const { child, address } = await place.start()
    const ready = async (): Promise<string> => String((await fetch(`${address}/readyz`)).status)
    expect(await attempt(address, place.token, '青石县甲局')).toBe('201')
    place.postgres?.halt()
    expect(await attempt(address, place.token, '青石县乙局')).toBe('503 database_unavailable')
    await eventually('503', ready)
    expect((await fetch(`${address}/healthz`)).status).toBe(200)
    place.postgres?.start()
    await eventually('201', () => attempt(address, place.token, `青石县丙局`), 10_000)
    await eventually('200', ready, 10_000)
    process.kill(child.pid, 'SIGTERM')
    await child.ended
    const rows = await place.look((pool) =>
      pool.query(`select name from agencies.authority where name like '青石县_局' order by 1`),
    )
    expect(rows.rows.map((row) => (row as { name: string }).name)).toEqual(['青石县丙局', '青石县甲局'])
  }, 120_000)
})

const mounted = mountSmallDisk()

describe.skipIf(mounted === undefined)('a disk that fills up', () => {
  let place: Installation
  beforeAll(async () => {
    place = await install('pglite', { SUNLOT_FOLDER: join(mounted ?? '', 'var') })
  }, 240_000)
  afterAll(() => {
    place.remove()
    spawnSync('umount', ['-l', mounted ?? ''])
    rmSync(mounted ?? '', { recursive: true, force: true })
  })

  it('A4: makes the server read-only before it is full, and writing again when there is space', async () => {
    const { child, address } = await place.start()
    expect(await attempt(address, place.token, '青石县甲局')).toBe('201')
    const filler = join(mounted ?? '', 'filler')
    writeFileSync(filler, Buffer.alloc(900 << 20))
    let tries = 0
    // Until the watch looks again there is space enough for what is written meanwhile.
    await eventually('507 read_only', () => attempt(address, place.token, `青石县乙${++tries}局`))
    expect((await fetch(`${address}/api/v1/system`)).status).toBe(200)
    expect(await (await fetch(`${address}/readyz`)).json()).toMatchObject({ ready: false })
    rmSync(filler)
    await eventually('201', () => attempt(address, place.token, '青石县丙局'))
    process.kill(child.pid, 'SIGTERM')
    await child.ended
  }, 120_000)
})

/** A file system of its own in memory; nothing where this account may not make one. */
function mountSmallDisk(): string | undefined {
  if (process.getuid?.() !== 0) return undefined
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-disk-'))
  // Larger than the limit of 1 GB by what is written between two looks.
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1700m', 'tmpfs', folder])
  if (status === 0) return folder
  rmSync(folder, { recursive: true })
  return undefined
}
