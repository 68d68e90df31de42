import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { resetOffline } from '../../src/operations/reset.ts'
import { settingsFrom } from '../../src/platform/settings.ts'
import { onEachEngine } from '../support/engines.ts'
import { install, type Installation } from './installation.ts'
import { serving } from './serving.ts'

const PURPOSE = { purpose: '手机丢失，已核对工作证' }

onEachEngine((kind) => {
  let installation: Installation | undefined
  afterEach(() => installation?.remove())

  it('lets an administrator in again by a password that the operator is told once', async () => {
    installation = await install(kind)
    const { settings } = installation
    const username = await installation.look(async (pool) => {
      const { rows } = await pool.query<{ username: string }>('select username from accounts.account')
      return rows[0]!.username
    })
    const password = await resetOffline(settings, { username: username.toUpperCase(), ...PURPOSE })
    await expect(resetOffline(settings, { username: 'nobody.here', ...PURPOSE })).rejects.toMatchObject({
      code: 'account_missing',
    })
    const { address, stop } = await serving(settings)
    const response = await fetch(new URL('/api/v1/session', address), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username, password }),
    })
    expect(await response.json()).toEqual({ stage: 'enrol' })
    await stop()
    const { rows } = await installation.look((pool) =>
      pool.query(`select actor_kind, purpose from audit.event where action = 'account.reset'`),
    )
    expect(rows).toEqual([{ actor_kind: 'system', ...PURPOSE }])
  })
})

it('makes no database where there is none', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunlot-reset-'))
  const settings = settingsFrom({ SUNLOT_FOLDER: join(folder, 'nothing') })
  await expect(resetOffline(settings, { username: 'somebody', ...PURPOSE })).rejects.toMatchObject({
    code: 'no_database',
  })
  rmSync(folder, { recursive: true })
})
