// Forms and pages at their edges: two people edit at once, what the server finds wrong, pages for others.

import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, startConsole } from './console-server.ts'

let county: ConsoleUnderTest
beforeAll(async () => {
  county = await startConsole(await openBrowser())
})
afterAll(() => county?.close())

async function openEdit(name: string): Promise<{ readonly page: Page; readonly id: string }> {
  const page = await county.open(`/agencies/people?q=${encodeURIComponent(name)}`, { as: 'zhaoyi' })
  await page.getByRole('link', { name }).click()
  await page.waitForURL(/people\/.+/)
  await page.getByRole('button', { name: '修改' }).click()
  return { page, id: new URL(page.url()).pathname.split('/').at(-1)! }
}

it('who edits what somebody else has changed keeps what he wrote, and one step takes over the rest', async () => {
  const { page, id } = await openEdit('陈十')
  const form = page.getByRole('dialog', { name: '修改' })
  await form.getByLabel('职务').fill('四级主任科员')
  const before = await page.request.get(`${county.address}api/v1/people/${id}`)
  const { version } = (await before.json()) as { readonly version: number }
  const other = await page.request.patch(`${county.address}api/v1/people/${id}`, {
    headers: { 'if-match': `"${version}"` },
    data: { post: '股长', staffNumber: 'QS777' },
  })
  expect(other.status()).toBe(200)
  await form.getByRole('button', { name: '保存' }).click()
  await form.getByText('别人修改了这条记录').waitFor()
  expect(await form.getByLabel('职务').inputValue()).toBe('四级主任科员')
  await form.getByRole('button', { name: '取用最新版本' }).click()
  await form.getByText('别人已改为“股长”').waitFor()
  expect(await form.getByLabel('工号').inputValue()).toBe('QS777')
  expect(await form.getByLabel('职务').inputValue()).toBe('四级主任科员')
  // Side by side: what it was, what somebody else wrote, what stands here.
  const compared = form.getByRole('region', { name: '别人同时修改的内容' })
  expect(await compared.getByRole('row', { name: /职务/ }).innerText()).toMatch(/股长.*四级主任科员/s)
  expect(await compared.getByRole('row', { name: /工号/ }).innerText()).toMatch(/QS777.*同别人/s)
  await form.getByRole('button', { name: '保存' }).click()
  await page.getByText('已保存。').waitFor()
  const after = await page.request.get(`${county.address}api/v1/people/${id}`)
  expect(await after.json()).toMatchObject({ post: '四级主任科员', staffNumber: 'QS777' })
  await page.context().close()
})

it('what the server finds malformed is marked at its field, and the summary leads there', async () => {
  const { page } = await openEdit('陈十')
  const form = page.getByRole('dialog', { name: '修改' })
  await form.getByLabel('姓名').fill('陈'.repeat(300))
  await form.getByRole('button', { name: '保存' }).click()
  const link = form.getByRole('link', { name: /姓名：至多/ })
  await link.waitFor()
  expect(await form.getByLabel('姓名').getAttribute('aria-invalid')).toBe('true')
  await link.click()
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('name')
  await form.getByLabel('姓名').fill('陈十')
  await expect.poll(() => form.getByLabel('姓名').getAttribute('aria-invalid')).not.toBe('true')
  // What was mended is not listed any more.
  await link.waitFor({ state: 'detached' })
  await page.context().close()
})

it('who may not read a page sees its name and the reason, no filters and no acts', async () => {
  for (const address of ['/audit/events', '/accounts', '/agencies/imports']) {
    const page = await county.open(address, { as: 'chenshi' })
    await page.getByText('您当前的角色不能办理此事项').waitFor()
    expect(await page.locator('main').getByRole('button').count()).toBe(0)
    expect(await page.locator('main').getByRole('textbox').count()).toBe(0)
    await page.context().close()
  }
})

it('the search says that it needs two characters', async () => {
  const page = await county.open('/', { as: 'zhaoyi' })
  await page.keyboard.press('Control+k')
  await page.getByRole('combobox', { name: '搜索' }).fill('陈')
  await page.getByText('至少要两个字').waitFor()
  await page.context().close()
})

it('several waiting grants are decided in one step that says how many, and whom it leaves out', async () => {
  const page = await county.open('/agencies/grants', { as: 'zhaoyi' })
  await page.getByRole('checkbox', { name: '选择本页全部' }).check()
  await page.locator('.bulk-bar').getByRole('button', { name: '批准', exact: true }).click()
  const dialog = page.getByRole('dialog', { name: '批准' })
  const waiting = await page.locator('main tr[data-row-key]', { hasText: '待批准' }).count()
  expect(waiting).toBeGreaterThan(0)
  await dialog.getByText(`将批准所选的 ${waiting} 项授权`).waitFor()
  await dialog.getByText(/条不能办理，不在其内/).waitFor()
  await dialog.getByRole('button', { name: `批准（${waiting} 条）` }).click()
  const proof = page.getByRole('dialog', { name: '请再次验证身份' })
  const done = dialog.getByText(`已办理 ${waiting} 条。`)
  await proof.or(done).first().waitFor()
  if (await proof.isVisible()) await county.proveAgain(page, 'zhaoyi')
  await done.waitFor()
  await dialog.getByRole('button', { name: '关闭' }).last().click()
  await expect.poll(() => page.locator('main tr[data-row-key]', { hasText: '待批准' }).count()).toBe(0)
  await page.context().close()
})

it('asked nothing of a browser that its policy refuses', () => expect(county.troubles).toEqual([]))
