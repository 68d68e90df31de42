// A scenario plays in another year: its database is born there, the first administrators begin there, and time runs on.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { appoint } from '../../src/operations/appoint.ts'
import { readBirth } from '../../src/operations/birth.store.ts'
import { openDatabase } from '../../src/operations/engine.ts'
import { settingsFrom } from '../../src/platform/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'sunlot-past-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const AT = '2023-03-15T09:00:00+08:00'
const settings = settingsFrom({ SUNLOT_FOLDER: folder, SUNLOT_SIMULATED: '1', SUNLOT_SIMULATED_AT: AT })

it('is born in that moment, and whatever happens next is of that day', async () => {
  await appoint(settings, {
    division: '410928',
    authority: '濮阳县市场监督管理局',
    people: {
      systemAdministrator: '赵一:zhaoyi',
      securityAdministrator: '钱二:qianer',
      auditAdministrator: '孙三:sunsan',
    },
  })
  const { engine } = await openDatabase(settings, () => undefined)
  try {
    const { aheadMs } = await readBirth(engine.pool)
    const late = Date.now() + aheadMs - new Date(AT).getTime()
    expect([late >= 0, late < 120_000]).toEqual([true, true])
    const { rows } = await engine.pool.query<{ day: string }>(
      `select to_char(at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as day
         from audit.event where action <> 'database.bear' union select to_char(born_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD')
         from platform.birth`,
    )
    expect(rows.map(({ day }) => day)).toEqual(['2023-03-15'])
  } finally {
    await engine.close()
  }
})

it.each([
  [{ SUNLOT_SIMULATED: '1', SUNLOT_SIMULATED_AT: 'spring' }, 'setting_not_a_moment'],
  [{ SUNLOT_SIMULATED_AT: AT }, 'settings_incomplete'],
])('refuses %o', (env, code) => {
  expect(() => settingsFrom(env)).toThrow(expect.objectContaining({ code }) as Error)
})
