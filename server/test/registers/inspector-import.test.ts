import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openTable } from '@sunlot/sheets'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import {
  type InspectorImport,
  type InspectorOutcome,
  readInspectorRow,
  revertInspectors,
  upsertInspectors,
} from '../../src/registers/index.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { giveAuthority } from '../support/people.ts'
import { itemsOf, makePerson } from '../agencies/kit.ts'
import { enter, giveInspector, idCard, type RegisterCast, registerCastOf, warrant } from './inspectors-kit.ts'

// A template of a real platform, where it is at hand.
const TEMPLATE = join(
  import.meta.dirname,
  '../../../../shared/data/03-shuangsuiji-zhejiang/import-templates/randomscagent.xls',
)

const LINE = {
  单位工号: '0010',
  姓名: '李示例',
  性别: '男',
  身份证号: idCard(701),
  手机号: '+86 199-0000-7010',
  执法证号: 'QS-I-701',
  发证机关: '青石县人民政府',
  有效期: '2024年1月1日至2028/12/31',
  所在单位: '综合行政执法大队',
  业务特长: '食品、特种设备，食品',
}
const defects = (cells: Record<string, string>) =>
  readInspectorRow({ ...LINE, ...cells }).defects.map(({ code }) => code)

describe('a line of an office’s table', () => {
  it('is read whatever its columns are called and however its cells were typed', () => {
    const { inspector, defects: none } = readInspectorRow(LINE)
    expect(none).toEqual([])
    expect(inspector).toMatchObject({
      name: '李示例',
      sex: 'male',
      mobile: '19900007010',
      warrantNumber: 'QS-I-701',
      warrantFrom: '2024-01-01',
      warrantUntil: '2028-12-31',
      unit: '综合行政执法大队',
      specialisms: ['食品', '特种设备'],
      section: null,
    })
    const other = readInspectorRow({
      '姓名*（必填）': '王示例',
      身份证号码: idCard(702),
      省执法证编号: '33',
      执法证有效期: '20291231',
    })
    expect(other.inspector).toMatchObject({
      name: '王示例',
      sex: 'female',
      warrantNumber: '33',
      warrantUntil: '2029-12-31',
    })
  })

  it('says what is wrong with a cell, and in which column', () => {
    expect(readInspectorRow({ ...LINE, 手机号: '123' }).defects).toEqual([
      { code: 'inspector_row.mobile_unusable', column: '手机号' },
    ])
    expect(defects({ 姓名: '' })).toEqual(['inspector_row.name_blank'])
    expect(defects({ 身份证号: `${idCard(701).slice(0, 16)}00` })).toEqual(['id_card.check_character'])
    expect(defects({ 性别: '女' })).toEqual(['id_card.other_sex'])
    expect(defects({ 性别: '未知' })).toEqual(['inspector_row.sex_unknown'])
    expect(defects({ 有效期: '长期' })).toEqual(['inspector_row.day_unreadable'])
    expect(defects({ 执法人员状态: '退休' })).toEqual(['inspector_row.not_in_force'])
  })

  it.runIf(existsSync(TEMPLATE))(
    'of a template is no person: neither its instructions nor its sample',
    async () => {
      const table = await openTable(TEMPLATE, { headerRow: 2 })
      const found: (string | undefined)[] = []
      for await (const { rows } of table.rows())
        for (const { cells } of rows) {
          const byTitle = Object.fromEntries(table.header.map((title, at) => [title, cells[at] ?? '']))
          found.push(readInspectorRow(byTitle).defects[0]?.code)
        }
      expect(found).toEqual(['inspector_row.instructions', 'inspector_row.sample'])
    },
  )
})

