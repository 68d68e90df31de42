// The register of subjects in a real browser: somebody is entered, taken out by two persons, and found again.

import { AxeBuilder } from '@axe-core/playwright'
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { creditCodeCheck } from '@sunlot/draw'
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

const open = async (...asked: Parameters<ConsoleUnderTest['open']>): Promise<Page> => {
  page = await county.open(...asked)
  return page
}
const faults = async (on: Page): Promise<readonly string[]> => {
  // A colour on its way to another is neither.
  await on.waitForTimeout(400)
  const { violations } = await new AxeBuilder({ page: on }).analyze()
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
const CODE = (() => {
  const first17 = '91999901MB0000001'
  return first17 + creditCodeCheck(first17)!
})()
const NAME = '青石县新开小店'

test('somebody is entered; a code that is mistyped is refused in words, one in lower case is not', async () => {
  const desk = await open('/registers/subjects', { as: 'zhouwu' })
  await desk.getByRole('button', { name: '新增对象' }).click()
  const form = desk.getByRole('dialog', { name: '新增对象' })
  const wrong = CODE.slice(0, 17) + (CODE.endsWith('0') ? '1' : '0')
  await form.getByLabel('代码（选填）', { exact: true }).fill(wrong)
  await form.getByLabel('名称', { exact: true }).fill(NAME)
  await form.getByLabel('经营场所（选填）').fill('示例省青石市青石县城关街道9号')
  await form.getByRole('button', { name: '新增对象' }).click()
  await form.getByText('代码的校验位不符').first().waitFor()
  await form.getByLabel('代码（选填）', { exact: true }).fill(CODE.toLowerCase())
  expect(await faults(desk)).toEqual([])
  await form.getByRole('button', { name: '新增对象' }).click()
  await form.waitFor({ state: 'hidden' })
  await desk.getByLabel('查找', { exact: true }).fill('xkxd')
  await desk.keyboard.press('Enter')
  await desk.getByRole('link', { name: NAME }).click()
  await desk.getByText('依据经营场所').waitFor()
  expect(await desk.getByText(CODE).count()).toBeGreaterThan(0)
})

test('it leaves the register by two persons, and its file tells the whole of it', async () => {
  const desk = await open(`/registers/subjects?q=${CODE}`, { as: 'zhouwu' })
  await desk.getByRole('link', { name: NAME }).click()
  await desk.getByRole('button', { name: '出库', exact: true }).click()
  const form = desk.getByRole('dialog', { name: '出库' })
  await form.getByLabel('理由').fill('已办理注销登记')
  await form.getByRole('button', { name: '出库', exact: true }).click()
  await desk.getByText('有一项变更等待批准').waitFor()
  await desk.context().close()

  const head = await open('/', { as: 'wuliu' })
  await head.getByRole('link', { name: new RegExp(`待您决定的出库：${NAME}`) }).click()
  await head.getByRole('button', { name: '批准', exact: true }).click()
  const decision = head.getByRole('dialog', { name: '批准' })
  await decision.getByRole('button', { name: '批准', exact: true }).click()
  await head.getByText('已决定').waitFor()
  await head.locator('.page-head .state', { hasText: '已生效' }).waitFor()
  expect(await faults(head)).toEqual([])
  await head.getByRole('link', { name: NAME }).first().click()
  await head.getByText(/出库$/).first().waitFor()
  await head.getByRole('tab', { name: '历史' }).click()
  await head.getByText('已办理注销登记').waitFor()
  expect(await head.locator('.life').innerText()).toMatch(/出库[\s\S]*入库/)
  expect(await faults(head)).toEqual([])
})

test('whoever oversees is told of who came back, and the search finds by name and code', async () => {
  const desk = await open('/', { as: 'fengba' })
  await desk.getByRole('link', { name: /出库后 90 天内又恢复入库/ }).click()
  await desk.getByRole('link', { name: '青石县四季鲜超市有限公司' }).waitFor()
  await desk.keyboard.press('Control+k')
  const search = desk.getByRole('dialog', { name: '搜索' })
  await search.getByRole('combobox').fill('四季鲜')
  await search.getByRole('option', { name: /四季鲜超市/ }).waitFor()
})

test('lists, file and figures can be used by everybody, on a desk and on a phone', async () => {
  for (const path of ['/registers/subjects', '/registers/changes', '/registers/figures']) {
    const desk = await open(path, { as: 'zhouwu' })
    await desk.locator('main h1').waitFor()
    expect([path, await faults(desk)]).toEqual([path, []])
    await desk.context().close()
    const phone = await open(path, { as: 'zhouwu', viewport: PHONE })
    await phone.locator('main h1').waitFor()
    expect([path, await faults(phone)]).toEqual([path, []])
    const excess = await phone.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    )
    expect([path, excess]).toEqual([path, 0])
    await phone.context().close()
  }
  const figures = await open('/registers/figures', { as: 'zhouwu' })
  await figures.getByRole('heading', { name: /^H 住宿和餐饮业最多/ }).waitFor()
  await figures.getByRole('button', { name: '重新统计' }).click()
  await figures.getByRole('button', { name: '重新统计' }).waitFor()
  await figures.getByRole('button', { name: /批发和零售业/ }).click()
  await figures.getByRole('link', { name: '青石县万家超市有限公司' }).waitFor()
})

