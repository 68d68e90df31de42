// Lists made for work, tried on the list of people: keyboard, drawer, columns, views, bulk acts, thousands of rows.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, PHONE, startConsole } from './console-server.ts'

let county: ConsoleUnderTest
let page: Page
beforeAll(async () => {
  county = await startConsole(await openBrowser())
  page = await county.open('/agencies/people', { as: 'zhaoyi' })
})
afterAll(() => county?.close())

const rows = (on = page) => on.locator('main tr[data-row-key]')
const nameOf = async (at: number): Promise<string> => rows().nth(at).locator('.row-name').innerText()
const focused = (): Promise<string> =>
  page.evaluate(() => document.activeElement?.querySelector('.row-name')?.textContent ?? '')
const faults = async (on = page): Promise<readonly string[]> => {
  // A colour on its way to another is neither.
  await on.waitForTimeout(400)
  const { violations } = await new AxeBuilder({ page: on }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
const go = async (path: string): Promise<void> => {
  await page.goto(new URL(path, county.address).href)
  await page.waitForLoadState('networkidle')
}

it('arrows move from row to row, → shows the record beside the list, Esc comes back to the row', async () => {
  await rows().first().focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  expect(await focused()).toBe(await nameOf(2))
  await page.keyboard.press('ArrowRight')
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('link', { name: await nameOf(2) }).waitFor()
  expect(await faults()).toEqual([])
  await drawer.getByRole('button', { name: '下一条' }).click()
  await drawer.getByRole('link', { name: await nameOf(3) }).waitFor()
  await page.keyboard.press('Escape')
  await drawer.waitFor({ state: 'hidden' })
  await expect.poll(focused).toBe(await nameOf(3))
  await page.keyboard.press('End')
  expect(await focused()).toBe(await nameOf((await rows().count()) - 1))
})

it('Enter and the link open the page, a click on the row the drawer, the middle button another tab', async () => {
  const name = await nameOf(1)
  await rows().nth(1).locator('td').last().click()
  await page.getByRole('dialog').getByRole('link', { name }).waitFor()
  expect(new URL(page.url()).pathname).toBe('/agencies/people')
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  const tab = page.context().waitForEvent('page')
  await rows().nth(1).locator('td').last().click({ button: 'middle' })
  await (await tab).waitForURL(/\/agencies\/people\/.+/)
  await (await tab).close()
  await rows().nth(1).focus()
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/agencies\/people\/.+/)
  await page.getByRole('heading', { name }).waitFor()
  await go('/agencies/people')
})

it('a column that is taken away stays away in this browser, until all are as at first', async () => {
  const heads = () => page.locator('main th').allInnerTexts()
  const all = await heads()
  await page.getByRole('button', { name: '列', exact: true }).click()
  expect(await page.getByRole('checkbox', { name: '姓名' }).isDisabled()).toBe(true)
  await page.getByRole('checkbox', { name: '职务' }).uncheck()
  expect(await faults()).toEqual([])
  await page.reload()
  await page.waitForLoadState('networkidle')
  expect(await heads()).toEqual(all.filter((head) => head !== '职务'))
  await page.getByRole('button', { name: '列', exact: true }).click()
  await page.getByRole('button', { name: '恢复默认' }).click()
  expect(await heads()).toEqual(all)
})

it('a view is the filters under a name: saved, picked, renamed, deleted', async () => {
  await go('/agencies/people?q=%E9%99%88')
  const views = page.getByRole('button', { name: '视图' })
  await views.click()
  expect(await faults()).toEqual([])
  await page.getByRole('menuitem', { name: '把当前条件存为视图' }).click()
  await page.getByLabel('视图名称').fill('姓陈的')
  expect(await faults()).toEqual([])
  await page.keyboard.press('Enter')
  await page.getByText('视图已保存。').waitFor()
  await go('/agencies/people')
  await views.click()
  await page.getByRole('menuitem', { name: '姓陈的' }).click()
  await page.waitForURL(/q=/)
  await expect.poll(() => rows().count()).toBe(1)
  await page.getByRole('button', { name: '姓陈的' }).click()
  await page.getByRole('menuitem', { name: '管理视图' }).click()
  const dialog = page.getByRole('dialog', { name: '管理视图' })
  await dialog.getByLabel('视图名称').fill('陈姓')
  await dialog.getByRole('button', { name: '改名' }).click()
  await expect.poll(() => dialog.getByLabel('视图名称').inputValue()).toBe('陈姓')
  await expect.poll(() => dialog.getByRole('button', { name: '改名' }).isDisabled()).toBe(true)
  expect(await faults()).toEqual([])
  await dialog.getByRole('button', { name: '删除' }).click()
  await dialog.getByText('没有保存的视图。').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
  await page.getByRole('button', { name: '清除条件' }).click()
  await expect.poll(() => rows().count()).toBeGreaterThan(1)
})

it('on a phone the filters fold, and the button says how many are set', async () => {
  const phone = await county.open('/agencies/people?q=%E9%99%88', { as: 'zhaoyi', viewport: PHONE })
  const fold = phone.getByRole('button', { name: '筛选（已设 1 项）' })
  expect(await phone.getByLabel('姓名').count()).toBe(0)
  await fold.click()
  expect(await phone.getByLabel('姓名').first().inputValue()).toBe('陈')
  expect(await faults(phone)).toEqual([])
  await phone.context().close()
})

it('five thousand rows scroll without all being in the page, and the keyboard walks on', async () => {
  const many = await county.open('/', { as: 'zhaoyi' })
  const reply = await many.request.get(new URL('/api/v1/people', county.address).href)
  const { items } = (await reply.json()) as { readonly items: readonly object[] }
  const crowd = Array.from({ length: 5000 }, (_, at) => ({ ...items[0], id: `x${at}`, name: `第${at}人` }))
  await many.route('**/api/v1/people*', (route) => route.fulfill({ json: { items: crowd } }))
  await many.goto(new URL('/agencies/people', county.address).href)
  await many.getByText('第0人').waitFor()
  expect(await rows(many).count()).toBeLessThan(250)
  const height = await many.evaluate(() => document.documentElement.scrollHeight)
  await many.evaluate(() => scrollTo(0, document.documentElement.scrollHeight / 2))
  const isInTheMiddle = async () =>
    (await rows(many).locator('.row-name').allInnerTexts()).some(
      (name) => Math.abs(Number(/\d+/.exec(name)?.[0]) - 2500) < 100,
    )
  await expect.poll(isInTheMiddle, { timeout: 10_000 }).toBe(true)
  expect(Math.abs((await many.evaluate(() => document.documentElement.scrollHeight)) - height)).toBeLessThan(
    height / 50,
  )
  await many.getByText('第2500人').focus()
  for (let step = 0; step < 60; step += 1) await many.keyboard.press('ArrowDown')
  // Sixty more before the page can draw a single one: none is forgotten at the edge of what it holds.
  await many.evaluate(() => {
    for (let step = 0; step < 60; step += 1)
      document.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }),
      )
  })
  const focused = () => many.evaluate(() => document.activeElement?.textContent)
  await expect.poll(focused, { timeout: 10_000 }).toContain('第2620人')
  expect(await faults(many)).toEqual([])
  await many.context().close()
})

