import { afterAll, beforeAll, expect, it } from 'vitest'
import { dayOf } from '../../src/platform/clock.ts'
import { type Client, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY, COUNTY, giveAuthority, givePerson, giveRole } from '../support/people.ts'
import { MISSING, itemsOf, lasting, statusesOf } from './kit.ts'

onEachEngine((kind) => {
  let app: TestApp
  let administrator: Client
  let clerk: Client
  beforeAll(async () => {
    app = await startApp(kind)
    administrator = (await givePerson(app, { roles: ['systemAdministrator'] })).client
    clerk = (await givePerson(app, { roles: ['clerk'] })).client
  })
  afterAll(() => app.close())

  const create = (name: string, more: object = {}) =>
    administrator.post('/authorities', {
      divisionCode: COUNTY,
      name,
      shortName: name.slice(0, 10),
      inspects: true,
      ...more,
    })

  it('refuses a name of one character as the database does, with a sentence', async () => {
    expect(await create('局')).toMatchObject({ status: 400, body: { code: 'invalid_input' } })
  })

  it('makes an authority once in a division, and shows what may be done with it', async () => {
    const made = await create('青石县文化和旅游局')
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      version: 1,
      divisionName: '青石县',
      closedOn: null,
      can: { edit: null, close: null, addUnit: null, addPerson: null },
    })
    expect(await create('青石县文化和旅游局')).toMatchObject({
      status: 409,
      body: { code: 'authority.name_taken' },
    })
    const seen = await clerk.get(`/authorities/${made.body['id']}`)
    expect(seen.body).toMatchObject({
      can: { edit: { code: 'not_allowed' }, close: { code: 'not_allowed' } },
    })
    expect((await clerk.patch(`/authorities/${made.body['id']}`, 1, { name: '别名' })).body).toMatchObject({
      code: 'not_allowed',
    })
  })

  it('refuses a division that is unknown, and one beyond reach', async () => {
    const authority = await giveAuthority(app, { division: CITY, name: '青石市市场监督管理局' })
    const { client } = await givePerson(app, { roles: ['systemAdministrator'], authority })
    const nowhere = { divisionCode: '990177', name: '无此区划', shortName: '无', inspects: true }
    expect((await client.post('/authorities', nowhere)).body).toMatchObject({ code: 'division.unknown' })
    expect((await create('市局', { divisionCode: CITY })).body).toMatchObject({ code: 'not_allowed' })
  })

  it('lists by name, page by page, without the closed ones', async () => {
    for (const name of ['青石县甲局', '青石县乙局', '青石县丙局']) await create(name)
    const first = await clerk.get(`/authorities?division=${COUNTY}&limit=2`)
    const second = await clerk.get(`/authorities?limit=200&after=${first.body['next']}`)
    const names = [...itemsOf(first), ...itemsOf(second)].map(({ name }) => name)
    expect(names.length).toBe(new Set(names).size)
    expect(names).toContain('青石县丙局')
    const found = await clerk.get(`/authorities?q=${encodeURIComponent('丙局')}`)
    expect(itemsOf(found)).toHaveLength(1)
    expect((await clerk.get('/authorities?after=zzz')).status).toBe(400)
  })

  it('keeps the second of two edits that were made from the same version', async () => {
    const { id } = (await create('青石县丁局')).body
    const both = await Promise.all([
      administrator.patch(`/authorities/${id}`, 1, { shortName: '丁' }),
      administrator.patch(`/authorities/${id}`, 1, { shortName: '丁局' }),
    ])
    expect(statusesOf(both)).toEqual([200, 412])
    const refused = both.find(({ status }) => status === 412)
    expect(refused?.body).toMatchObject({ code: 'stale_version', params: { current: 2, given: 1 } })
  })

  it('has superiors without a circle, of the same division or above', async () => {
    const above = (await create('青石县戊局')).body['id']
    const below = (await create('青石县己局', { superiorId: above })).body
    expect(below).toMatchObject({ superiorName: '青石县戊局' })
    expect(
      (await administrator.patch(`/authorities/${above}`, 1, { superiorId: below['id'] })).body,
    ).toMatchObject({ code: 'authority.superior_cycle' })
    expect((await administrator.patch(`/authorities/${above}`, 1, { superiorId: above })).body).toMatchObject(
      {
        code: 'authority.superior_cycle',
      },
    )
    const city = await giveAuthority(app, { division: CITY, name: '青石市庚局' })
    const unknown = await administrator.patch(`/authorities/${above}`, 1, { superiorId: city })
    expect(unknown.body).toMatchObject({ code: 'authority.superior_unknown' })
  })

  it('closes an authority only when nothing hangs on it', async () => {
    const { id } = (await create('青石县辛局')).body
    const closedOn = '2026-01-05'
    const unit = (await administrator.post(`/authorities/${id}/units`, { name: '执法大队' })).body
    const refused = await administrator.post(`/authorities/${id}/closure`, { closedOn })
    expect(refused.body).toMatchObject({ code: 'authority.has_units', params: { count: 1 } })
    expect((await administrator.get(`/authorities/${id}`)).body).toMatchObject({
      can: { close: { code: 'authority.has_units' } },
    })
    await administrator.post(`/units/${unit['id']}/closure`, { closedOn })
    const future = await administrator.post(`/authorities/${id}/closure`, { closedOn: '2999-01-01' })
    expect(future.body).toMatchObject({ code: 'day_in_future' })
    const closed = await administrator.post(`/authorities/${id}/closure`, { closedOn })
    expect(closed.body).toMatchObject({ closedOn, can: { edit: { code: 'authority.closed' } } })
    expect((await administrator.patch(`/authorities/${id}`, 2, { name: '新名' })).body).toMatchObject({
      code: 'authority.closed',
    })
    expect((await create('青石县辛局')).status).toBe(201)
  })

  it('has units and their sections, and nothing below', async () => {
    const { id } = (await create('青石县壬局')).body
    const post = (body: object) => administrator.post(`/authorities/${id}/units`, body)
    const unit = (await post({ name: '执法大队' })).body
    const section = (await post({ name: '一中队', parentId: unit['id'] })).body
    expect(section).toMatchObject({ parentName: '执法大队' })
    expect((await post({ name: '一组', parentId: section['id'] })).body).toMatchObject({
      code: 'unit.too_deep',
    })
    expect((await post({ name: '执法大队' })).body).toMatchObject({ code: 'unit.name_taken' })
    expect(
      (await administrator.patch(`/units/${unit['id']}`, 1, { parentId: unit['id'] })).body,
    ).toMatchObject({
      code: 'unit.too_deep',
    })
    const list = itemsOf(await clerk.get(`/authorities/${id}/units`))
    expect(list.map(({ name }) => name)).toEqual(['执法大队', '一中队'])
    expect(
      (await administrator.post(`/units/${unit['id']}/closure`, { closedOn: '2026-01-05' })).body,
    ).toMatchObject({ code: 'unit.has_sections' })
  })

  it('answers for what is beyond reach as for what does not exist', async () => {
    const city = await giveAuthority(app, { division: CITY, name: '青石市癸局' })
    for (const path of ['', '/units'])
      expect(lasting(await clerk.get(`/authorities/${city}${path}`))).toEqual(
        lasting(await clerk.get(`/authorities/${MISSING}${path}`)),
      )
    const edits = [city, MISSING].map((id) => administrator.patch(`/authorities/${id}`, 1, { name: '某局' }))
    const [foreign, absent] = await Promise.all(edits)
    expect(foreign?.status).toBe(404)
    expect(lasting(foreign!)).toEqual(lasting(absent!))
  })

  it('takes no name with hidden characters', async () => {
    for (const name of ['青石县\u202e局', ' 青石县局', '青石县\u200b局', '青石县\n局'])
      expect((await create(name)).status).toBe(400)
  })

  it('is closed once all roles in it are over, and whoever leaves keeps them as they ended', async () => {
    const id = String((await create('青石县临时局')).body['id'])
    const holder = await givePerson(app)
    const until = dayOf(app.clock.now())
    await giveRole(app, { ...holder, authorityId: id, role: 'reader', until })
    expect((await administrator.get(`/authorities/${id}`)).body).toMatchObject({
      can: { close: { code: 'authority.has_grants' } },
    })
    app.clock.advance(25 * 3_600_000)
    const keeper = (await givePerson(app, { roles: ['systemAdministrator'] })).client
    const day = dayOf(app.clock.now())
    expect((await keeper.get(`/authorities/${id}`)).body).toMatchObject({ can: { close: null } })
    expect((await keeper.post(`/authorities/${id}/closure`, { closedOn: day })).status).toBe(200)
    expect((await keeper.post(`/people/${holder.personId}/departure`, { leftOn: day })).status).toBe(200)
    expect(itemsOf(await keeper.get(`/grants?person=${holder.personId}`))).toMatchObject([
      { state: 'expired', withdrawnAt: null },
    ])
  })
})
