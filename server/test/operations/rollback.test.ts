// I19: an older backup under a log that the tiles or a witness remember further is shown, and written to by nobody.

import { toHex } from '@sunlot/draw'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { App } from '../../src/app.ts'
import { publishedOrigin, ownPolicy } from '../../src/operations/verify/policy.ts'
import type { Settings } from '../../src/platform/settings.ts'
import { startWitness } from '../../src/witness/index.ts'
import { install, type Installation } from './installation.ts'
import { attempt, serving } from './serving.ts'

describe('a restored older backup', () => {
  let place: Installation
  let shelf: string
  beforeAll(async () => {
    place = await install('pglite')
    shelf = mkdtempSync(join(tmpdir(), 'sunlot-shelf-'))
  }, 240_000)
  afterAll(() => {
    place.remove()
    rmSync(shelf, { recursive: true, force: true })
  })

  /** Serves, writes once, and stops when that has its checkpoint (and its cosignature, where there is a witness). */
  const actOnce = async (settings: Settings, name: string): Promise<void> => {
    const { address, app, stop } = await serving(settings)
    expect(await attempt(address, place.token, name)).toBe('201')
    const from = settings.witnesses.length > 0 ? 'log.cosignature' : 'log.checkpoint'
    await expect.poll(() => isCovered(app, from), { timeout: 15_000 }).toBe(true)
    await stop()
  }

  const copy = (from: string, to: string, names: readonly string[]): void => {
    for (const name of names) {
      rmSync(join(to, name), { recursive: true, force: true })
      cpSync(join(from, name), join(to, name), { recursive: true })
    }
  }
  const keep = (as: string, ...names: readonly string[]): void => copy(place.folder, join(shelf, as), names)
  const putBack = (as: string, ...names: readonly string[]): void =>
    copy(join(shelf, as), place.folder, names)

  const isReadOnly = async (settings: Settings): Promise<void> => {
    const { address, app, stop } = await serving(settings)
    expect(await attempt(address, place.token, '青石县倒签局')).toBe('503 read_only')
    expect((await fetch(new URL('/api/v1/system', address))).status).toBe(200)
    expect((await fetch(new URL('/log/checkpoint', address))).status).toBe(200)
    const ready = (await (await fetch(new URL('/readyz', address))).json()) as { conditions: unknown[] }
    expect(ready.conditions).toContainEqual({ id: 'log', holds: false, code: 'log_readOnly' })
    // From the inside neither: no leaf has come since.
    expect(await isCovered(app, 'log.checkpoint')).toBe(true)
    await stop()
  }

  it('I19: is found by the published tiles before anything can be written', async () => {
    await actOnce(place.settings, '青石县甲局')
    keep('older', 'database')
    await actOnce(place.settings, '青石县乙局')
    keep('newest', 'database')
    putBack('older', 'database')
    for (let start = 0; start < 3; start++) await isReadOnly(place.settings)
    putBack('newest', 'database')
    await actOnce(place.settings, '青石县丙局')
  }, 120_000)

  it('I19: with tiles that were put back too, is found by what a witness remembers', async () => {
    const { log } = await ownPolicy(place.settings, () => publishedOrigin(place.folder))
    const folder = join(shelf, 'witness')
    const witness = await startWitness({ name: 'witness-1', folder, host: '127.0.0.1', port: 0, logs: [log] })
    const line = `witness-1=ed25519:${toHex(witness.publicKey)}@${witness.url}`
    const settings = { ...place.settings, witnesses: [line] }
    await actOnce(settings, '青石县丁局')
    keep('older', 'database', 'log')
    await actOnce(settings, '青石县戊局')
    putBack('older', 'database', 'log')
    for (let start = 0; start < 3; start++) await isReadOnly(settings)
    await witness.close()
  }, 120_000)
})

/** Whether every leaf stands below a checkpoint, or below one that was cosigned. */
async function isCovered({ database }: App, by: 'log.cosignature' | 'log.checkpoint'): Promise<boolean> {
  return database.read(async (reader) => {
    const { leaves } = await reader
      .selectFrom('log.leaf')
      .select((eb) => eb.fn.countAll<number>().as('leaves'))
      .executeTakeFirstOrThrow()
    const { size } = await reader
      .selectFrom(by)
      .select((eb) => eb.fn.max('size').as('size'))
      .executeTakeFirstOrThrow()
    return size >= leaves
  })
}
