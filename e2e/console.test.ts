// The console in a real browser, on the real server with the example county.

import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, PHONE, startConsole } from './console-server.ts'

let browser: Browser
let county: ConsoleUnderTest
let page: Page | undefined

beforeAll(async () => {
  browser = await openBrowser()
  county = await startConsole(browser)
})

afterAll(async () => {
  await county?.close()
})

afterEach(async () => {
  await page?.context().close()
  page = undefined
  expect(county.troubles.splice(0)).toEqual([])
})

async function open(...asked: Parameters<ConsoleUnderTest['open']>): Promise<Page> {
  page = await county.open(...asked)
  return page
}

describe('the door', () => {
  test('tells a wrong password nothing but that it did not work, and keeps what was typed', async () => {
    const door = await open('/')
    expect(new URL(door.url()).pathname).toBe('/sign-in')
    await door.fill('#username', 'nobody')
    await door.fill('#password', 'not the password')
    await door.click('button[type=submit]')
    await door.waitForSelector('.failure')
    expect(await door.inputValue('#username')).toBe('nobody')
    expect(await door.locator('.failure').innerText()).not.toMatch(/不存在|unknown|sign_in/)
  })

  test('leads to each empty field from the summary', async () => {
    const door = await open('/sign-in')
    await door.click('button[type=submit]')
    await door.getByRole('link', { name: '请填写“密码”' }).click()
    expect(await door.evaluate(() => document.activeElement?.id)).toBe('password')
  })

  test('returns to the page that was asked for', async () => {
    const door = await open('/law/calendars')
    await door.waitForURL(/sign-in/)
    await county.signIn(door, 'lisi')
    expect(new URL(door.url()).pathname).toBe('/law/calendars')
  })
})

