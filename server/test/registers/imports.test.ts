import { afterAll, beforeAll, expect, test } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type GivenPerson, givePerson } from '../support/people.ts'
import { bring, bringAndCheck, creditCode as code, rowsOf, step, withJobs } from './imports-kit.ts'

const HEADER = '统一社会信用代码,企业名称,企业类型,住所,信用风险分类,联系电话'
const line = (n: number, name: string, rest = '有限责任公司,青石县城关镇一路1号,A,'): string =>
  `${code(n)},${name},${rest}`
const file = (...lines: readonly string[]): string => [HEADER, ...lines, ''].join('\n')

onEachEngine((kind) => {
  let app: TestApp
  let clerk: GivenPerson
  let head: GivenPerson

  beforeAll(async () => {
    app = await withJobs(await startApp(kind))
    clerk = await givePerson(app, { roles: ['clerk'] })
    head = await givePerson(app, { roles: ['unitHead'], authority: clerk.authorityId })
  })
  afterAll(() => app.close())

  const subject = (sought: string) =>
    app.database.read((reader) =>
      reader.selectFrom('registers.subject').selectAll().where('code', '=', sought).executeTakeFirst(),
    )

  test('a file is looked at, checked, applied whole and undone whole', async () => {
    const seen = await bringAndCheck(
      clerk.client,
      file(line(1, '青石县万家超市'), line(2, '青石县示例餐饮店')),
    )
    expect(seen.counts).toMatchObject({ rows: 2, new: 2 })
    expect(await subject(code(1))).toBeUndefined()

    expect(await step(clerk.client, seen.id, 'application')).toMatchObject({
      state: 'applied',
      failure: null,
    })
    expect(await subject(code(1))).toMatchObject({
      name: '青石县万家超市',
      initials: 'qsxwjcs',
      division_code: '990101',
      entity_type: 'enterprise',
      credit_class: 'A',
      authority_ids: [clerk.authorityId],
      left_on: null,
    })

    const again = await bringAndCheck(
      clerk.client,
      file(line(1, '青石县万家大超市'), line(2, '青石县示例餐饮店')),
    )
    expect(again.counts).toMatchObject({ rows: 2, renamed: 1, same: 1 })
    const [renamed] = await rowsOf(clerk.client, again.id, 'renamed')
    expect(renamed?.changes).toEqual([{ field: 'name', before: '青石县万家超市', after: '青石县万家大超市' }])
    await step(clerk.client, again.id, 'application')
    expect(await subject(code(1))).toMatchObject({ name: '青石县万家大超市', initials: 'qsxwjdcs' })

    // The first cannot be undone before the second, which changed one of its subjects.
    expect(await step(head.client, seen.id, 'undo', { reason: '错了' })).toMatchObject({
      state: 'applied',
      failure: { code: 'import.changed_since' },
    })
    expect(await step(head.client, again.id, 'undo', { reason: '名称有误' })).toMatchObject({
      state: 'undone',
    })
    expect(await subject(code(1))).toMatchObject({ name: '青石县万家超市', left_on: null })
  })

  test('an undone import can be brought again', async () => {
    const first = await bringAndCheck(clerk.client, file(line(11, '青石县第一店')))
    await step(clerk.client, first.id, 'application')
    await step(head.client, first.id, 'undo', { reason: '传错文件' })
    const gone = await subject(code(11))
    expect(gone?.left_on).not.toBeNull()
    // Its history says that it left, and so does what is published.
    const told = { kind: 'left', reason: '传错文件' }
    const { body: history } = await clerk.client.get(`/subjects/${gone?.id}/history`)
    expect(history['items']).toEqual([
      expect.objectContaining({ ...told, source: 'undo', importId: first.id }),
    ])
    const published = await app.anonymous.get('/public/subject-changes?division=990101')
    expect(published.body['items']).toContainEqual(expect.objectContaining({ ...told, code: code(11) }))
    const second = await bringAndCheck(clerk.client, file(line(11, '青石县第一店')))
    expect(second.counts).toMatchObject({ new: 1 })
    await step(clerk.client, second.id, 'application')
    expect(await subject(code(11))).toMatchObject({ left_on: null })
    // An import that was undone and brought again is no trick.
    expect((await clerk.client.get(`/subjects/${gone?.id}`)).body['returned']).toBeNull()
    expect(await step(head.client, second.id, 'undo', { reason: '又传错' })).toMatchObject({
      state: 'undone',
    })
    expect((await clerk.client.get(`/subjects/${gone?.id}/history`)).body['items']).toHaveLength(3)
  })

  test('what is wrong with a row is said, and the rest is taken', async () => {
    const wrong = `${code(20).slice(0, 17)}${code(20).endsWith('0') ? '1' : '0'}`
    const seen = await bringAndCheck(
      clerk.client,
      file(
        line(20, '青石县好店'),
        line(20, '青石县好店'),
        `${wrong},青石县错码店,,,,`,
        'N/A,青石县无码店,,,,',
        `${code(21)},,,,,`,
        `${code(22)},青石县乱码\ufffd店,,,,`,
        `${code(23)},青石县\u202e店,,,,`,
        `${code(24)},青石县少列店`,
      ),
    )
    expect(seen.counts).toMatchObject({ rows: 8, new: 1, duplicate: 1, rejected: 6 })
    const rows = await rowsOf(clerk.client, seen.id)
    expect(rows.map(({ row, reasons }) => [row, reasons[0]?.code])).toEqual([
      [2, undefined],
      [3, 'same_as_row'],
      [4, 'code_badCheckDigit'],
      [5, 'code_nullWord'],
      [6, 'name_missing'],
      [7, 'row_replacement'],
      [8, 'name_unsafe'],
      [9, 'row_width'],
    ])
  })

  test('who is missing from a full list leaves only with a second person', async () => {
    const authority = await givePerson(app, { roles: ['clerk', 'unitHead'], division: '990101' })
    const first = await bringAndCheck(authority.client, file(line(31, '青石县甲店'), line(32, '青石县乙店')))
    await step(authority.client, first.id, 'application')
    const full = await bringAndCheck(authority.client, file(line(31, '青石县甲店')), { mode: 'full' })
    expect(full.counts['gone']).toBeGreaterThan(0)
    expect(full.can['apply']).toMatchObject({ code: 'import.second_person_for_gone' })
    expect(full.can['approve']).toMatchObject({ code: 'import.own_upload' })
    expect((await head.client.post(`/register-imports/${full.id}/approval`)).status).toBe(200)
    await step(authority.client, full.id, 'application')
    expect((await subject(code(32)))?.left_on).not.toBeNull()
    await step(head.client, full.id, 'undo', { reason: '名单不全' })
    expect(await subject(code(32))).toMatchObject({ left_on: null, authority_ids: [authority.authorityId] })
  })

  test('telephones are never in the clear', async () => {
    const seen = await bringAndCheck(clerk.client, file(line(41, '青石县电话店', ',,,13812345678')))
    await step(clerk.client, seen.id, 'application')
    const kept = await subject(code(41))
    expect(app.secrets.decrypt(kept?.telephone_cipher ?? '', 'subject.telephone')).toBe('13812345678')
    for (const table of [
      'registers.import_row',
      'registers.import',
      'registers.subject',
      'audit.change',
    ] as const)
      expect(
        JSON.stringify(await app.database.read((r) => r.selectFrom(table).selectAll().execute())),
      ).not.toContain('13812345678')
  })

  test('a licence that ended and is in a file again is flagged', async () => {
    const held = [
      '统一社会信用代码,企业名称,企业类型,住所,许可证名称,许可证编号',
      `${code(45)},青石县有证店,有限责任公司,青石县城关镇9号,食品经营许可证,JY-45`,
      '',
    ].join('\n')
    await step(clerk.client, (await bringAndCheck(clerk.client, held)).id, 'application')
    const licence = await app.database.read((reader) =>
      reader
        .selectFrom('registers.licence')
        .select('id')
        .where('number', '=', 'JY-45')
        .executeTakeFirstOrThrow(),
    )
    const ended = { revokedOn: '2020-01-01', reason: '注销' }
    expect((await head.client.post(`/licences/${licence.id}/revocation`, ended)).status).toBe(403)
    expect((await clerk.client.post(`/licences/${licence.id}/revocation`, ended)).status).toBe(200)
    await step(clerk.client, (await bringAndCheck(clerk.client, held)).id, 'application').catch(
      () => undefined,
    )
    expect(await subject(code(45))).toMatchObject({ flags: ['licenceReturned'] })
  })

  test('items become drafts, and are discarded again', async () => {
    const table =
      '编号,抽查事项名称,抽查子项,抽查依据,抽查对象,抽查比例,抽查频次,抽查方式\n1,示例抽查,示例子项,《示例法》第一条,餐饮单位,5%,每年一次,现场检查\n2,,,,,,,\n'
    const seen = await bringAndCheck(clerk.client, table, { register: 'item' })
    expect(seen.counts).toMatchObject({ rows: 2, new: 1, rejected: 1 })
    const items = () =>
      app.database.read((r) =>
        r
          .selectFrom('registers.inspection_item')
          .select(['name', 'state'])
          .where('authority_id', '=', clerk.authorityId)
          .execute(),
      )
    expect(await items()).toEqual([])
    expect(await step(clerk.client, seen.id, 'application')).toMatchObject({
      state: 'applied',
      failure: null,
    })
    expect(await items()).toEqual([{ name: '示例抽查', state: 'draft' }])
    expect(await step(head.client, seen.id, 'undo', { reason: '传错文件' })).toMatchObject({
      state: 'undone',
    })
    expect(await items()).toEqual([{ name: '示例抽查', state: 'discarded' }])
  })

  test('inspectors are entered from a file, their numbers encrypted on the way', async () => {
    await givePerson(app, { authority: clerk.authorityId, name: '示例检查员' })
    const table =
      '姓名,性别,身份证号,手机号,执法证号,发证机关,有效期起,有效期止\n示例检查员,男,,13900000001,示例990101001,示例省司法厅,2024-01-01,2029-12-31\n无此人,女,,,示例990101002,示例省司法厅,2024-01-01,2029-12-31\n'
    const seen = await bringAndCheck(clerk.client, table, { register: 'inspector' })
    expect(seen.counts).toMatchObject({ rows: 2, new: 1, conflict: 1 })
    for (const kept of [
      await app.database.read((r) => r.selectFrom('registers.import_row').selectAll().execute()),
      await app.database.read((r) => r.selectFrom('audit.change').selectAll().execute()),
    ])
      expect(JSON.stringify(kept)).not.toContain('13900000001')
    expect(await step(clerk.client, seen.id, 'application')).toMatchObject({
      state: 'applied',
      failure: null,
    })
    expect(await step(head.client, seen.id, 'undo', { reason: '传错文件' })).toMatchObject({
      state: 'undone',
      failure: null,
    })
  })

  test('a file that is no table is refused with the way to mend it', async () => {
    const answer = await bring(clerk.client, Buffer.from('%PDF-1.7 something'), { fileName: '名单.pdf' })
    expect([answer.status, answer.body['code']]).toEqual([422, 'sheet.not_a_table'])
  })
})
