// Lists on their way into the register of subjects: brought, understood, checked, applied, undone; alone or by two persons.

import { readFileSync } from 'node:fs'
import { AxeBuilder } from '@axe-core/playwright'
import { creditCodeCheck } from '@sunlot/draw'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openBrowser } from './browser.ts'
import { type ConsoleUnderTest, PHONE, startConsole } from './console-server.ts'

let county: ConsoleUnderTest
beforeAll(async () => {
  county = await startConsole(await openBrowser())
})
afterAll(() => county?.close())

const shots = process.env['SHOTS']
/** A picture where somebody wants one; and nothing that a screen reader or a keyboard would stumble over. */
async function look(page: Page, name: string): Promise<void> {
  // A list of choices that is just closing has no name: the library gives it none.
  await expect.poll(() => page.locator('.ant-select-dropdown:visible').count()).toBe(0)
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true })
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  expect(violations.map(({ id, nodes }) => `${name}: ${id} ${nodes[0]?.html}`)).toEqual([])
}

const HEADER = '信用代码,商户全名,企业类型,住所,信用风险分类,内部备注'
const code = (n: number): string => {
  const first = `91990101MA77${String(n).padStart(5, '0')}`
  return first + creditCodeCheck(first)
}
const line = (n: number, name: string): string =>
  `${code(n)},${name},有限责任公司,青石县城关镇一路${n}号,A,第${n}组`
const csv = (...lines: readonly string[]): Buffer => Buffer.from([HEADER, ...lines, ''].join('\r\n'))
/** The last character of a code tells whether the others were written rightly. */
const miswritten = (n: number): string => `${code(n).slice(0, 17)}${code(n).endsWith('0') ? '1' : '0'}`

async function bring(
  page: Page,
  file: { readonly name: string; readonly buffer: Buffer },
  mode = '增加和修改',
): Promise<void> {
  await page.goto(`${county.address}registers/imports`)
  await page.getByRole('button', { name: '导入文件' }).click()
  await page.getByRole('radio', { name: new RegExp(`^${mode}`) }).check()
  await page.locator('input[type=file]').setInputFiles({ mimeType: 'text/csv', ...file })
  await page.waitForURL(/imports\/[0-9a-f-]{36}$/)
  await page.getByRole('heading', { name: '列对应' }).waitFor()
}

async function check(page: Page): Promise<void> {
  // After a refusal its sign of waiting may still be fading, and is part of its name.
  await page.getByRole('button', { name: /核对$/ }).click()
  await page.getByRole('heading', { name: /^逐行结果/ }).waitFor()
}

async function apply(page: Page): Promise<void> {
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByRole('checkbox', { name: '我已阅读以上内容' }).check()
  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByRole('button', { name: '撤销本次导入' }).waitFor()
}

const figure = (page: Page, word: string) =>
  page.locator('.figures').getByRole('button', { name: word }).locator('strong').innerText()

/** How many subjects of this test stand in the register. */
async function standing(page: Page): Promise<number> {
  const answer = await page.request.get(`${county.address}api/v1/subjects?q=91990101MA77&limit=50`)
  return ((await answer.json()) as { readonly items: readonly unknown[] }).items.length
}

it('a file is looked at, its columns named, every row answered for, all of it written and all of it undone', async () => {
  const page = await county.open('/registers/imports', { as: 'zhouwu' })
  await page.getByRole('button', { name: '导入文件' }).click()
  await page.getByRole('radio', { name: /^全量/ }).waitFor()
  await look(page, 'import-start')
  const file = csv(
    line(1, '青石县万家超市'),
    line(2, '青石县示例餐饮店'),
    `${miswritten(3)},青石县错码店,,,,`,
    line(4, '青石县百货商场'),
    `无,青石县无码店,,,,`,
  )
  await bring(page, { name: '登记名单.csv', buffer: file })
  await page.getByText(`${code(1)}、${code(2)}`).waitFor()
  // Nobody guesses that column; the server says that it is needed.
  await page.getByRole('button', { name: '核对', exact: true }).click()
  await page.getByText('没有为“名称”指明列').waitFor()
  await page.getByText(/^还有 \d+ 个字段没有对应的列/).waitFor()
  await page.getByRole('combobox', { name: '“名称”对应的列' }).click()
  await page.getByTitle('商户全名（第 2 列）').click()
  await page.getByText('青石县万家超市、青石县示例餐饮店').waitFor()
  await page.getByText('有 1 列没有用到').click()
  await page.locator('.unused').getByText('内部备注').waitFor()
  await page.getByLabel(/^记住为模板/).fill('登记机关名单')
  await look(page, 'import-columns')
  await check(page)

  expect(await figure(page, '文件行数')).toBe('5')
  expect(await figure(page, '新增')).toBe('3')
  expect(await figure(page, '未采纳')).toBe('2')
  await look(page, 'import-result')
  await page.locator('.figures').getByRole('button', { name: '未采纳' }).click()
  await page.getByText(`校验位不对：${miswritten(3)}`).waitFor()
  await expect.poll(() => page.locator('main tr[data-row-key]').count()).toBe(2)
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载清单：未采纳' }).click()
  const report = readFileSync(await (await download).path(), 'utf8')
  expect(report.split('\r\n').filter((each) => each.includes('未采纳'))).toHaveLength(2)
  expect(await standing(page)).toBe(0)

  await page.getByRole('button', { name: '导入', exact: true }).click()
  await page.getByText('新增 3 户').waitFor()
  await page.getByText('2 行有冲突或未采纳，不写入').waitFor()
  await look(page, 'import-application')
  await page.goBack()
  await apply(page)
  expect(await standing(page)).toBe(3)

  // Subjects leave by it: a colleague does it, not whoever brought the file.
  expect(await page.getByRole('button', { name: '撤销本次导入' }).isEnabled()).toBe(false)
  const head = await county.open('/', { as: 'wuliu' })
  await head.goto(page.url())
  await head.getByRole('button', { name: '撤销本次导入' }).click()
  const dialog = head.getByRole('dialog', { name: '撤销本次导入' })
  await dialog.getByText('新增的 3 户移出名录').waitFor()
  await dialog.getByLabel('撤销的原因').fill('上传了去年的名单')
  await dialog.getByRole('button', { name: '撤销本次导入' }).click()
  await head.getByText('已撤销', { exact: true }).waitFor()
  await head.getByText('上传了去年的名单').waitFor()
  expect(await standing(head)).toBe(0)
  await look(head, 'import-undone')
  await head.context().close()
  await page.context().close()
})