test('the list fits a desk, and is taken away with its filters and columns', async () => {
  const desk = await open('/registers/subjects?class=D', { as: 'zhouwu' })
  await desk.getByRole('link', { name: '青石县惠民超市有限公司' }).waitFor()
  const beyond = () =>
    desk.locator('.rows .ant-table-content').evaluate((on) => on.scrollWidth - on.clientWidth)
  expect(await beyond()).toBe(0)
  await desk.getByRole('button', { name: '列' }).click()
  await desk.getByRole('checkbox', { name: '法定代表人（负责人）' }).check()
  await desk.getByRole('checkbox', { name: '标签' }).uncheck()
  await desk.keyboard.press('Escape')
  const taking = desk.waitForEvent('download')
  await desk.getByRole('link', { name: '导出' }).click()
  const file = await taking
  expect(file.suggestedFilename()).toMatch(/^检查对象名录.*\.csv$/)
  const [titles, ...rows] = readFileSync(await file.path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(titles).toContain('法定代表人（负责人）')
  expect(titles).not.toContain('标签')
  expect(rows.length).toBeGreaterThan(0)
  for (const row of rows) expect(row).toMatch(/,D,/)
  expect(rows.join()).toContain('青石县惠民超市有限公司')
})

test('what is refused for one field’s sake is said at that field, and a reason is marked as needed once it is', async () => {
  const desk = await open('/registers/subjects', { as: 'zhouwu' })
  await desk.getByRole('button', { name: '新增对象' }).click()
  const form = desk.getByRole('dialog', { name: '新增对象' })
  await form.getByLabel('代码（选填）').fill(`${CODE.slice(0, 17)}${CODE.endsWith('0') ? '1' : '0'}`)
  await form.getByLabel('名称', { exact: true }).fill('青石县错一位饭店')
  await form.getByRole('button', { name: '新增对象' }).click()
  const at = form.locator('.ant-form-item', { has: desk.locator('#code') }).last()
  await at.getByText('代码的校验位不符').waitFor()
  await form
    .locator('.error-summary')
    .getByRole('link', { name: /代码的校验位不符/ })
    .click()
  expect(await desk.evaluate(() => document.activeElement?.id)).toBe('code')
  await desk.goto(new URL('/registers/subjects?q=青石县望山饭店', county.address).href)
  await desk.getByRole('link', { name: '青石县望山饭店' }).click()
  await desk.getByRole('button', { name: '修改', exact: true }).click()
  const edit = desk.getByRole('dialog', { name: '修改' })
  await edit.getByLabel('变更的理由（选填）').waitFor()
  await edit.getByLabel('风险等级（选填）').fill('Ⅱ级')
  await edit.getByLabel('变更的理由', { exact: true }).waitFor()
  await edit.getByRole('button', { name: '保存' }).click()
  await edit
    .locator('.error-summary')
    .getByRole('link', { name: /变更的理由/ })
    .waitFor()
})
