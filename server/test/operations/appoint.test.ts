import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { appoint, type Appointment } from '../../src/operations/appoint.ts'
import { settingsFrom } from '../../src/platform/settings.ts'

const folder = mkdtempSync(join(tmpdir(), 'sunlot-appoint-'))
const settings = settingsFrom({ SUNLOT_FOLDER: folder })
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const three: Appointment = {
  division: '990101',
  authority: '青石县市场监督管理局',
  people: {
    systemAdministrator: '赵一:zhaoyi',
    securityAdministrator: '钱二：qianer',
    auditAdministrator: '孙三:sunsan',
  },
}

it.each([
  ['appoint_person', { ...three, people: { ...three.people, auditAdministrator: '孙三' } }],
  ['appoint_same', { ...three, people: { ...three.people, auditAdministrator: '孙三:zhaoyi' } }],
  ['appoint_account.no_such_division', { ...three, division: '123456' }],
])('refuses with %s, and nobody is appointed', async (code, appointment) => {
  await expect(appoint(settings, appointment)).rejects.toMatchObject({ code })
})

it('appoints the first three with a password each, once', async () => {
  const born = await appoint(settings, three)
  expect(born.map(({ username }) => username).toSorted()).toEqual(['qianer', 'sunsan', 'zhaoyi'])
  expect(new Set(born.map(({ password }) => password)).size).toBe(3)
  await expect(appoint(settings, three)).rejects.toMatchObject({ code: 'appoint_account.not_the_first' })
})