it('a page of 200 is asked for where there are more than 50; nothing jumps while the next page comes', async () => {
  const slow = await county.open('/', { as: 'zhaoyi' })
  const reply = await slow.request.get(new URL('/api/v1/people', county.address).href)
  const { items } = (await reply.json()) as { readonly items: readonly object[] }
  await slow.route('**/api/v1/people*', async (route) => {
    const asked = new URL(route.request().url()).searchParams
    const limit = Number(asked.get('limit') ?? 50)
    const first = Number(asked.get('after') ?? 0)
    const crowd = Array.from({ length: limit }, (_, at) => ({
      ...items[0],
      id: `x${first + at}`,
      name: `第${first + at}人`,
    }))
    await new Promise((resolve) => setTimeout(resolve, 300))
    await route.fulfill({ json: { items: crowd, next: String(first + limit), about: 1_016_169 } })
  })
  await slow.goto(new URL('/agencies/people', county.address).href)
  await slow.getByText('第0人').waitFor()
  await slow.getByText('全部约 101.6 万 条').waitFor()
  await slow.evaluate(() => {
    const shifts: number[] = []
    Object.assign(window, { shifts })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as unknown as { value: number }).value)
    }).observe({ type: 'layout-shift', buffered: false })
  })
  await slow.getByRole('button', { name: '下一页' }).click()
  await slow.getByText('第0人').waitFor()
  await slow.getByText('第50人').waitFor()
  const shifted = await slow.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((sum, each) => sum + each, 0),
  )
  expect(shifted).toBeLessThan(0.02)
  await slow.getByRole('button', { name: '第一页' }).click()
  await slow.getByRole('combobox', { name: '每页条数' }).click()
  await slow.locator('.ant-select-item-option', { hasText: '每页 200 条' }).click()
  await slow.waitForURL(/limit=200/)
  await expect.poll(() => rows(slow).count()).toBe(200)
  await slow.context().close()
})

it('asked nothing of a browser that its policy refuses', () => expect(county.troubles).toEqual([]))
