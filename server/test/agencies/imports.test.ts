import ExcelJS from 'exceljs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type Cast, castOf, idIn, itemsOf, makePerson, statusesOf } from './kit.ts'

const HEADER = '部门,所属单位,科室,姓名,工号,职务,手机\n'

onEachEngine((kind) => {
  let app: TestApp
  let cast: Cast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await castOf(app)
  })
  afterAll(() => app.close())

  const upload = async (content: string | Buffer, name = '机构.csv'): Promise<Answer> => {
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/v1/organisation-imports',
      headers: {
        'content-type': 'application/octet-stream',
        'file-name': encodeURIComponent(name),
        'idempotency-key': crypto.randomUUID(),
        cookie: `__Host-sunlot=${cast.system.client.token}`,
      },
      payload: content,
    })
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers, text: answer.body }
  }
  const apply = (id: string) => cast.system.client.post(`/organisation-imports/${id}/application`)
  const rowsOf = (answer: Answer) => itemsOf({ body: (answer.body as Record<string, never>)['rows'] ?? {} })
  const codes = (answer: Answer) =>
    rowsOf(answer).map(({ result, conflict }) => (conflict as { code: string } | null)?.code ?? result)
  const people = async () => itemsOf(await cast.clerk.client.get('/people?limit=200')).length

  it('says row by row what a chart would do, does it whole, and then finds nothing left to do', async () => {
    const chart = `${HEADER}青石县文旅局,执法大队,一中队,冯示例,W1,队长,138 1234 0001\n青石县文旅局,执法大队,,陈示例,W2,,\n青石县文旅局,办公室,,,,,\n`
    const before = await people()
    const checked = await upload(chart)
    expect(checked.status).toBe(201)
    expect(checked.body).toMatchObject({ state: 'checked', fileName: '机构.csv', can: { apply: null } })
    expect(codes(checked)).toEqual(['new', 'new', 'new'])
    expect(rowsOf(checked)[0]).toMatchObject({ mobile: '138****0001' })
    expect(await people()).toBe(before)
    const todo = itemsOf(await cast.system.client.get('/todo')).map(({ link }) => link)
    expect(todo).toContain(`/agencies/imports/${idIn(checked)}`)
    expect((await apply(idIn(checked))).body).toMatchObject({ state: 'applied' })
    expect(await people()).toBe(before + 2)
    const found = itemsOf(await cast.clerk.client.get('/people?q=W1'))
    expect(found).toMatchObject([
      { name: '冯示例', unitName: '执法大队/一中队', mobile: '138****0001', post: '队长' },
    ])
    expect((await apply(idIn(checked))).body).toMatchObject({ code: 'organisation.already_applied' })
    const again = await upload(chart)
    expect(codes(again)).toEqual(['same', 'same', 'same'])
    expect((await apply(idIn(again))).body).toMatchObject({ code: 'organisation.nothing_to_do' })
    const { rows } = await app.migrated.superuser.query(`select after from audit.change`)
    expect(JSON.stringify(rows)).not.toContain('13812340001')
  })

  it('changes what is different and leaves what the chart says nothing of', async () => {
    const id = await makePerson(cast.system.client, {
      authorityId: cast.authority,
      name: '褚示例',
      staffNumber: 'C1',
      post: '科员',
      mobile: '13900000001',
    })
    const checked = await upload(
      `机构名称,姓名,人员编号,岗位,联系电话,备注\n青石县市场监督管理局,褚示例,C1,科长,,无\n`,
    )
    expect(checked.body).toMatchObject({ unusedColumns: ['备注'] })
    expect(rowsOf(checked)).toMatchObject([
      { result: 'changed', changes: [{ what: 'post', before: '科员', after: '科长' }] },
    ])
    await apply(idIn(checked))
    const { body } = await cast.clerk.client.get(`/people/${id}`)
    expect(body).toMatchObject({ post: '科长', mobile: '139****0001', version: 2 })
  })

  it('refuses the whole where one row is in conflict, and says how to mend it', async () => {
    const name = '青石县市场监督管理局'
    for (const number of ['D1', 'D2'])
      await makePerson(cast.system.client, {
        authorityId: cast.authority,
        name: '卫示例',
        staffNumber: number,
      })
    const rows = [
      `,,,蒋示例,,,`,
      `${name},,,,E1,,`,
      `${name},,,沈示例,,,12345`,
      `${name},,,卫示例,,,`,
      `${name},,,韩示例,D1,,`,
      `${name},,,杨示例,,,`,
      `${name},,,杨示例,,,`,
      `${name},,,朱示例,F1,,`,
      `${name},,,朱二示例,F1,,`,
      `${name},甲/乙/丙,,秦示例,,,`,
      `${name},,,好人,,,`,
    ]
    const before = await people()
    const checked = await upload(HEADER + rows.join('\n'))
    expect(codes(checked)).toEqual([
      'organisation.authority_blank',
      'organisation.name_blank',
      'organisation.mobile_unusable',
      'organisation.namesakes',
      'organisation.number_of_another',
      'new',
      'organisation.twice_in_file',
      'new',
      'organisation.twice_in_file',
      'new',
      'new',
    ])
    expect(checked.body).toMatchObject({
      counts: { rows: 11, conflict: 7 },
      can: { apply: { code: 'organisation.has_conflicts' } },
    })
    expect((await apply(idIn(checked))).body).toMatchObject({ code: 'organisation.has_conflicts' })
    expect(await people()).toBe(before)
    const page = await cast.system.client.get(
      `/organisation-imports/${idIn(checked)}?result=conflict&limit=2`,
    )
    expect(rowsOf(page)).toHaveLength(2)
    const csv = await cast.system.client.get(`/organisation-imports/${idIn(checked)}/report.csv`)
    expect(csv.text.startsWith('\ufeff行号,部门')).toBe(true)
    expect(csv.text).toContain('合并的单元格')
  })

  it('refuses what was checked when the register has changed since', async () => {
    const chart = `${HEADER}青石县市场监督管理局,,,尤示例,G1,科员,\n`
    const checked = await upload(chart)
    const other = await upload(chart)
    const both = await Promise.all([apply(idIn(checked)), apply(idIn(other))])
    expect(statusesOf(both)).toEqual([200, 409])
    const refused = both.find(({ status }) => status === 409)
    expect(refused?.body).toMatchObject({ code: 'organisation.register_changed' })
    expect(itemsOf(await cast.clerk.client.get('/people?q=G1'))).toHaveLength(1)
  })

  it('reads a workbook below a line of title', async () => {
    const workbook = new ExcelJS.Workbook()
    const sheet = workbook.addWorksheet('花名册')
    sheet.addRows([
      ['青石县执法人员花名册'],
      ['部门', '单位/科室', '姓名', '手机号码'],
      ['青石县交通运输局', '执法大队/二中队', '许示例', 13700000002],
    ])
    const checked = await upload(Buffer.from(await workbook.xlsx.writeBuffer()), '花名册.xlsx')
    expect(rowsOf(checked)).toMatchObject([
      { unit: '执法大队', section: '二中队', mobile: '137****0002', result: 'new' },
    ])
  })

  it('writes no cell that a spreadsheet would run', async () => {
    const checked = await upload(`${HEADER}青石县市场监督管理局,,,=cmd|示例,,@岗,\n`)
    const csv = await cast.system.client.get(`/organisation-imports/${idIn(checked)}/report.csv`)
    expect(csv.text).toContain("'=cmd|示例")
    expect(csv.text).toContain("'@岗")
    const template = await cast.system.client.get('/organisation-import-template')
    expect(template.text.startsWith(`\ufeff${HEADER.trim()}`)).toBe(true)
    expect((await upload(Buffer.from(template.text))).status).toBe(201)
  })

  it.each([
    ['', 'sheet.empty'],
    ['姓名,工号\n甲,1\n', 'organisation.column_missing'],
    ['部门,机构,姓名\n甲,乙,丙\n', 'organisation.column_twice'],
    ['%PDF-1.7 …', 'sheet.not_a_table'],
  ])('refuses the file %j with a sentence', async (content, code) => {
    const { status, body } = await upload(content)
    expect({ status, code: (body as Record<string, unknown>)['code'] }).toEqual({ status: 422, code })
    expect(String((body as Record<string, unknown>)['title'])).not.toContain(code)
  })

  it('is for the system administrator alone, and takes no more than 10 MiB', async () => {
    expect((await cast.clerk.client.get('/organisation-imports')).status).toBe(403)
    expect((await upload(Buffer.alloc((10 << 20) + 1, 'x'))).status).toBe(413)
  })
})
