// The year's plan and the tasks that come from it, as a county works with them: a plan that is public and one that waits for
// its head, a task on which another authority is asked, one that is agreed.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, DESK, PHONE, startConsole } from './console-server.ts'

let county: ConsoleUnderTest
let page: Page | undefined

beforeAll(async () => {
  county = await startConsole(await openBrowser())
})
afterAll(() => county?.close())
afterEach(async () => {
  await page?.context().close()
  page = undefined
  expect(county.troubles.splice(0)).toEqual([])
})

async function open(...asked: Parameters<ConsoleUnderTest['open']>): Promise<Page> {
  page = await county.open(...asked)
  return page
}

const shots = process.env['SHOTS']

/** Nothing that a machine sees wrong, and nothing wider than the window, at the desk and on a phone. */
async function sound(work: Page, name: string): Promise<void> {
  for (const viewport of [DESK, PHONE]) {
    await work.setViewportSize(viewport)
    if (shots !== undefined)
      await work.screenshot({ path: `${shots}/${name}-${viewport.width}.png`, fullPage: true })
    // The page settles into its new width a moment later.
    await expect
      .poll(() => work.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), {
        message: `${name} at ${viewport.width}`,
        timeout: 5_000,
      })
      .toBeLessThanOrEqual(0)
    const { violations } = await new AxeBuilder({ page: work })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)).toEqual(
      [],
    )
  }
  await work.setViewportSize(DESK)
}

test('the plan of the year is found, read, and what was changed in it since', async () => {
  const work = await open('/plans', { as: 'zhouwu' })
  await sound(work, 'plans')
  await work.getByRole('link', { name: /市场监督管理局.*年度抽查工作计划/ }).click()
  await work.getByRole('heading', { name: /年度抽查工作计划/, level: 1 }).waitFor()
  await work.getByText('餐饮服务单位部门联合抽查').first().waitFor()
  await sound(work, 'plan')
  await work.getByRole('tab', { name: '调整' }).click()
  await work.getByText('近期检验不合格的较多').first().waitFor()
  await sound(work, 'plan-amendments')
})

test('the head of another authority finds a plan that waits for him', async () => {
  const work = await open('/', { as: 'chushiyi' })
  await work
    .getByRole('link', { name: /年度抽查工作计划/ })
    .first()
    .click()
  await work.getByRole('button', { name: '通过' }).waitFor()
  await work.getByRole('tab', { name: '核查' }).click()
  await sound(work, 'plan-checks')
})

test('a task in consultation shows who is asked until when, and what was said', async () => {
  const work = await open('/tasks', { as: 'zhouwu' })
  await sound(work, 'tasks')
  await work.getByRole('link', { name: '餐饮服务单位部门联合抽查（第一批）' }).click()
  await work.getByRole('heading', { name: /餐饮服务单位部门联合抽查/, level: 1 }).waitFor()
  await sound(work, 'task')
  await work.getByRole('tab', { name: '会商' }).click()
  await work.getByText('集中空调通风系统').first().waitFor()
  await sound(work, 'task-consultation')
})

test('who is asked answers from what waits for him', async () => {
  const work = await open('/tasks/invitations', { as: 'chenshi' })
  await work
    .getByRole('link', { name: /餐饮服务单位部门联合抽查/ })
    .first()
    .waitFor()
  await sound(work, 'invitations')
})

test('a task is simulated before anything is decided', async () => {
  const work = await open('/tasks', { as: 'zhouwu' })
  await work.getByRole('link', { name: '餐饮服务单位部门联合抽查（第一批）' }).click()
  const tab = work.getByRole('tab', { name: '推演' })
  await tab.click()
  await work.waitForLoadState('networkidle')
  await sound(work, 'what-if')
})

test('places are compared, parameter by parameter', async () => {
  const work = await open('/law/comparison', { as: 'zhouwu' })
  await work.getByRole('heading', { level: 1 }).waitFor()
  await work.waitForLoadState('networkidle')
  await sound(work, 'comparison')
})
