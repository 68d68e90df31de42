// A24: what is backed up comes back whole, into something empty, verified; what is damaged does not come back at all.

import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { backUp } from '../../src/operations/backup/backup.ts'
import { restore } from '../../src/operations/backup/restore.ts'
import { linesOfDiagnosis, diagnose } from '../../src/operations/doctor/doctor.ts'
import { openDatabase } from '../../src/operations/engine.ts'
import { verifyBackup } from '../../src/operations/verify/backup.ts'
import { type Settings, settingsFrom } from '../../src/platform/settings.ts'
import { onEachEngine } from '../support/engines.ts'
import { install, type Installation } from './installation.ts'

const PASSPHRASE = 'twelve or more characters'

onEachEngine((kind) => {
  let place: Installation
  let work: string
  let archive: string
  let target: Settings
  beforeAll(async () => {
    work = mkdtempSync(join(tmpdir(), 'sunlot-backup-'))
    archive = join(work, 'backup.tar')
    place = await install(kind)
    const { child } = await place.start()
    await child.line('stderr: 按 Ctrl-C')
    await new Promise((go) => setTimeout(go, 1500))
    process.kill(child.pid, 'SIGTERM')
    await child.ended
    target = await emptyTarget(place, join(work, 'restored'))
  }, 240_000)
  afterAll(() => {
    place.remove()
    rmSync(work, { recursive: true, force: true })
  })

  it('A24: restores what was backed up, and every row and leaf verifies', async () => {
    const keys = join(work, 'keys.sealed')
    const now = new Date()
    const made = await backUp(place.settings, { out: archive, keys, passphrase: PASSPHRASE, now })
    expect(made.bytes).toBeGreaterThan(10_000)
    expect(readFileSync(keys, 'utf8')).not.toContain(
      readFileSync(join(place.folder, 'keys/log.key'), 'utf8').slice(8, 40),
    )
    const restored = await restore(target, { from: archive, keys, passphrase: PASSPHRASE })
    expect(restored.size).toBeGreaterThan(3)
    expect(await people(target)).toEqual(await people(place.settings))
    expect(readdirSync(join(target.folder, 'keys'))).toEqual(readdirSync(join(place.folder, 'keys')))
  }, 120_000)

  it('never writes over a backup, a folder or a database that is there', async () => {
    await expect(backUp(place.settings, { out: archive, now: new Date() })).rejects.toMatchObject({
      code: 'backup_exists',
    })
    await expect(restore(target, { from: archive })).rejects.toMatchObject({ code: 'target_not_empty' })
  })

  it('leaves no keys behind of a backup that was not made', async () => {
    const [out, keys] = [join(work, 'none.tar'), join(work, 'none.keys')]
    const nowhere = { ...place.settings, folder: join(work, 'nowhere'), databaseAdminUrl: undefined }
    await expect(
      backUp(nowhere, { out, keys, passphrase: PASSPHRASE, now: new Date() }),
    ).rejects.toMatchObject({ code: kind === 'pglite' ? 'nothing_to_back_up' : 'admin_url_missing' })
    expect(readdirSync(work).filter((name) => name.startsWith('none'))).toEqual([])
  })

  it('leaves nothing behind where it refuses: no keys, no folder', async () => {
    const keys = join(work, 'keys.sealed')
    const folder = join(work, 'refused')
    // Of PostgreSQL the folder is empty and the database is not.
    if (kind === 'pglite') cpSync(join(place.folder, 'log'), join(folder, 'log'), { recursive: true })
    const full = { ...place.settings, folder }
    await expect(restore(full, { from: archive, keys, passphrase: PASSPHRASE })).rejects.toMatchObject({
      code: 'target_not_empty',
    })
    if (kind === 'pglite') expect(readdirSync(folder)).toEqual(['log'])
    else expect(existsSync(folder)).toBe(false)
  })

  it('is verified with its keys, and says where it was not restored aside', async () => {
    const source = { from: archive, keys: join(work, 'keys.sealed') }
    await expect(
      verifyBackup(place.settings, { ...source, passphrase: 'another passphrase' }),
    ).rejects.toMatchObject({ code: 'passphrase_wrong' })
    const { holds, checked } = await verifyBackup(place.settings, { ...source, passphrase: PASSPHRASE })
    expect(holds).toBe(true)
    expect(Object.keys(checked)).toEqual(['files', kind === 'pglite' ? 'restored' : 'untried_postgres'])
    const keyless = { ...place.settings, folder: join(work, 'nothing') }
    const { checked: alone } = await verifyBackup(keyless, { from: archive })
    expect(Object.keys(alone)).toEqual(['files', kind === 'pglite' ? 'untried_keyless' : 'untried_postgres'])
  }, 60_000)

  it('does not restore without the keys of that time, nor with others', async () => {
    const empty = settingsFrom({ ...place.env, SUNLOT_FOLDER: join(work, 'keyless') })
    await expect(restore(empty, { from: archive })).rejects.toMatchObject({ code: 'keys_missing' })
    const keys = join(work, 'keys.sealed')
    await expect(
      restore(empty, { from: archive, keys, passphrase: 'another passphrase' }),
    ).rejects.toMatchObject({
      code: 'passphrase_wrong',
    })
  })

  it('finds a single changed byte, and a file that was cut off, before it writes anything', async () => {
    const whole = readFileSync(archive)
    const damaged = join(work, 'damaged.tar')
    const empty = settingsFrom({ ...place.env, SUNLOT_FOLDER: join(work, 'empty') })
    for (const at of [600, Math.floor(whole.length / 2), whole.length - 1300]) {
      const bytes = Buffer.from(whole)
      bytes[at] = bytes[at]! ^ 1
      writeFileSync(damaged, bytes)
      await expect(restore(empty, { from: damaged })).rejects.toMatchObject({ code: /^backup_|^keys_/ })
    }
    writeFileSync(damaged, whole.subarray(0, whole.length - 2048))
    await expect(restore(empty, { from: damaged })).rejects.toMatchObject({ code: /^backup_/ })
    expect(readdirSync(work)).not.toContain('empty')
  })

  it('is a tar that any tool reads', () => {
    const { status, stdout } = spawnSync('tar', ['tf', archive], { encoding: 'utf8' })
    expect(status).toBe(0)
    expect(stdout.trim().split('\n').at(-1)).toBe('manifest.json')
    expect(stdout).not.toContain('.key')
  })

  it('leaves an installation in which the doctor finds nothing broken', async () => {
    const { findings } = await diagnose(place.settings, new Date(), 'zh-CN')
    const faults = findings.filter(({ state }) => state === 'fault').map(({ id }) => id)
    // Whether the machine keeps its time is the machine's affair.
    expect(faults.filter((id) => id !== 'clock')).toEqual([])
    expect(findings.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['durability', 'log', 'migrations', 'backup']),
    )
    for (const line of linesOfDiagnosis({ sound: true, findings }, place.folder, 'en'))
      expect(line).not.toMatch(/[{}]/)
  })
})

/** An empty folder; on PostgreSQL with an empty database of the same cluster. */
async function emptyTarget(place: Installation, folder: string): Promise<Settings> {
  const { databaseUrl, databaseAdminUrl } = place.settings
  if (databaseUrl === undefined || databaseAdminUrl === undefined)
    return settingsFrom({ ...place.env, SUNLOT_FOLDER: folder })
  await place.look((pool) => pool.query('create database restored template template0'))
  const named = (url: string): string => Object.assign(new URL(url), { pathname: '/restored' }).href
  const urls = { DATABASE_URL: named(databaseUrl), DATABASE_ADMIN_URL: named(databaseAdminUrl) }
  return settingsFrom({ ...place.env, ...urls, SUNLOT_FOLDER: folder })
}

async function people(settings: Settings): Promise<readonly unknown[]> {
  const { engine } = await openDatabase(settings, () => undefined)
  try {
    await engine.pool.query('begin; set local role sunlot_app')
    return (await engine.pool.query('select * from agencies.person order by id')).rows
  } finally {
    await engine.close()
  }
}
