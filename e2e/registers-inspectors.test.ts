// The register of inspectors as its keepers use it: a warrant that ends, a number that is needed, an interest, a leave, and
// somebody new.

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
  page = await county.open(...asked)
  return page
}

const shots = process.env['SHOTS']
const look = async (work: Page, name: string): Promise<void> => {
  if (shots !== undefined) await work.screenshot({ path: `${shots}/inspectors-${name}.png`, fullPage: true })
}

async function faultsOf(work: Page): Promise<readonly string[]> {
  const { violations } = await new AxeBuilder({ page: work })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`)
}

test('a warrant that ends soon is found from 待办, and renewed', async () => {
  const work = await open('/', { as: 'lisi' })
  await work.getByRole('link', { name: /执法证即将到期：陶三十七/ }).click()
  await work.getByRole('heading', { name: '陶三十七', level: 1 }).waitFor()
  await work.getByText('即将到期').first().waitFor()
  await look(work, 'record')
  expect(await faultsOf(work)).toEqual([])
  await work.getByRole('button', { name: '修改' }).click()
  const form = work.getByRole('dialog', { name: '修改' })
  await form.locator('#warrantUntil').fill('2035-06-30')
  await form.locator('#warrantUntil').press('Tab')
  await look(work, 'edit')
  await form.getByRole('button', { name: '保存' }).click()
  await form.waitFor({ state: 'hidden' })
  await work.getByText('至2035年6月30日').first().waitFor()
  expect(await work.locator('.facts').getByText('有效', { exact: true }).count()).toBe(1)
})

test('whoever has no valid warrant says so, with the law', async () => {
  const work = await open('/registers/inspectors?warrant=expired', { as: 'zhouwu' })
  await look(work, 'list-expired')
  await work.getByRole('link', { name: '魏三十六' }).click()
  await work.getByText(/已于.*到期，不能参加抽取/).waitFor()
  await work
    .getByText(/国办发〔2024〕54号/)
    .first()
    .waitFor()
})

test('a number is shown for a purpose only, after a new proof', async () => {
  const work = await open('/registers/inspectors?q=kssy', { as: 'zhouwu' })
  await work.getByRole('link', { name: '孔三十一' }).click()
  await work.getByText('990***********').waitFor()
  await work.getByRole('button', { name: '显示身份证号' }).click()
  const form = work.getByRole('dialog', { name: '显示完整号码' })
  await form.locator('#purpose').fill('核对换发执法证')
  await look(work, 'reveal')
  await form.getByRole('button', { name: '显示' }).click()
  const proof = work.getByRole('dialog', { name: '请再次验证身份' })
  await Promise.race([proof.waitFor(), form.waitFor({ state: 'hidden' })])
  if (await proof.isVisible()) await county.proveAgain(work, 'zhouwu')
  await work.getByText(/^9901011985\d{7}[\dX]$/).waitFor()
})

test('an interest is declared, read by those who may, and withdrawn without being lost', async () => {
  const work = await open('/registers/inspectors?q=孔三十一', { as: 'zhouwu' })
  await work.getByRole('link', { name: '孔三十一' }).click()
  await work.getByRole('tab', { name: '申报' }).click()
  await work.getByRole('button', { name: '查看申报' }).click()
  await work.getByText('配偶任该公司财务负责人').waitFor()
  await work.getByRole('button', { name: '申报', exact: true }).click()
  const form = work.getByRole('dialog', { name: '申报' })
  await form.locator('#kind').click()
  await work.locator('.ant-select-item-option', { hasText: '投资、持股' }).click()
  await form.locator('#subjectName').fill('青石县旧书店')
  await look(work, 'declare')
  await form.getByRole('button', { name: '申报', exact: true }).click()
  const row = work.getByRole('row', { name: /青石县旧书店/ })
  await row.getByRole('button', { name: '撤回' }).click()
  const sure = work.getByRole('dialog', { name: '撤回' })
  await sure.locator('#reason').fill('股份已经转让')
  await sure.getByRole('button', { name: '撤回' }).click()
  await row.getByText('股份已经转让').waitFor()
  await look(work, 'declarations')
  expect(await faultsOf(work)).toEqual([])
})

test('what somebody declared is not for a reader from elsewhere', async () => {
  const work = await open('/registers/inspectors?q=孔三十一', { as: 'chenshi' })
  await work.getByRole('link', { name: '孔三十一' }).click()
  await work.getByRole('tab', { name: '申报' }).click()
  await work.getByText('申报只有本人、本部门和联席会议办公室能看到。').waitFor()
  await look(work, 'forbidden')
  expect(await work.getByText('财务负责人').count()).toBe(0)
})

test('a leave is entered, shows in the list, and ends', async () => {
  const work = await open('/registers/inspectors?q=金三十五', { as: 'zhouwu' })
  await work.getByRole('link', { name: '金三十五' }).click()
  await work.getByRole('tab', { name: '请假' }).click()
  await work.getByRole('button', { name: '登记请假' }).click()
  const form = work.getByRole('dialog', { name: '登记请假' })
  const today = (await county.now(work)).toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' })
  for (const [id, day] of [
    ['from', today],
    ['until', '2035-01-01'],
  ] as const) {
    await form.locator(`#${id}`).fill(day)
    await form.locator(`#${id}`).press('Enter')
  }
  await form.locator('#reason').fill('外出学习')
  await form.getByRole('button', { name: '登记请假' }).click()
  await work.locator('.page-head').getByText('请假至2035年1月1日').waitFor()
  await look(work, 'leaves')
  await work.getByRole('button', { name: '销假' }).click()
  await work.getByRole('button', { name: /确\s?定/ }).click()
  await work.locator('.page-head').getByText('在岗').waitFor()
})

test('somebody of the directory enters the register; what is missing is said', async () => {
  const work = await open('/registers/inspectors', { as: 'zhouwu' })
  await look(work, 'list')
  expect(await faultsOf(work)).toEqual([])
  await work.getByRole('button', { name: '新增入库' }).click()
  const form = work.getByRole('dialog', { name: '新增入库' })
  await form.getByRole('combobox', { name: '人员', exact: true }).fill('沈十三')
  await work.locator('.ant-select-item-option', { hasText: '沈十三' }).click()
  await form.locator('#sex').click()
  await work.locator('.ant-select-item-option', { hasText: '男' }).click()
  await form.locator('#category').click()
  await work.locator('.ant-select-item-option', { hasText: '从事日常监管工作的人员' }).click()
  await form.locator('#idCard').fill('990101198501150011')
  await look(work, 'new')
  await form.getByRole('button', { name: '新增入库' }).click()
  await form.getByText(/校验码不符/).waitFor()
  await form.locator('#idCard').fill('')
  await form.getByRole('button', { name: '新增入库' }).click()
  await form.waitFor({ state: 'hidden' })
  await work.getByRole('link', { name: '沈十三' }).click()
  await work.getByText('尚缺：身份证号').waitFor()
  await work.getByText('没有登记执法证，不能参加抽取').waitFor()
})

test('experts stand apart; on a phone each inspector is a card', async () => {
  const work = await open('/registers/experts', { as: 'zhouwu' })
  await work.getByRole('link', { name: '鲁五十四' }).click()
  await work.getByText('青石市检验检测中心').waitFor()
  await look(work, 'experts')
  expect(await faultsOf(work)).toEqual([])
  await work.context().close()
  const phone = await open('/registers/inspectors', { as: 'zhouwu', viewport: PHONE })
  await phone.getByText('孔三十一').waitFor()
  await look(phone, 'phone')
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width)
})