it('a full list takes somebody out only when a second person has agreed', async () => {
  const clerk = await county.open('/registers/imports', { as: 'zhouwu' })
  await bring(clerk, { name: '上季名单.csv', buffer: csv(line(11, '青石县甲店'), line(12, '青石县乙店')) })
  await clerk.getByText('沿用模板“登记机关名单”').waitFor()
  await check(clerk)
  await apply(clerk)

  await bring(clerk, { name: '本季名单.csv', buffer: csv(line(11, '青石县甲老店')) }, '全量')
  await check(clerk)
  expect(await figure(clerk, '名称变更')).toBe('1')
  await clerk.locator('.figures').getByRole('button', { name: '名称变更' }).click()
  await clerk.getByText('青石县甲店', { exact: true }).waitFor()
  for (const verb of ['同意', '导入'])
    expect(
      await clerk.getByRole('button', { name: verb, exact: true }).getAttribute('aria-disabled'),
      verb,
    ).toBe('true')
  await look(clerk, 'import-full')
  const { pathname } = new URL(clerk.url())

  const head = await county.open('/', { as: 'wuliu' })
  await head.getByRole('link', { name: /待您同意的名录导入：周五上传的“本季名单.csv”/ }).click()
  await head.waitForURL((url) => url.pathname === pathname)
  await head.getByRole('button', { name: '同意', exact: true }).click()
  await head.getByRole('dialog').getByRole('button', { name: '同意', exact: true }).click()
  await head.getByText('吴六已同意').waitFor()
  await head.context().close()

  await clerk.reload()
  await apply(clerk)
  const one = await clerk.request.get(`${county.address}api/v1/subjects?q=${code(12)}`)
  expect(((await one.json()) as { readonly items: readonly unknown[] }).items).toEqual([])
  await clerk.context().close()
})

it('two sources are compared without a word written, also on a phone', async () => {
  const page = await county.open('/registers/imports', { as: 'zhouwu', viewport: PHONE })
  const before = await standing(page)
  const file = csv(line(11, '青石县甲大店'), line(13, '青石县丙店'))
  await bring(page, { name: '税务名单.csv', buffer: file }, '只比对')
  await page.getByRole('combobox', { name: /^名单来源/ }).click()
  await page.getByTitle(/^民政登记/).click()
  await look(page, 'import-phone-columns')
  await check(page)
  await page.getByRole('heading', { name: '差异清单' }).waitFor()
  expect(await figure(page, '名称不同')).toBe('1')
  expect(await figure(page, '名录中没有')).toBe('1')
  expect(await page.getByRole('button', { name: '导入', exact: true }).count()).toBe(0)
  await look(page, 'import-phone-gaps')
  await page.getByText('民政登记（社会团体、社会服务机构）').waitFor()
  expect(await figure(page, '只在名录中')).toBe('0')
  await page.locator('.figures').getByRole('button', { name: '名称不同' }).click()
  await page.getByText('青石县甲老店', { exact: true }).waitFor()
  const download = page.waitForEvent('download')
  await page.getByRole('link', { name: '下载清单：名称不同' }).click()
  const report = readFileSync(await (await download).path(), 'utf8')
    .trimEnd()
    .split('\r\n')
  expect(report[1]).toContain(`,名称不同,${code(11)},青石县甲大店,青石县甲老店,`)
  expect(report).toHaveLength(2)
  expect(await standing(page)).toBe(before)
  await page.context().close()
})

it('a file that was read wrongly is read again as one says', async () => {
  const page = await county.open('/registers/imports', { as: 'zhouwu' })
  const file = Buffer.from(['青石县经营主体名单,,,,,', HEADER, line(21, '青石县丁店'), ''].join('\r\n'))
  await bring(page, { name: '带标题.csv', buffer: file })
  const first = page.url()
  await page.getByRole('spinbutton', { name: /列名所在行/ }).fill('1')
  await page.getByRole('button', { name: '按此重新读取' }).click()
  await page.waitForURL((url) => url.href !== first)
  await page.goto(first)
  await page.getByText('已放弃', { exact: true }).waitFor()
  await page.context().close()
})

it('asked nothing of a browser that its policy refuses', () => expect(county.troubles).toEqual([]))
