// A list of somebody else's held against the register: what agrees, what is called otherwise, what either of them lacks.

import { afterAll, beforeAll, expect, test } from 'vitest'
import { creditCodeCheck } from '@sunlot/draw'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY, type GivenPerson, giveAuthority, givePerson } from '../support/people.ts'
import { type Asked, bringAndCheck, rowsOf, step, withJobs } from './imports-kit.ts'

const code = (n: number, kind = '91'): string => {
  const first = `${kind}990101MA8${String(n).padStart(6, '0')}`
  return first + creditCodeCheck(first)
}

const HEADER = '统一社会信用代码,企业名称,企业类型,住所'
const shop = (n: number, name: string): string => `${code(n)},${name},有限责任公司,青石县城关镇一路${n}号`
const club = (n: number, name: string): string => `${code(n, '51')},${name},社会团体,青石县城关镇二路${n}号`
const file = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n')

onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson
  let other: GivenPerson
  let office: GivenPerson

  beforeAll(async () => {
    app = await withJobs(await startApp(kind))
    clerk = await givePerson(app, { roles: ['clerk'] })
    other = await givePerson(app, {
      roles: ['clerk'],
      authority: await giveAuthority(app, { division: '990101', name: '青石县民政局' }),
    })
    office = await givePerson(app, {
      roles: ['conferenceOffice'],
      authority: await giveAuthority(app, { division: '990101', name: '青石县联席会议办公室' }),
    })
    await apply(
      clerk,
      file(shop(1, '青石县万家超市'), shop(2, '青石县(示例)餐饮店'), shop(3, '青石县同名商行')),
    )
    await apply(other, file(club(4, '青石县书法协会'), club(5, '青石县棋类协会')))
  })
  afterAll(() => app.close())

  const apply = async (who: GivenPerson, text: string) => {
    const { id } = await bringAndCheck(who.client, text)
    expect(await step(who.client, id, 'application')).toMatchObject({ state: 'applied', failure: null })
  }
  const compare = (who: GivenPerson, text: string, mapping: Asked['mapping'] = {}) =>
    bringAndCheck(who.client, text, { mode: 'reconcile', mapping })
  const report = async (who: GivenPerson, id: string, result = '') => {
    const { text, headers } = await who.client.get(
      `/register-imports/${id}/report.csv${result === '' ? '' : `?result=${result}`}`,
    )
    const name = decodeURIComponent(String(headers['content-disposition']).split("UTF-8''")[1] ?? '')
    return { lines: text.replace('\ufeff', '').trimEnd().split('\r\n'), name }
  }

  test('each row of the report says what the list holds, what the register holds, and why they differ', async () => {
    const list = await compare(
      clerk,
      file(shop(1, '青石县万家大超市'), shop(2, '青石县（示例）餐饮店'), shop(9, '青石县同名商行')),
      { source: 'marketRegulation' },
    )
    expect(list.counts).toMatchObject({ rows: 3, renamed: 2, new: 1, gone: 1 })
    const { lines, name } = await report(clerk, list.id)
    expect(name).toBe('差异清单-市场监管登记-名单.csv')
    expect(lines).toHaveLength(5)
    expect(lines[0]).toBe('行号,结果,代码,名单中的名称,名录中的名称,说明,不同之处（名录 → 名单）')
    expect(lines).toContain(
      `2,名称不同,${code(1)},青石县万家大超市,青石县万家超市,,名称：青石县万家超市 → 青石县万家大超市`,
    )
    expect(lines.find((one) => one.includes(code(2)))).toContain('名称只是全角、半角写法不同')
    expect(lines.find((one) => one.includes(code(9)))).toMatch(
      new RegExp(`^4,名录中没有,${code(9)},青石县同名商行,,名录中有同名的，代码为 ${code(3)}`),
    )
    expect(lines.at(-1)).toBe(
      `,只在名录中,${code(3)},,青石县同名商行,名单上有同名的，代码为 ${code(9)}：请核对是否同一对象,`,
    )
    expect((await rowsOf(clerk.client, list.id)).map(({ row }) => row)).toEqual([2, 3, 4])
    expect(await rowsOf(clerk.client, list.id, 'gone')).toHaveLength(1)
    expect((await report(clerk, list.id, 'renamed')).lines).toHaveLength(3)
  })

  test('a list of associations says nothing of shops that are not on it', async () => {
    const list = file(club(4, '青石县书法协会'))
    expect((await compare(office, list)).counts).toMatchObject({ same: 1, gone: 4 })
    expect((await compare(office, list, { source: 'civilAffairs' })).counts).toMatchObject({
      same: 1,
      gone: 1,
    })
  })

  test('whose subject it is does not matter to what differs, and is said', async () => {
    const list = await compare(clerk, file(club(4, '青石县书画协会'), club(5, '青石县棋类协会')))
    expect(list.counts).toMatchObject({ renamed: 1, changed: 1 })
    const rows = await rowsOf(clerk.client, list.id)
    const about = (n: number) => rows.find((row) => row.code === code(n, '51'))
    expect(about(4)?.changes).toEqual([{ field: 'name', before: '青石县书法协会', after: '青石县书画协会' }])
    expect(about(5)).toMatchObject({ changes: [], reasons: [{ code: 'not_of_this_authority' }] })
    expect((await compare(office, file(club(5, '青石县棋类协会')))).counts).toMatchObject({ same: 1 })
  })

  test('a row without a code is compared by its name, and gets no code', async () => {
    const list = await compare(clerk, file('无,青石县万家超市,,', '无,青石县无处可寻店,,'), {
      issueCodes: true,
    })
    expect(list.counts).toMatchObject({ new: 2 })
    const rows = await rowsOf(clerk.client, list.id)
    expect(rows.map((row) => [row.code, row.reasons.map((reason) => reason.code)])).toEqual([
      [null, ['name_under_other_code']],
      [null, []],
    ])
  })

  test('a list that says nothing of places is compared whole, also for a city', async () => {
    const city = await givePerson(app, {
      roles: ['clerk'],
      division: CITY,
      authority: await giveAuthority(app, { division: CITY, name: '青石市示例局' }),
    })
    const list = await compare(city, `代码,名称\n${code(1)},青石县万家超市\n${code(77)},青石市无处可寻店\n`, {
      columns: { code: 0, name: 1 },
      division: 'resolve',
    })
    expect(list.counts).toMatchObject({ rows: 2, changed: 1, new: 1 })
    expect(list.counts).not.toHaveProperty('rejected')
  })
})
