// The item catalogue as an office keeps it: an instrument, an item on it, a checklist pasted from a table, a leader who
// publishes, an office and a justice bureau that receive.

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, PHONE, startConsole } from './console-server.ts'

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
  await page?.context().close()
  page = await county.open(...asked)
  return page
}

async function faultsOf(work: Page): Promise<readonly string[]> {
  // A list of choices that is just closing has no name, and its colours are on their way.
  await expect.poll(() => work.locator('.ant-select-dropdown:visible').count(), { timeout: 5_000 }).toBe(0)
  await work.waitForTimeout(300)
  const { violations } = await new AxeBuilder({ page: work })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

const NAME = '集贸市场计量器具检查'
const TITLE = '集贸市场计量监督管理办法'

test('an item is drafted on an instrument, given a cap, published by the head, and read by anybody', async () => {
  let work = await open('/registers/citations', { as: 'zhouwu' })
  await work.getByRole('button', { name: '登记依据' }).click()
  const citation = work.getByRole('dialog', { name: '登记依据' })
  await citation.locator('#title').fill(TITLE)
  await citation.locator('#inForceFrom').fill('2002-05-25')
  await citation.locator('#inForceFrom').press('Tab')
  await citation.getByRole('button', { name: '登记依据' }).click()
  await citation.waitFor({ state: 'hidden' })
  await work.getByText(`《${TITLE}》`).first().waitFor()

  work = await open('/registers/items', { as: 'zhouwu' })
  await work.getByRole('button', { name: '新增事项' }).click()
  const form = work.getByRole('dialog', { name: '新增事项' })
  await form.locator('#code').fill('SJ-101')
  await form.locator('#name').fill(NAME)
  await form.locator('#object').fill('集贸市场和场内经营者')
  await form.locator('#scope').fill('计量器具登记造册、强制检定和使用')
  await form.locator('#frequency').fill('每年一次')
  await form.locator('#methods').click()
  await work.locator('.ant-select-item-option', { hasText: '实地核查' }).click()
  await form.locator('#methods').press('Escape')
  await form.getByRole('button', { name: '增加一项依据' }).click()
  await form.getByRole('combobox', { name: '依据', exact: true }).fill('集贸')
  await work.locator('.ant-select-item-option', { hasText: TITLE }).click()
  await form.getByLabel('条款').fill('第十一条')
  expect(await faultsOf(work)).toEqual([])
  await form.getByRole('button', { name: '新增事项' }).click()
  await form.waitFor({ state: 'hidden' })
  await work.getByRole('link', { name: NAME }).click()
  const proposal = work.getByRole('button', { name: '提交审定' })
  await work.getByRole('button', { name: '修改', exact: true }).click()
  const edit = work.getByRole('dialog', { name: '修改' })
  await edit.locator('#capPercent').fill('5')
  await edit.getByRole('button', { name: '保存' }).click()
  await edit.waitFor({ state: 'hidden' })
  await work.getByText('不超过 5%').waitFor()
  await proposal.click()
  await work.getByRole('dialog', { name: '提交审定' }).getByRole('button', { name: '提交审定' }).click()
  await work.getByText('待审定').first().waitFor()

  work = await open('/', { as: 'wuliu' })
  await work.getByRole('link', { name: new RegExp(`待您审定的抽查事项：.*${NAME}`) }).click()
  await work.getByRole('button', { name: '批准公布' }).click()
  await work.getByRole('dialog', { name: '批准公布' }).getByRole('button', { name: '批准公布' }).click()
  await work.getByText('今天可以用于抽查。').waitFor()
  expect(await faultsOf(work)).toEqual([])
  const published = await work.request.get(new URL('/api/v1/public/items?limit=200', county.address).href, {
    headers: { cookie: '' },
  })
  expect(await published.text()).toContain(NAME)
})

test('a checklist is pasted from a table, and its next version says what changed', async () => {
  const work = await open('/registers/items?q=SJ-001', { as: 'zhouwu' })
  await work.getByRole('link', { name: '登记事项检查' }).click()
  await work.getByRole('tab', { name: '检查表单' }).click()
  await work.getByRole('button', { name: '编写检查表单' }).click()
  await work.locator('.paste summary').click()
  await work.getByLabel('从表格粘贴').fill('1\t名称与登记一致\t第十条\n2、住所与登记一致\n')
  await work.getByRole('button', { name: /加入表单/ }).click()
  expect(await work.getByLabel('第 1 行检查要点').inputValue()).toBe('名称与登记一致')
  expect(await work.getByLabel('第 1 行依据条款').inputValue()).toBe('第十条')
  expect(await work.getByLabel('第 2 行检查要点').inputValue()).toBe('住所与登记一致')
  // The button that can be pressed now fades in.
  await expect.poll(() => faultsOf(work), { timeout: 5_000 }).toEqual([])
  await work.getByRole('button', { name: '保存' }).click()
  await work.getByText('2 个检查要点').waitFor()
  await work.getByRole('button', { name: '编写新一版' }).click()
  await work.getByRole('button', { name: '增加一行' }).click()
  await work.getByLabel('第 3 行检查要点').fill('亮照经营')
  await work.getByRole('button', { name: '保存' }).click()
  await work.getByText('与前一版的差异（1）').waitFor()
})

test('what is handed in is received by another: a document by the office, a statement by the justice bureau', async () => {
  let work = await open('/', { as: 'lisi' })
  await work.getByRole('link', { name: /待签收：.*工作指引（示例）/ }).click()
  await work.getByRole('button', { name: '签收', exact: true }).click()
  await work.getByRole('dialog', { name: '签收' }).getByRole('button', { name: '签收' }).click()
  await work.getByText('已签收').first().waitFor()
  work = await open('/', { as: 'fengba' })
  await work.getByRole('link', { name: /待签收：.*不适宜双随机的书面说明/ }).click()
  await work.getByText('检查对象由事故确定').waitFor()
  expect(await faultsOf(work)).toEqual([])
  await work.getByRole('button', { name: '签收', exact: true }).click()
  await work.getByRole('dialog', { name: '签收' }).getByRole('button', { name: '签收' }).click()
  await work.getByText('已签收').first().waitFor()
})

test.each([
  '/registers/items',
  '/registers/joint-items',
  '/registers/citations',
  '/registers/documents',
  '/registers/statements',
])('%s has nothing that axe finds on a phone in the dark, and does not slide sideways', async (address) => {
  const work = await open(address, { as: 'zhouwu', viewport: PHONE, colorScheme: 'dark' })
  expect(await faultsOf(work)).toEqual([])
  expect(await work.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
})
