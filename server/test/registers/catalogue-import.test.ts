import { afterAll, beforeAll, expect, it } from 'vitest'
import { ANONYMOUS, SYSTEM } from '../../src/platform/actor.ts'
import { dayOf } from '../../src/platform/clock.ts'
import { reachOf } from '../../src/platform/reach.ts'
import { basesOf, findItem, findItems, whyNotUse } from '../../src/registers/index.ts'
import type { Writer } from '../../src/platform/database/database.ts'
import { record } from '../../src/platform/record.ts'
import { doubtsOf } from '../../src/registers/catalogue/citations.rules.ts'
import { readItemRow } from '../../src/registers/catalogue/item-row.rules.ts'
import { discardImported, matchItems, upsertItems } from '../../src/registers/catalogue/items.import.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { catalogueCast, type CatalogueCast, fieldOf, giveItem } from './catalogue-kit.ts'

onEachEngine((kind) => {
  let app: TestApp
  let cast: CatalogueCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await catalogueCast(app)
  })
  afterAll(() => app.close())

  const row = (more: Record<string, string> = {}) =>
    readItemRow(
      {
        编号: '7',
        抽查事项名称: '示例年报检查',
        抽查子项: '个体工商户年报',
        抽查依据: '《示例公示条例》第六条、《关于示例的意见》（国发〔2023〕5号）',
        抽查对象: '个体工商户',
        抽查比例: '不超过3%',
        抽查频次: '每年1次',
        抽查方式: '书面检查',
        ...more,
      },
      doubtsOf(LAW, '2026-01-01'),
    ).item!
  const owner = () => ({ authorityId: cast.authority, divisionCode: COUNTY, by: cast.clerk.personId })
  const write = <T>(work: (writer: Writer) => Promise<T>): Promise<T> =>
    record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.import' }, work)
  const upsert = (rows: ReturnType<typeof row>[]) =>
    write((writer) => upsertItems(writer, owner(), rows, app.newId))

  it('tells later features by its door what may be used today', async () => {
    const id = await giveItem(cast, { code: '9' })
    const everything = reachOf({ public: true }, ANONYMOUS)!
    const today = dayOf(app.clock.now())
    await app.database.read(async (reader) => {
      const item = (await findItem(reader, everything, today, id))!
      expect(await findItems(reader, everything, today, [id])).toEqual([item])
      const bases = await basesOf(reader, [id])
      expect(whyNotUse(item, bases, today)).toBeUndefined()
      expect(whyNotUse(item, [], today)).toMatchObject({ code: 'item.basis_needed' })
    })
  })

  it('refuses a text that is too short in its normal form', async () => {
    const title = 'e\u0301'
    const answer = await cast.clerk.client.post('/citations', {
      authorityId: cast.authority,
      title,
      level: 'law',
    })
    expect(answer.body).toMatchObject({ code: 'text_length' })
  })

  it('makes drafts, changes drafts, knows what is the same, and never touches what is in force', async () => {
    const rows = [row(), row({ 抽查子项: '企业年报', 抽查对象: '企业' })]
    expect(await app.database.read((reader) => matchItems(reader, owner(), rows))).toMatchObject([
      { code: '7', result: 'new' },
      { code: '7-2', result: 'new' },
    ])
    const made = await upsert(rows)
    const item = await cast.clerk.client.get(`/items/${made[0]!.id}`)
    expect(item.body).toMatchObject({ state: 'draft', ratioCap: 300, methods: ['DOCUMENTARY'] })
    expect((fieldOf(item, 'bases') as { standing: string }[]).map(({ standing }) => standing)).toEqual([
      'unchecked',
      'doubtful',
    ])
    expect((await upsert(rows)).map(({ result }) => result)).toEqual(['same', 'same'])
    expect((await upsert([row({ 抽查频次: '每年2次' })])).map(({ result }) => result)).toEqual(['changed'])
    expect((await cast.clerk.client.get(`/items/${made[0]!.id}`)).body).toMatchObject({
      frequency: '每年2次',
    })
    // The citations were made once.
    const citations = await cast.clerk.client.get(`/citations?q=${encodeURIComponent('示例公示条例')}`)
    expect(fieldOf(citations, 'items')).toHaveLength(1)
    await giveItem(cast, { code: '8' })
    expect(await upsert([row({ 编号: '8' })])).toMatchObject([
      { result: 'conflict', why: { code: 'item.code_taken' } },
    ])
    const undone = made.flatMap(({ id }) => id ?? [])
    const by = { by: cast.clerk.personId, reason: '撤销导入' }
    expect(await write((writer) => discardImported(writer, undone, by))).toBe(2)
    expect((await upsert(rows)).map(({ result }) => result)).toEqual(['new', 'new'])
  })
})
