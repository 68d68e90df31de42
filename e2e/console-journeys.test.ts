// Whole journeys: the first sign-in of somebody new, and an organisation chart from a spreadsheet.

import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { codeAt } from '../server/src/example/speaker.ts'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, DESK, startConsole } from './console-server.ts'

let county: ConsoleUnderTest
beforeAll(async () => {
  county = await startConsole(await openBrowser())
})
afterAll(() => county?.close())

const shots = process.env['SHOTS']
const look = async (page: Page, name: string): Promise<void> => {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` })
}

it('the first sign-in: a password of one’s own, the second factor, the recovery codes, and in', async () => {
  const office = await county.open('/agencies/people', { as: 'zhaoyi' })
  const people = await office.request.get(`${county.address}api/v1/people?q=${encodeURIComponent('沈十三')}`)
  const { items } = (await people.json()) as { readonly items: readonly { readonly id: string }[] }
  const made = await office.request.post(`${county.address}api/v1/accounts`, {
    headers: { 'idempotency-key': crypto.randomUUID() },
    data: { personId: items[0]?.id, username: 'shenshisan' },
  })
  const { password } = (await made.json()) as { readonly password: string }
  await office.context().close()

  const page = await county.open('/sign-in')
  await page.fill('#username', 'shenshisan')
  await page.fill('#password', password)
  await page.click('button[type=submit]')
  await page.waitForURL((url) => url.pathname === '/enrolment')
  const own = '青石县 雨过天青 2026'
  await page.locator('#newPassword').fill(own)
  await page.locator('#password').fill(password)
  await look(page, 'enrol-password')
  await page.click('button[type=submit]')
  const secret = (await page.locator('code.secret').innerText()).replaceAll(/\s/g, '')
  await look(page, 'enrol-totp')
  await page.locator('#code').fill(codeAt(secret, await county.now(page)))
  await page.click('button[type=submit]')
  await page.locator('.recovery-codes li').first().waitFor()
  expect(await page.locator('.recovery-codes li').count()).toBe(10)
  await look(page, 'enrol-codes')
  await page.getByRole('checkbox').check()
  await page.getByRole('button', { name: '进入平台' }).click()
  await page.getByRole('heading', { name: '待办', level: 1 }).waitFor()
  await look(page, 'enrol-home')
  await page.context().close()
})

it('an organisation chart: what would be done row by row, what must be mended, then all of it at once', async () => {
  const page = await county.open('/agencies/imports', { as: 'zhaoyi', viewport: DESK })
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: /模板/ }).click()
  const template = readFileSync(await (await download).path(), 'utf8')
  const [head = ''] = template.replace(/^\uFEFF/, '').split(/\r?\n/)
  const columns = head.split(',')
  const row = (values: Readonly<Record<string, string>>) =>
    columns.map((name) => values[name] ?? '').join(',')
  const unit = { 部门: '青石县教育局', 上级单位: '', 单位: '校外教育培训监管股' }
  const good = row({ ...unit, 姓名: '施二十一', 工号: 'QS021', 职务: '科员' })
  const bad = row({ 部门: '', 姓名: '张二十二' })
  const upload = async (...rows: readonly string[]) =>
    page.locator('input[type=file]').setInputFiles({
      name: '机构.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from([head, ...rows].join('\r\n')),
    })

  await upload(good, bad)
  await page.waitForURL(/imports\/.+/)
  await page.getByText('新增人员：施二十一').waitFor()
  await page.getByText('部门为空').waitFor()
  expect(await page.getByRole('button', { name: '全部生效' }).getAttribute('aria-disabled')).toBe('true')
  await look(page, 'import-conflict')
  await page.goto(`${county.address}agencies/imports`)
  await upload(good)
  await page.waitForURL(/imports\/.+/)
  await page.getByText('施二十一').first().waitFor()
  await look(page, 'import-good')
  await page.getByRole('button', { name: /生效/ }).first().click()
  const sure = page.getByRole('dialog')
  await sure.waitFor()
  await look(page, 'import-sure')
  await sure.getByRole('button', { name: /全部生效|确\s?定/ }).click()
  await expect
    .poll(async () => {
      const answer = await page.request.get(
        `${county.address}api/v1/people?q=${encodeURIComponent('施二十一')}`,
      )
      return ((await answer.json()) as { readonly items: readonly unknown[] }).items.length
    })
    .toBe(1)
  await page.context().close()
})

it('asked nothing of a browser that its policy refuses', () => expect(county.troubles).toEqual([]))