onEachEngine((kind) => {
  let app: TestApp
  let cast: RegisterCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await registerCastOf(app)
  })
  afterAll(() => app.close())

  const take = (lines: readonly Record<string, string>[], options: Partial<InspectorImport> = {}) =>
    record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.take' }, (writer) =>
      upsertInspectors(
        writer,
        {
          authorityId: cast.authority,
          divisionCode: '990101',
          secrets: app.secrets,
          law: LAW,
          now: app.clock.now(),
          newId: app.newId,
          mayCreatePeople: true,
          ...options,
        },
        lines.map((cells) => readInspectorRow(cells).inspector),
      ),
    )
  const results = (outcomes: readonly InspectorOutcome[]) =>
    outcomes.map((one) => (one.result === 'conflict' ? one.reason.code : one.result))
  const shown = async (q: string) =>
    itemsOf(await cast.reader.client.get(`/inspectors?q=${encodeURIComponent(q)}`))

  it('enters, leaves alone, changes and takes back', async () => {
    const lines = [LINE, { 姓名: '赵示例甲', 性别: '女' }]
    expect(results(await take(lines))).toEqual(['new', 'new'])
    expect(results(await take(lines))).toEqual(['same', 'same'])
    const [before] = await shown('QS-I-701')
    expect(before).toMatchObject({
      name: '李示例',
      staffNumber: '0010',
      level: 'county',
      mobile: '199****7010',
    })
    const changed = await take([{ ...LINE, 手机号: '19900007011', 有效期: '2030-12-31', 业务特长: '' }])
    expect(changed).toMatchObject([{ result: 'changed', changes: ['warrantUntil', 'mobile'] }])
    expect(await shown('QS-I-701')).toMatchObject([
      { warrantUntil: '2030-12-31', mobile: '199****7011', specialisms: ['食品', '特种设备'] },
    ])
    await record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.revert' }, (writer) =>
      revertInspectors(writer, changed, { now: app.clock.now(), reason: '撤销导入' }),
    )
    expect(await shown('QS-I-701')).toMatchObject([{ warrantUntil: '2028-12-31', mobile: '199****7010' }])
  })

  it('takes nobody for somebody else, and nobody twice', async () => {
    const { personId } = await giveInspector(
      cast,
      { idCard: idCard(711), ...warrant('QS-I-711') },
      { name: '孙示例甲', staffNumber: 'I711' },
    )
    await makePerson(cast.system.client, { authorityId: cast.authority, name: '同名' })
    await makePerson(cast.system.client, { authorityId: cast.authority, name: '同名' })
    const other = await giveAuthority(app, { division: '990101', name: '青石县交通运输局' })
    const elsewhere = await makePerson(cast.system.client, { authorityId: other, name: '外局人' })
    await enter(cast.office.client, { personId: elsewhere, idCard: idCard(713) })
    const outcomes = await take([
      { 姓名: '孙示例乙', 身份证号: idCard(711) },
      { 姓名: '孙示例乙', 单位工号: 'I711', 性别: '男' },
      { 姓名: '孙示例甲', 身份证号: idCard(715) },
      { 姓名: '同名', 性别: '男' },
      { 姓名: '外局人', 身份证号: idCard(713) },
      { 姓名: '新人甲', 性别: '男', 单位工号: 'N1' },
      { 姓名: '新人甲', 性别: '男', 单位工号: 'N1' },
      { 姓名: '新人乙' },
      { 姓名: '新人丙', 性别: '男', 有效期: '2030-01-01' },
      { 姓名: '孙示例甲', 单位工号: 'I711', 有效期: '2001-01-01' },
    ])
    expect(results(outcomes)).toEqual([
      'inspector_row.other_name',
      'inspector_row.other_name',
      'inspector_row.other_id_card',
      'inspector_row.namesakes',
      'inspector.id_card_taken',
      'new',
      'inspector_row.twice_in_file',
      'inspector_row.sex_missing',
      'inspector.warrant_without_number',
      'inspector.warrant_turned_round',
    ])
    expect(itemsOf(await cast.reader.client.get(`/inspectors?person=${personId}`))).toMatchObject([
      { version: 1 },
    ])
  })

  it('enters nobody into the directory for whoever may not', async () => {
    const outcomes = await take([{ 姓名: '目录外人', 性别: '男' }], { mayCreatePeople: false })
    expect(outcomes).toEqual([
      { result: 'conflict', reason: { code: 'inspector_row.person_missing', params: { name: '目录外人' } } },
    ])
  })
})
