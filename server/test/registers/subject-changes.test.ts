import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { countSubjects } from '../../src/registers/subjects/figures.store.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { itemsOf } from '../agencies/kit.ts'
import { giveSubject, moved, openChangeOf, type SubjectCast, subjectCastOf } from './subjects-kit.ts'

const DAY = 86_400_000

onEachEngine((kind) => {
  let app: TestApp
  let cast: SubjectCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await subjectCastOf(app)
  })
  afterAll(() => app.close())

  /** Time passes, and whoever is asked afterwards has signed in anew. */
  const wait = async (ms: number) => {
    app.clock.advance(ms)
    for (const person of [
      cast.clerk,
      cast.head,
      cast.office,
      cast.oversight,
      cast.reader,
      cast.administrator,
    ])
      Object.assign(person, { client: await app.as(person.accountId) })
  }
  const published = async () =>
    itemsOf(await app.anonymous.get(`/public/subject-changes?division=${COUNTY}&limit=200`))
  const todo = async (who: keyof Pick<SubjectCast, 'office' | 'oversight' | 'head' | 'clerk'>) =>
    itemsOf(await cast[who].client.get('/todo'))

  it('are proposed, wait for a second person, and are seen by who proposed them', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market, name: '青石县待决店' })
    await cast.clerk.client.post(`/subjects/${subject.id}/removal`, { reason: '已注销登记' })
    const change = await openChangeOf(cast.clerk.client, subject.id)
    const link = `/registers/changes/${change}`
    expect(await todo('head')).toContainEqual(
      expect.objectContaining({ code: 'subjectChange.decide.left', link }),
    )
    expect((await todo('clerk')).filter((one) => one['link'] === link)).toEqual([])
    expect(itemsOf(await cast.clerk.client.get('/started'))).toContainEqual(
      expect.objectContaining({ code: 'subjectChange.proposed.left', link }),
    )
    const open = await cast.reader.client.get('/subject-changes?state=proposed')
    expect(itemsOf(open)).toMatchObject([
      { id: change, reason: '已注销登记', can: { approve: { code: 'not_allowed' } } },
    ])
    expect((await published()).some((one) => one['id'] === change)).toBe(false)
    await cast.head.client.post(`/subject-changes/${change}/approval`, {})
    const left = await cast.clerk.client.get('/subjects?left=true')
    expect(itemsOf(left).map((one) => one['id'])).toContain(subject.id)
  })

  it('are taken back by who proposed them alone, and can be proposed anew', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market, name: '青石县撤回店' })
    const remove = () => cast.clerk.client.post(`/subjects/${subject.id}/removal`, { reason: '误认为已注销' })
    await remove()
    const change = await openChangeOf(cast.clerk.client, subject.id)
    const withdraw = (who: 'clerk' | 'office' | 'head') =>
      cast[who].client.post(`/subject-changes/${change}/withdrawal`)
    expect((await withdraw('head')).status).toBe(403)
    expect((await withdraw('office')).body).toMatchObject({ code: 'subjectChange.not_own_proposal' })
    expect((await withdraw('clerk')).body).toMatchObject({ state: 'withdrawn', decidedBy: null })
    expect((await withdraw('clerk')).body).toMatchObject({ code: 'subjectChange.already_decided' })
    expect((await cast.head.client.post(`/subject-changes/${change}/approval`, {})).body).toMatchObject({
      code: 'subjectChange.already_decided',
    })
    expect((await published()).some((one) => one['id'] === change)).toBe(false)
    expect((await remove()).status).toBeLessThan(300)
  })

  it('that take somebody out and put him back are told to whoever oversees (I4)', async () => {
    const friend = await giveSubject(cast.clerk.client, { authorityId: cast.market, name: '青石县出入店' })
    const honest = await giveSubject(cast.clerk.client, { authorityId: cast.market, name: '青石县久别店' })
    await moved(cast, friend.id, 'removal')
    await moved(cast, honest.id, 'removal')
    await wait(10 * DAY)
    await moved(cast, friend.id, 'return')
    expect((await cast.clerk.client.get(`/subjects/${friend.id}`)).body).toMatchObject({
      leftOn: null,
      returned: { days: 10 },
    })
    for (const who of ['oversight', 'office'] as const)
      expect(await todo(who)).toContainEqual(
        expect.objectContaining({ code: 'subject.returned', params: { count: 1, days: 90 } }),
      )
    expect((await todo('clerk')).map((one) => one['code'])).not.toContain('subject.returned')
    await wait(85 * DAY)
    await moved(cast, honest.id, 'return')
    expect((await cast.clerk.client.get(`/subjects/${honest.id}`)).body).toMatchObject({ returned: null })
    const flagged = await cast.oversight.client.get('/subject-changes?returned=true')
    expect(itemsOf(flagged)).toMatchObject([{ subjectId: friend.id, returnedAfterDays: 10 }])
    await wait(6 * DAY)
    expect((await todo('oversight')).map((one) => one['code'])).not.toContain('subject.returned')
  })

  it('are published to anybody, natural persons without name, code and reason', async () => {
    const shop = await giveSubject(cast.clerk.client, { authorityId: cast.market, name: '青石县公示店' })
    const person = (
      await cast.clerk.client.post('/subjects', {
        authorityId: cast.market,
        divisionCode: COUNTY,
        name: '示例自然人',
        kind: 'NATURAL_PERSON',
        telephone: '13700137000',
      })
    ).body as unknown as { id: string }
    await wait(1000)
    await moved(cast, shop.id, 'removal')
    await moved(cast, person.id, 'removal')
    const [one, other] = (await published()).filter(({ kind: what }) => what === 'left')
    const both = [one, other].toSorted((a) => (a?.['name'] === null ? 1 : -1))
    expect(both).toMatchObject([
      { code: shop.code, name: '青石县公示店', kind: 'left', reason: '测试所需', divisionCode: COUNTY },
      { code: null, name: null, kind: 'left', reason: null },
    ])
    const answer = await app.anonymous.get(`/public/subject-changes?division=${COUNTY}&limit=1`)
    expect(answer.headers['cache-control']).toBe('public, max-age=300')
    for (const secret of ['示例自然人', '13700137000', cast.clerk.name])
      expect(answer.text).not.toContain(secret)
    const next = String((answer.body as Record<string, unknown>)['next'])
    const second = await app.anonymous.get(`/public/subject-changes?division=990000&limit=1&after=${next}`)
    expect(itemsOf(second)).toHaveLength(1)
  })

  it('end in a whole history on one page', async () => {
    const subject = await giveSubject(cast.clerk.client, { authorityId: cast.market })
    await wait(1000)
    await cast.clerk.client.patch(`/subjects/${subject.id}`, subject.version, { name: '青石县新名店' })
    await wait(1000)
    await moved(cast, subject.id, 'removal')
    const { body } = await cast.clerk.client.get(`/subjects/${subject.id}/history`)
    expect(body).toMatchObject({ enteredBy: 'hand', more: false })
    expect(itemsOf({ body }).map((one) => [one['kind'], one['state']])).toEqual([
      ['left', 'effective'],
      ['changed', 'effective'],
      ['entered', 'effective'],
    ])
    expect(itemsOf({ body })[1]).toMatchObject({ fields: [{ field: 'name', after: '青石县新名店' }] })
  })

  it('leave figures that are those of their definition, with the time of counting', async () => {
    await giveSubject(cast.clerk.client, {
      authorityId: cast.market,
      industryCode: 'H6210',
      creditClass: 'B',
    })
    const asked = await cast.clerk.client.post('/subject-figures')
    expect(asked.status).toBe(202)
    await record(
      { database: app.database, newId: app.newId },
      SYSTEM,
      { action: 'subjectFigure.count' },
      (writer) => countSubjects(writer),
    )
    const differing = await app.database.read((reader) =>
      sql`(select division_code, industry_section, credit_class, entity_type, subjects from registers.subject_figure
           except select division_code, industry_section, credit_class, entity_type, subjects from registers.subject_figure_kept)
          union all
          (select division_code, industry_section, credit_class, entity_type, subjects from registers.subject_figure_kept
           except select division_code, industry_section, credit_class, entity_type, subjects from registers.subject_figure)`.execute(
        reader,
      ),
    )
    expect(differing.rows).toEqual([])
    const { body } = await cast.reader.client.get(`/subject-figures?division=990100`)
    const figures = body as unknown as Readonly<
      Record<string, readonly { key: string; name: string | null; subjects: number }[]>
    > & { total: number; asOf: string }
    const sum = (of: string) => figures[of]!.reduce((total, { subjects }) => total + subjects, 0)
    expect(figures.total).toBeGreaterThan(0)
    expect(['byDivision', 'byIndustry', 'byClass', 'byEntityType'].map(sum)).toEqual(
      Array(4).fill(figures.total),
    )
    expect(figures['byDivision']).toMatchObject([{ key: COUNTY, name: '青石县' }])
    expect(figures['byIndustry']).toContainEqual({ key: 'H', name: '住宿和餐饮业', subjects: 1 })
    expect(figures.asOf).toMatch(/Z$/)
  })

  it('and the register are taken away as seen, never as a formula', async () => {
    const tricky = ['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '＝1', '\u{20BB7}饭店']
    for (const name of tricky)
      await giveSubject(cast.clerk.client, { authorityId: cast.market, name, station: '导出所' })
    const path = `station=${encodeURIComponent('导出所')}`
    const file = await cast.reader.client.get(`/subject-export?${path}`)
    expect(file.status).toBe(200)
    expect(String(file.headers['content-disposition'])).toContain('subjects-')
    const lines = file.text.trim().split('\r\n')
    expect(lines).toHaveLength(tricky.length + 1)
    expect(file.text).toContain('\u{20BB7}饭店')
    for (const cell of lines.slice(1).flatMap((line) => line.split(',')))
      expect(cell).not.toMatch(/^"?[=+\-@＝]/)
    const listed = await cast.reader.client.get(`/subjects?${path}`)
    expect(itemsOf(listed)).toHaveLength(tricky.length)
    expect((await cast.administrator.client.get('/subject-export')).status).toBe(403)
  })

  it('filter the list by what an inspection item applies to', async () => {
    await giveSubject(cast.clerk.client, {
      authorityId: cast.market,
      industryCode: 'R8810',
      name: '青石县文化甲',
    })
    await giveSubject(cast.clerk.client, {
      authorityId: cast.market,
      industryCode: 'P8336',
      name: '青石县培训乙',
    })
    const item = await cast.clerk.client.post('/items', {
      authorityId: cast.market,
      code: 'QS-001',
      name: '文化和培训检查',
      object: '文化和培训机构',
      field: 'market',
      isRandom: true,
      tier: 'GENERAL',
      appliesTo: {
        industries: ['R88', 'P83'],
        entityTypes: [],
        kinds: ['LEGAL_PERSON'],
        licenceKinds: [],
        pools: [],
        tags: [],
      },
    })
    expect(item.status).toBe(201)
    const found = await cast.clerk.client.get(`/subjects?item=${String(item.body['id'])}`)
    expect(
      itemsOf(found)
        .map((one) => String(one['industryCode']))
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['P8336', 'R8810'])
  })

  it('leave the industries as the standard has them', async () => {
    const sections = await app.anonymous.get('/industries')
    expect(itemsOf(sections)).toHaveLength(20)
    expect(itemsOf(await app.anonymous.get('/industries?under=F52'))).toContainEqual({
      code: 'F521',
      name: '综合零售',
      parent: 'F52',
      hasChildren: true,
    })
    const sought = await app.anonymous.get(`/industries?q=${encodeURIComponent('超级市场')}`)
    expect(itemsOf(sought)).toMatchObject([{ code: 'F5212', hasChildren: false }])
    expect(itemsOf(await app.anonymous.get('/industries?q=5212'))).toMatchObject([{ code: 'F5212' }])
    expect(itemsOf(await app.anonymous.get('/industries?q=h'))[0]).toMatchObject({ code: 'H' })
  })
})
