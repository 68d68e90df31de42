// Plan tables over HTTP: uploaded, held against the plan, taken in; taken away; 300 lines of 26 authorities in time.

import { csvText } from '@sunlot/sheets'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  catalogueCast,
  type CatalogueCast,
  fieldOf,
  giveConference,
  giveItem,
  idOf,
} from '../registers/catalogue-kit.ts'
import { type Answer, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, giveAuthority } from '../support/people.ts'
import { giveLine, givePlan, lineBody } from './plans-kit.ts'

const HEADER = [
  '抽查计划编号',
  '任务名称',
  '抽查类型',
  '抽查对象',
  '发起部门',
  '参与部门',
  '抽查比例(数量)',
  '检查方式',
  '起止时间',
  '抽查事项',
]

onEachEngine((kind) => {
  let app: TestApp
  let own: CatalogueCast
  beforeAll(async () => {
    app = await startApp(kind)
    own = await catalogueCast(app)
    await giveConference(app, { division: COUNTY, office: own.authority, oversight: own.authority })
  })
  afterAll(() => app.close())

  const upload = (plan: string, table: string, name = '计划.csv'): Promise<Answer> =>
    own.clerk.client.send('POST', `/plans/${plan}/imports`, {
      body: Buffer.from(table),
      headers: { 'content-type': 'application/octet-stream', 'file-name': encodeURIComponent(name) },
    })

  it('says of each row what it would do, and does it whole', async () => {
    const item = '示例经营场所检查'
    await giveItem(own, { name: item })
    const plan = await givePlan(own.clerk.client, own.authority, { year: 2031 })
    const rows = [
      ['QS-1', '任务甲', '不定向', '经营单位', '', '', '5%', '现场检查', '3月至6月', item],
      [
        'QS-2',
        '乙任务',
        '定向',
        '经营单位',
        '市场监督管理局',
        '',
        '10%(20户)',
        '书面',
        '2031年第三季度',
        `${item}、没有的事项`,
      ],
    ]
    const checked = await upload(plan, csvText(['计划表'], [HEADER, ...rows]))
    expect(checked.status, checked.text).toBe(201)
    expect(checked.body).toMatchObject({
      counts: { new: 2, changed: 0, same: 0, error: 0 },
      can: { apply: null, discard: null },
    })
    expect(JSON.stringify(checked.body)).toContain('没有的事项')
    const applied = await own.clerk.client.post(`/plan-imports/${idOf(checked)}/application`)
    expect(applied.status, applied.text).toBe(200)
    const lines = await own.clerk.client.get(`/plans/${plan}/lines`)
    expect(fieldOf(lines, 'items')).toMatchObject([
      {
        number: 1,
        code: 'QS-1',
        ratio: 500,
        startsOn: '2031-03-01',
        endsOn: '2031-06-30',
        methods: ['ON_SITE'],
      },
      {
        number: 2,
        drawType: 'TARGETED',
        ratio: 1000,
        remark: '比例(数量)：10%(20户)',
        unmatched: '没有的事项',
      },
    ])
    expect((await own.clerk.client.post(`/plan-imports/${idOf(checked)}/application`)).body).toMatchObject({
      code: 'planImport.decided_already',
    })
    const checks = await own.clerk.client.get(`/plans/${plan}/checks`)
    expect(fieldOf(checks, 'items')).toMatchObject([
      { code: 'unmatched', numbers: [2], severity: 'error', mend: 'line' },
      { code: 'ratio_cap', numbers: [2] },
    ])
  })

  it('takes in nothing where a row is wrong, or where the plan has changed since', async () => {
    const plan = await givePlan(own.clerk.client, own.authority, { year: 2032 })
    const good = ['', '任务甲', '不定向', '单位', '', '', '5%', '现场', '上半年', '']
    const wrong = await upload(
      plan,
      csvText(HEADER, [good, ['', '任务乙', '', '', '', '', '若干', '', '全年', '']]),
    )
    expect(wrong.body).toMatchObject({
      counts: { new: 1, error: 1 },
      can: { apply: { code: 'planImport.rows_refused' } },
    })
    expect((await own.clerk.client.post(`/plan-imports/${idOf(wrong)}/application`)).body).toMatchObject({
      code: 'planImport.rows_refused',
      params: { rows: 1 },
    })
    const stale = await upload(plan, csvText(HEADER, [good]))
    await giveLine(
      own.clerk.client,
      plan,
      lineBody(own.authority, COUNTY, { startsOn: '2032-03-01', endsOn: '2032-05-01' }),
    )
    expect((await own.clerk.client.post(`/plan-imports/${idOf(stale)}/application`)).body).toMatchObject({
      code: 'planImport.plan_changed',
    })
    const report = await own.clerk.client.get(`/plan-imports/${idOf(wrong)}/report.csv`)
    expect(report.text).toContain('若干')
    expect((await own.clerk.client.post(`/plan-imports/${idOf(stale)}/discarding`)).status).toBe(200)
  })

  it('is refused where it is no plan, and shown to nobody of another authority', async () => {
    const plan = await givePlan(own.clerk.client, own.authority, { year: 2033 })
    expect((await upload(plan, csvText(['姓名', '电话'], [['赵一', '1']]))).body).toMatchObject({
      code: 'planImport.no_column',
    })
    const other = await catalogueCast(app, { division: COUNTY, name: '青石县示例教育局' })
    const checked = await upload(
      plan,
      csvText(HEADER, [['', '任务甲', '', '单位', '', '', '5%', '', '全年', '']]),
    )
    expect((await other.clerk.client.get(`/plan-imports/${idOf(checked)}`)).status).toBe(404)
  })

  it('is the same when it is taken away and read in again, in the forms that name their tasks', async () => {
    const item = await giveItem(own, { name: '往返检查' })
    const plan = await givePlan(own.clerk.client, own.authority, { year: 2034 })
    const parts = [{ authorityId: own.authority, itemIds: [item] }]
    await giveLine(
      own.clerk.client,
      plan,
      lineBody(own.authority, COUNTY, {
        parts,
        startsOn: '2034-03-01',
        endsOn: '2034-05-01',
        object: '=1+1',
      }),
    )
    for (const form of ['county', 'shanggao', 'changzhi', 'attachment1']) {
      const file = await own.clerk.client.get(`/plans/${plan}/export.csv?form=${form}`)
      expect(file.status, file.text).toBe(200)
      expect(file.text).not.toMatch(/(^|,)=1/m)
      expect((await upload(plan, file.text)).body, form).toMatchObject({
        counts: { new: 0, changed: 0, same: 1, error: 0 },
      })
    }
    expect((await own.clerk.client.get(`/plans/${plan}/export.csv?form=attachment4`)).body).toMatchObject({
      code: 'planExport.form_of_half_year',
    })
  })

  it('takes in, checks and shows 300 lines of 26 authorities in five seconds', async () => {
    const names = Array.from({ length: 26 }, (_, k) => `青石县第${k + 1}示例局`)
    for (const name of names) await giveAuthority(app, { division: COUNTY, name })
    const plan = await givePlan(own.office.client, own.authority, {
      year: 2035,
      kind: 'consolidated',
      field: 'all',
    })
    const rows = Array.from({ length: 300 }, (_, k) => [
      `HZ-${k}`,
      `联合抽查任务${k}`,
      '不定向',
      '经营单位',
      names[k % 26]!,
      names[(k + 1) % 26]!,
      `${1 + (k % 20)}%`,
      '现场检查',
      `${1 + (k % 6)}月至${7 + (k % 6)}月`,
      '未列入清单的事项',
    ])
    const began = performance.now()
    const checked = await own.office.client.send('POST', `/plans/${plan}/imports`, {
      body: Buffer.from(csvText(HEADER, rows)),
      headers: { 'content-type': 'application/octet-stream', 'file-name': 'plan.csv' },
    })
    expect(checked.body, checked.text.slice(0, 300)).toMatchObject({ counts: { new: 300, error: 0 } })
    expect((await own.office.client.post(`/plan-imports/${idOf(checked)}/application`)).status).toBe(200)
    const checks = await own.office.client.get(`/plans/${plan}/checks`)
    expect(fieldOf(checks, 'about')).toMatchObject({ lines: 300 })
    const took = performance.now() - began
    console.log(`300 lines of 26 authorities on ${kind}: ${Math.round(took)} ms`)
    expect(took).toBeLessThan(5000)
  })
})
