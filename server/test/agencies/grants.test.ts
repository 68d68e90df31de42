import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROLES, SYSTEM } from '../../src/platform/actor.ts'
import { dayOf } from '../../src/platform/clock.ts'
import { record } from '../../src/platform/record.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY, COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'
import { canIn, type Cast, castOf, idIn, itemsOf, lasting, makePerson, MISSING, statusesOf } from './kit.ts'

const ELSEWHERE = '990102'

onEachEngine((kind) => {
  let app: TestApp
  let cast: Cast
  let today: string
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await castOf(app)
    today = dayOf(app.clock.now())
  })
  afterAll(() => app.close())

  const person = () => makePerson(cast.system.client, { authorityId: cast.authority, name: '吴示例' })
  const body = (personId: string, more: object = {}) => ({
    personId,
    role: 'inspector',
    authorityId: cast.authority,
    divisionCode: COUNTY,
    validFrom: today,
    reason: '新到岗位',
    ...more,
  })
  const propose = async (personId: string, more: object = {}) =>
    cast.security.client.post('/grants', body(personId, more))

  it('gives a role by two persons, never by one', async () => {
    const id = idIn(await propose(await person()))
    const own = await cast.security.client.post(`/grants/${id}/approval`, {})
    expect(own.body).toMatchObject({ code: 'grant.proposed_by_yourself' })
    const seen = await cast.security.client.get(`/grants/${id}`)
    expect(canIn(seen.body)['approve']).toEqual({ code: 'grant.proposed_by_yourself' })
    expect((await cast.clerk.client.post(`/grants/${id}/approval`, {})).body).toMatchObject({
      code: 'not_allowed',
    })
    const approved = await cast.leader.client.post(`/grants/${id}/approval`, { note: '同意授权' })
    expect(approved.body).toMatchObject({ state: 'effective', decidedBy: { id: cast.leader.personId } })
    expect(
      (await cast.security2.client.post(`/grants/${id}/rejection`, { reason: '不同意' })).body,
    ).toMatchObject({
      code: 'grant.already_decided',
    })
  })

  it('makes an administrator by two administrators, never by one and a leader', async () => {
    const id = idIn(await propose(await person(), { role: 'systemAdministrator' }))
    const code = 'grant.administrator_by_administrator'
    expect(canIn((await cast.leader.client.get(`/grants/${id}`)).body)['approve']).toEqual({ code })
    expect(await cast.leader.client.post(`/grants/${id}/approval`, {})).toMatchObject({
      status: 409,
      body: { code },
    })
    expect((await cast.leader.client.get('/todo')).text).not.toContain(id)
    expect((await cast.system.client.post(`/grants/${id}/approval`, {})).body).toMatchObject({
      state: 'effective',
    })
  })

  it('lets one of two deciders decide who come at the same moment', async () => {
    const id = idIn(await propose(await person()))
    const both = await Promise.all([
      cast.leader.client.post(`/grants/${id}/approval`, {}),
      cast.security2.client.post(`/grants/${id}/rejection`, { reason: '岗位未定' }),
    ])
    expect(statusesOf(both)).toEqual([200, 409])
  })

  it('keeps the three administrators apart, and apart from all other roles', async () => {
    const id = await person()
    expect((await propose(id, { role: 'auditAdministrator' })).status).toBe(201)
    expect((await propose(id, { role: 'systemAdministrator' })).body).toMatchObject({
      code: 'grant.second_administrator',
    })
    expect((await propose(id)).body).toMatchObject({ code: 'grant.business_for_administrator' })
    const clerk = await person()
    expect((await propose(clerk, { role: 'clerk' })).status).toBe(201)
    expect((await propose(clerk, { role: 'clerk' })).body).toMatchObject({ code: 'grant.held_already' })
    expect((await propose(clerk, { role: 'securityAdministrator' })).body).toMatchObject({
      code: 'grant.administrator_for_business',
    })
    const racer = await person()
    const raced = await Promise.all([
      propose(racer, { role: 'clerk' }),
      cast.security2.client.post('/grants', body(racer, { role: 'auditAdministrator' })),
    ])
    expect(statusesOf(raced)).toEqual([201, 409])
  })

  it('refuses dates and divisions that make no sense, and grants to oneself', async () => {
    const id = await person()
    expect((await propose(id, { validFrom: '2020-01-01' })).body).toMatchObject({ code: 'grant.backdated' })
    expect((await propose(id, { validFrom: '2999-01-02', validUntil: '2999-01-01' })).body).toMatchObject({
      code: 'grant.ends_before_it_begins',
    })
    expect((await propose(id, { divisionCode: CITY })).body).toMatchObject({ code: 'grant.division_outside' })
    expect((await propose(cast.security.personId)).body).toMatchObject({ code: 'grant.about_yourself' })
    const foreign = await castOf(app, CITY, '青石市市场监督管理局')
    expect(lasting(await propose(foreign.clerk.personId))).toEqual(lasting(await propose(MISSING)))
    expect(lasting(await propose(id, { authorityId: foreign.authority }))).toEqual(
      lasting(await propose(id, { authorityId: MISSING })),
    )
  })

  it('gives nothing after its last day, and can then be proposed anew', async () => {
    const { personId, accountId } = await givePerson(app, { authority: cast.authority })
    const id = idIn(await propose(personId, { role: 'reader', validUntil: today }))
    await cast.leader.client.post(`/grants/${id}/approval`, {})
    expect((await (await app.as(accountId)).get('/authorities')).body).toMatchObject({
      items: expect.anything(),
    })
    app.clock.advance(25 * 3_600_000)
    cast = await castOf(app)
    today = dayOf(app.clock.now())
    expect((await cast.security.client.get(`/grants/${id}`)).body).toMatchObject({ state: 'expired' })
    expect(itemsOf(await (await app.as(accountId)).get('/authorities'))).toEqual([])
    expect((await propose(personId, { role: 'reader' })).status).toBe(201)
  })

  it('withdraws at once, but never the last administrator of a kind', async () => {
    const audit = await givePerson(app, { authority: cast.authority, roles: ['auditAdministrator'] })
    const [grant] = itemsOf(await cast.security.client.get(`/grants?person=${audit.personId}`))
    const withdraw = (id: string) =>
      cast.security.client.post(`/grants/${id}/withdrawal`, { reason: '岗位调整' })
    expect((await withdraw(String(grant!['id']))).body).toMatchObject({ code: 'grant.last_administrator' })
    const { client, personId } = await givePerson(app, { authority: cast.authority, roles: ['reader'] })
    expect(itemsOf(await client.get('/authorities')).length).toBeGreaterThan(0)
    const [own] = itemsOf(await cast.security.client.get(`/grants?person=${personId}`))
    expect((await withdraw(String(own!['id']))).body).toMatchObject({
      state: 'withdrawn',
      withdrawalReason: '岗位调整',
    })
    expect(itemsOf(await client.get('/authorities'))).toEqual([])
    expect((await withdraw(String(own!['id']))).body).toMatchObject({ code: 'grant.not_open' })
  })

  it('tells who must decide what, and what is stuck', async () => {
    const id = idIn(await propose(await person()))
    const link = `/agencies/grants/${id}`
    const links = async (who: GivenPerson, path: string) =>
      itemsOf(await who.client.get(path)).map((item) => item.link)
    expect(await links(cast.leader, '/todo')).toContain(link)
    expect(await links(cast.security, '/todo')).not.toContain(link)
    expect(await links(cast.security, '/started')).toContain(link)
    expect(await links(cast.clerk, '/todo')).not.toContain(link)
  })

  it('does what `can` says, for whoever looks at whatever grant', async () => {
    const city = await giveAuthority(app, { division: CITY, name: '青石市市场监督管理局' })
    await giveAuthority(app, { division: ELSEWHERE, name: '示例局' })
    const authorities = [cast.authority, city]
    const viewers: GivenPerson[] = []
    for (const authority of authorities)
      for (const role of ROLES) viewers.push(await givePerson(app, { authority, roles: [role] }))
    const situation = fc.record({
      viewer: fc.nat(viewers.length - 1),
      holder: fc.nat(viewers.length - 1),
      proposer: fc.nat(viewers.length - 1),
      authority: fc.constantFrom(...authorities),
      state: fc.constantFrom('proposed', 'effective', 'rejected', 'withdrawn'),
      isOver: fc.boolean(),
      verb: fc.constantFrom(['approve', 'approval'], ['reject', 'rejection'], ['withdraw', 'withdrawal']),
    })
    const check = async (given: typeof situation extends fc.Arbitrary<infer S> ? S : never) => {
      const [viewer, holder, proposer] = [given.viewer, given.holder, given.proposer].map(
        (at) => viewers[at]!,
      )
      const decider = viewers.find((one) => one !== proposer && one !== holder)!
      const id = app.newId()
      const isSettled = given.state === 'rejected'
      await record(
        { database: app.database, newId: app.newId },
        SYSTEM,
        { action: 'test.prepare' },
        (writer) =>
          writer
            .insertInto('agencies.role_grant')
            .values({
              id,
              person_id: holder!.personId,
              // A role that nobody holds in this division, so that no index stands in the way.
              role: 'reader',
              authority_id: given.authority,
              division_code: ELSEWHERE,
              valid_from: given.isOver ? '2025-01-01' : today,
              valid_until: given.isOver ? '2025-02-01' : null,
              state: given.state,
              reason: '随机情形',
              proposed_by: proposer!.personId,
              proposed_at: app.clock.now(),
              decided_by: isSettled ? decider.personId : null,
            })
            .execute(),
      )
      const [verb, noun] = given.verb
      // Whose roles change is signed out: an earlier situation may have been this viewer's.
      const client = await app.as(viewer!.accountId)
      const shown = await client.get(`/grants/${id}`)
      const sent = verb === 'approve' ? {} : { reason: '随机情形' }
      const done = await client.post(`/grants/${id}/${noun}`, sent)
      if (shown.status === 200) {
        const why = canIn(shown.body)[verb!]
        expect(done.status === 200 ? null : (done.body as Record<string, unknown>)['code']).toBe(
          why?.code ?? null,
        )
      } else expect([403, 404]).toContain(done.status)
      await app.migrated.superuser.query(`begin; set local session_replication_role = replica;
        delete from agencies.role_grant where id = '${id}'; commit`)
    }
    await fc.assert(fc.asyncProperty(situation, check), { numRuns: process.env['SOAK'] === '1' ? 2000 : 80 })
  })
})
