import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY, giveAuthority, givePerson } from '../support/people.ts'
import { type Cast, castOf, idIn, itemsOf, lasting, makePerson, MISSING } from './kit.ts'

const MOBILE = '13812340000'
const TODAY = '2026-01-05'

onEachEngine((kind) => {
  let app: TestApp
  let cast: Cast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await castOf(app)
  })
  afterAll(() => app.close())

  const add = (person: object = {}) =>
    makePerson(cast.system.client, { authorityId: cast.authority, name: '赵示例', ...person })

  it('shows a number masked, and keeps it nowhere in the clear', async () => {
    const id = await add({ mobile: MOBILE })
    const { body } = await cast.clerk.client.get(`/people/${id}`)
    expect(body).toMatchObject({
      mobile: '138****0000',
      can: { revealMobile: null, edit: { code: 'not_allowed' } },
    })
    const tables = ['agencies.person', 'audit.change', 'audit.event', 'platform.idempotency_key', 'log.leaf']
    for (const table of tables) {
      const { rows } = await app.migrated.superuser.query(`select t::text as row from ${table} t`)
      expect(JSON.stringify(rows)).not.toContain(MOBILE)
    }
  })

  it('reveals a number for a purpose, to whoever proved himself just now, and writes it down', async () => {
    const id = await add({ mobile: MOBILE })
    const reveal = (purpose?: string) =>
      cast.clerk.client.post(`/people/${id}/mobile-reveals`, purpose === undefined ? {} : { purpose })
    expect(await reveal()).toMatchObject({ status: 403, body: { code: 'purpose_needed' } })
    expect(await reveal('啊')).toMatchObject({ status: 403, body: { code: 'purpose_needed' } })
    expect((await reveal('通知参加联合检查')).body).toEqual({ mobile: MOBILE })
    app.clock.advance(6 * 60_000)
    expect((await reveal('通知参加联合检查')).body).toMatchObject({ code: 'reauthentication_needed' })
    cast = { ...cast, clerk: { ...cast.clerk, client: await app.as(cast.clerk.accountId) } }
    const { rows } = await app.migrated.superuser.query(
      `select outcome, purpose, refusal_code from audit.event where action = 'person.revealMobile' order by at, xid`,
    )
    expect(rows).toEqual([
      { outcome: 'refused', purpose: null, refusal_code: 'purpose_needed' },
      { outcome: 'refused', purpose: '啊', refusal_code: 'purpose_needed' },
      { outcome: 'read', purpose: '通知参加联合检查', refusal_code: null },
      { outcome: 'refused', purpose: '通知参加联合检查', refusal_code: 'reauthentication_needed' },
    ])
  })

  it('ends grants and sessions of whoever leaves, at once', async () => {
    const { client, personId } = await givePerson(app, { roles: ['inspector'], authority: cast.authority })
    expect((await client.get('/people')).status).toBe(200)
    const left = await cast.system.client.post(`/people/${personId}/departure`, { leftOn: TODAY })
    expect(left.body).toMatchObject({ leftOn: TODAY, can: { edit: { code: 'person.left' } } })
    expect((await client.get('/people')).status).toBe(401)
    const grants = itemsOf(await cast.security.client.get(`/grants?person=${personId}`))
    expect(grants).toMatchObject([{ state: 'withdrawn', withdrawnBy: { id: cast.system.personId } }])
    const events = await app.migrated.superuser.query(
      `select count(distinct c.event_id)::int as events from audit.change c
        where (c.table_name = 'agencies.person' and c.row_key = $1 and c.op = 'update')
           or (c.table_name = 'agencies.role_grant' and c.after like '%"state": "withdrawn"%' and c.after like '%' || $1 || '%')`,
      [personId],
    )
    expect(events.rows).toEqual([{ events: 1 }])
  })

  it('moves a person to another authority without what he held in the old one', async () => {
    const to = await giveAuthority(app, { division: '990101', name: '青石县城市管理局' })
    const { client, personId } = await givePerson(app, { roles: ['clerk'], authority: cast.authority })
    const move = () => cast.system.client.post(`/people/${personId}/transfer`, { authorityId: to })
    expect((await move()).body).toMatchObject({ authorityName: '青石县城市管理局', unitId: null })
    expect((await client.get('/people')).status).toBe(401)
    expect((await move()).body).toMatchObject({ code: 'person.already_there' })
    const foreign = await giveAuthority(app, { division: CITY, name: '青石市城市管理局' })
    const answers = [foreign, MISSING].map((authorityId) =>
      cast.system.client.post(`/people/${personId}/transfer`, { authorityId }),
    )
    const [beyond, absent] = await Promise.all(answers)
    expect(lasting(beyond!)).toEqual(lasting(absent!))
  })

  it('keeps the last administrator, the one who acts, and the responsible deputy', async () => {
    const { system, security, security2 } = cast
    const leave = (id: string) => system.client.post(`/people/${id}/departure`, { leftOn: TODAY })
    expect((await leave(system.personId)).body).toMatchObject({ code: 'person.yourself' })
    const other = await givePerson(app, { roles: ['auditAdministrator'], authority: cast.authority })
    expect((await leave(other.personId)).body).toMatchObject({ code: 'grant.last_administrator' })
    const seen = await system.client.get(`/people/${other.personId}`)
    expect(seen.body).toMatchObject({ can: { leave: { code: 'grant.last_administrator' } } })
    expect((await system.client.get(`/people/${security.personId}`)).body).toMatchObject({
      can: { leave: null },
    })
    expect(security2.personId).not.toBe(security.personId)
  })

  it('takes a unit of the same authority only, and a staff number once', async () => {
    const unit = await cast.system.client.post(`/authorities/${cast.authority}/units`, { name: '信用监管股' })
    const id = await add({ unitId: idIn(unit), staffNumber: 'A1' })
    expect((await cast.clerk.client.get(`/people/${id}`)).body).toMatchObject({ unitName: '信用监管股' })
    const again = { authorityId: cast.authority, name: '钱示例', staffNumber: 'A1' }
    expect((await cast.system.client.post('/people', again)).body).toMatchObject({
      code: 'person.staff_number_taken',
    })
    const elsewhere = await giveAuthority(app, { division: '990101', name: '青石县水利局' })
    expect(
      (
        await cast.system.client.post('/people', {
          authorityId: elsewhere,
          name: '孙示例',
          unitId: idIn(unit),
        })
      ).body,
    ).toMatchObject({ code: 'unit.elsewhere' })
    expect(
      (await cast.system.client.patch(`/people/${id}`, 1, { post: null, staffNumber: null })).body,
    ).toMatchObject({ version: 2, staffNumber: null })
    expect((await cast.system.client.patch(`/people/${id}`, 1, { name: '他名' })).status).toBe(412)
  })

  it('finds people by name and staff number, page by page', async () => {
    for (const n of [1, 2, 3]) await add({ name: `周示例${n}`, staffNumber: `Z${n}` })
    const first = await cast.clerk.client.get(`/people?q=${encodeURIComponent('周示例')}&limit=2`)
    const second = await cast.clerk.client.get(
      `/people?q=${encodeURIComponent('周示例')}&limit=2&after=${first.body['next']}`,
    )
    expect([...itemsOf(first), ...itemsOf(second)].map(({ name }) => name)).toEqual([
      '周示例1',
      '周示例2',
      '周示例3',
    ])
    expect(itemsOf(await cast.clerk.client.get('/people?q=Z2'))).toHaveLength(1)
    expect(itemsOf(await cast.clerk.client.get('/people?q=%25'))).toHaveLength(0)
  })

  it('answers for a person beyond reach as for one who does not exist', async () => {
    const city = await castOf(app, CITY, '青石市市场监督管理局')
    for (const request of [
      (id: string) => cast.clerk.client.get(`/people/${id}`),
      (id: string) => cast.system.client.patch(`/people/${id}`, 1, { name: '某人' }),
      (id: string) => cast.system.client.post(`/people/${id}/departure`, { leftOn: TODAY }),
      (id: string) => cast.system.client.post(`/people/${id}/mobile-reveals`, { purpose: '通知开会' }),
    ])
      expect(lasting(await request(city.clerk.personId))).toEqual(lasting(await request(MISSING)))
  })
})