describe('work', () => {
  test('a grant is approved by a second person, from 待办 to 有效', async () => {
    const work = await open('/', { as: 'zhaoyi' })
    await work.getByRole('link', { name: /待您决定的授权：陈十/ }).click()
    await work.getByRole('button', { name: '批准', exact: true }).first().click()
    const form = work.getByRole('dialog', { name: '批准' })
    expect(await form.innerText()).toContain('已取得行政执法证，拟参加联合抽查')
    await form.getByRole('button', { name: '批准' }).click()
    await proveIfAsked(work, 'zhaoyi')
    await work.getByText('已办理。').waitFor()
    await work.locator('.page-head .state', { hasText: '有效' }).waitFor()
  })

  test('a refused button stays in its place, can be reached by keyboard, and says why', async () => {
    const work = await open('/agencies/authorities?q=市场监督', { as: 'zhaoyi' })
    await work.getByRole('link', { name: '青石县市场监督管理局' }).click()
    const button = work.getByRole('button', { name: '撤销部门' })
    expect(await button.getAttribute('aria-disabled')).toBe('true')
    await button.focus()
    await work
      .locator('.ant-popover')
      .getByText(/名人员/)
      .waitFor()
  })

  test('a new authority stands in the list, and a name with markup is text', async () => {
    const name = '青石县<img src=x onerror=alert(1)>局'
    const work = await open('/agencies/authorities', { as: 'zhaoyi' })
    await work.getByRole('button', { name: '新增部门' }).click()
    const form = work.getByRole('dialog', { name: '新增部门' })
    await form.getByRole('combobox', { name: '行政区划' }).fill('青石县')
    await work.locator('.ant-select-item-option', { hasText: '990101' }).click()
    await form.getByLabel('全称').fill(name)
    await form.getByLabel('简称').fill('某局')
    await form.getByRole('button', { name: '新增部门' }).click()
    await work.getByRole('link', { name }).waitFor()
    expect(await work.locator('img[src=x]').count()).toBe(0)
  })

  test('search finds a person by name, opens with Enter', async () => {
    const work = await open('/', { as: 'zhaoyi' })
    await work.keyboard.press('Control+k')
    await work.getByRole('combobox', { name: '搜索' }).fill('陈十')
    await work.getByRole('option', { name: /陈十/ }).waitFor()
    await work.keyboard.press('Enter')
    await work.waitForURL(/\/agencies\/people\//)
    await work.getByRole('heading', { name: '陈十' }).waitFor()
  })
})

describe('the law', () => {
  test('a parameter shows its value, level and basis; a deadline into an unpublished year is open', async () => {
    const law = await open('/law/parameters/publication/result_deadline', { as: 'lisi' })
    await law.getByText('20 个工作日').first().waitFor()
    await law.goto(
      new URL('/law/deadline?key=publication.result_deadline&start=2026-12-21', county.address).href,
    )
    await law.getByText('2027年放假安排尚未公布').waitFor()
  })
})

describe('the trail', () => {
  test('an event shows each field before and after, and its place in the log', async () => {
    const trail = await open('/audit/events?action=authority.create', { as: 'sunsan' })
    await trail.getByRole('link', { name: '新增部门' }).first().click()
    await trail.getByText('authorit', { exact: false }).first().waitFor()
    expect(await trail.innerText('main')).toContain('division_code')
    expect(await trail.innerText('main')).toContain('透明日志')
  })

  test('who may not read it is told so, without a way to ask in vain', async () => {
    const trail = await open('/audit/events', { as: 'chenshi' })
    await trail.getByText('您当前的角色不能办理此事项').waitFor()
    expect(await trail.getByRole('button', { name: '重试' }).count()).toBe(0)
  })
})

const SCREENS: readonly (readonly [address: string, as: string | undefined])[] = [
  ['/sign-in', undefined],
  ['/', 'zhaoyi'],
  ['/agencies/authorities', 'zhaoyi'],
  ['/agencies/people', 'zhaoyi'],
  ['/agencies/grants', 'zhaoyi'],
  ['/agencies/conferences', 'zhaoyi'],
  ['/agencies/divisions', 'zhaoyi'],
  ['/agencies/imports', 'zhaoyi'],
  ['/law/parameters', 'zhaoyi'],
  ['/law/entries', 'zhaoyi'],
  ['/law/calendars', 'zhaoyi'],
  ['/law/deadline?key=publication.result_deadline&start=2026-11-20', 'zhaoyi'],
  ['/audit/events', 'sunsan'],
  ['/me/security', 'zhaoyi'],
  ['/accounts', 'zhaoyi'],
  ['/operations/jobs', 'zhaoyi'],
  ['/operations/system', 'zhaoyi'],
]

describe('every screen', () => {
  test.each(SCREENS)(
    '%s has nothing that axe finds, light on a desk and dark on a phone',
    async (address, as) => {
      const found: string[] = []
      for (const look of [{ colorScheme: 'light' }, { colorScheme: 'dark', viewport: PHONE }] as const) {
        const shown = await open(address, { ...look, ...(as ? { as } : {}) })
        const { violations } = await new AxeBuilder({ page: shown }).analyze()
        found.push(
          ...violations.flatMap(({ id, nodes }) =>
            nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} ${failureSummary ?? ''}`),
          ),
        )
        expect(
          await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth),
        ).toBeLessThanOrEqual(0)
        await shown.context().close()
      }
      page = undefined
      expect(found).toEqual([])
    },
  )

  test.each(SCREENS)('%s has no Chinese left over in English', async (address, as) => {
    const context = { ...(as ? { as } : {}), locale: 'en-GB' }
    const shown = await open(address, context)
    await shown.getByRole('button', { name: 'English' }).first().click()
    await shown.waitForFunction(() => document.documentElement.lang === 'en')
    const frame = await shown
      .locator('h1, h2, th, nav, .page-head .lead, .filters label, button')
      .allInnerTexts()
    // Names of people and places stay what they are.
    const leftOver = frame.filter(
      (text) => /[\u4e00-\u9fff]/.test(text) && !/青石|赵一|孙三|中文|示例/.test(text),
    )
    expect(leftOver).toEqual([])
  })
})

async function proveIfAsked(work: Page, username: string): Promise<void> {
  const dialog = work.getByRole('dialog', { name: '请再次验证身份' })
  const done = work.getByText('已办理。')
  await dialog.or(done).first().waitFor()
  if (await dialog.isVisible()) await county.proveAgain(work, username)
}
