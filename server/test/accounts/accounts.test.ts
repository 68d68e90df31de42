import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bearAdministrators, resetByOperator } from '../../src/accounts/index.ts'
import { DECIDERS } from '../../src/platform/actor.ts'
import { POLICY } from '../../src/policy.ts'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'

const PURPOSE = { purpose: '本人申请，已核对工作证' }
const ELSEWHERE = '990202'

onEachEngine((kind) => {
  let app: TestApp
  let system: GivenPerson
  let security: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    system = await givePerson(app, { roles: ['systemAdministrator'] })
    security = await givePerson(app, { roles: ['securityAdministrator'] })
  })
  afterAll(() => app.close())

  /** Somebody who works here and has no account. */
  async function newcomer(authorityId: string, name = '新来的人'): Promise<string> {
    const { client } = system
    const { status, body } = await client.post('/people', { authorityId, name })
    expect(status).toBe(201)
    return String(body['id'])
  }

  describe('a new account', () => {
    it('comes with a password that is good once and must be changed', async () => {
      const personId = await newcomer(system.authorityId)
      const { status, body } = await system.client.post('/accounts', { personId, username: 'new.comer' })
      expect(status).toBe(201)
      expect(body).toMatchObject({
        username: 'new.comer',
        state: 'active',
        hasTotp: false,
        passwordChangeNeeded: true,
        can: { suspend: { code: 'not_allowed' }, reset: { code: 'not_allowed' } },
      })
      const browser = new Browser(app)
      const signIn = await browser.post('/session', { username: 'new.comer', password: body['password'] })
      expect(signIn.body).toEqual({ stage: 'enrol' })
    })

    it.each([
      ['a name that is taken', 'new.comer', 'account.username_taken'],
      ['a second one for the same person', 'second.one', 'account.person_has_one'],
    ])('is refused for %s', async (_what, username, code) => {
      const personId =
        code === 'account.person_has_one' ? system.personId : await newcomer(system.authorityId, '另一个人')
      const answer = await system.client.post('/accounts', { personId, username })
      expect(answer).toMatchObject({ status: 409, body: { code } })
    })

    it('is refused outside the division of the administrator, as if nobody were there', async () => {
      const authority = await giveAuthority(app, { division: ELSEWHERE, name: '别县市场监督管理局' })
      const there = await givePerson(app, { authority })
      const body = { personId: there.personId, username: 'far.away' }
      const missing = { ...body, personId: app.newId() }
      const [foreign, absent] = [
        await system.client.post('/accounts', body),
        await system.client.post('/accounts', missing),
      ]
      expect(foreign.status).toBe(404)
      expect({ ...foreign.body, requestId: '' }).toEqual({ ...absent.body, requestId: '' })
    })
  })

  describe('the list', () => {
    it('shows the accounts within reach, page by page, and finds by name', async () => {
      const { body } = await security.client.get('/accounts?limit=2')
      const { items, next } = body as unknown as { items: { username: string }[]; next: string }
      expect(items).toHaveLength(2)
      const rest = await security.client.get(`/accounts?limit=200&after=${next}`)
      const names = [...items, ...(rest.body['items'] as unknown as typeof items)].map((i) => i.username)
      expect(names).toEqual(names.toSorted())
      expect(new Set(names)).toHaveLength(names.length)
      expect(names).toContain('new.comer')
      const found = await security.client.get('/accounts?q=new.c')
      expect(found.body['items']).toMatchObject([{ person: { name: '新来的人' } }])
    })

    it('has no account of another county', async () => {
      const { text } = await security.client.get('/accounts?limit=200')
      expect(text).not.toContain('别县')
    })
  })

  describe('a reset', () => {
    it('takes password, second factor and sessions, and says what for', async () => {
      const person = await givePerson(app, { roles: ['clerk'] })
      const keeper = await app.as(security.accountId)
      const { status, body } = await keeper.post(`/accounts/${person.accountId}/reset`, PURPOSE)
      expect(status).toBe(200)
      expect((await person.client.get('/me')).status).toBe(401)
      const { username } = person
      const old = await new Browser(app).post('/session', {
        username,
        password: person.password,
        code: person.code(),
      })
      expect(old.status).toBe(401)
      const first = await new Browser(app).post('/session', { username, password: body['password'] })
      expect(first.body).toEqual({ stage: 'enrol' })
      const { rows } = await app.migrated.superuser.query<{ purpose: string }>(
        `select purpose from audit.event where action = 'account.reset' and object_id = $1`,
        [person.accountId],
      )
      expect(rows).toEqual([PURPOSE])
    })

    it('is refused without a purpose', async () => {
      const person = await givePerson(app)
      const keeper = await app.as(security.accountId)
      expect((await keeper.post(`/accounts/${person.accountId}/reset`, {})).status).toBe(400)
    })

    it('is refused to somebody who did not prove just now who he is', async () => {
      const person = await givePerson(app)
      const keeper = await app.as(security.accountId)
      app.clock.advance(6 * 60_000)
      const answer = await keeper.post(`/accounts/${person.accountId}/reset`, PURPOSE)
      expect(answer).toMatchObject({ status: 403, body: { code: 'reauthentication_needed' } })
    })

    it.each(DECIDERS)('of a person with the deciding role %s is refused, as the list says', async (role) => {
      const { username, accountId } = await givePerson(app, { roles: [role] })
      const keeper = await app.as(security.accountId)
      const list = await keeper.get(`/accounts?q=${username}`)
      const item = (list.body['items'] as unknown as { can: unknown; username: string }[]).find(
        (one) => one.username === username,
      )
      const refused = { code: 'account.of_decider' }
      expect(item?.can).toMatchObject({ reset: refused, bindIdentity: refused, suspend: null })
      const answer = await keeper.post(`/accounts/${accountId}/reset`, PURPOSE)
      expect(answer).toMatchObject({ status: 409, body: refused })
    })

    it('is refused for everybody by whom a grant or the law is approved', () => {
      const lines = [POLICY['grant.approve'], POLICY['law.approve']]
      const approving = lines.flatMap(({ roles }) => Object.keys(roles))
      expect(DECIDERS).toEqual(expect.arrayContaining(approving))
    })

    it('of an administrator is possible at the server itself', async () => {
      const audit = await givePerson(app, { roles: ['auditAdministrator'] })
      const { username } = audit
      const recording = { database: app.database, newId: app.newId }
      const password = await resetByOperator(recording, { username, ...PURPOSE, now: app.clock.now() })
      const answer = await new Browser(app).post('/session', { username, password })
      expect(answer.body).toEqual({ stage: 'enrol' })
    })
  })

  it('lets nobody suspend or resume his own account', async () => {
    const keeper = await app.as(security.accountId)
    for (const verb of ['suspension', 'resumption', 'reset']) {
      const answer = await keeper.post(`/accounts/${security.accountId}/${verb}`, PURPOSE)
      expect(answer).toMatchObject({ status: 409, body: { code: 'account.own' } })
    }
  })

  it('is suspended once and resumed once', async () => {
    const person = await givePerson(app)
    const keeper = await app.as(security.accountId)
    const act = async (verb: string) =>
      (await keeper.post(`/accounts/${person.accountId}/${verb}`, PURPOSE)).body
    expect(await act('resumption')).toMatchObject({ code: 'account.active' })
    expect(await act('suspension')).toMatchObject({ state: 'suspended', version: 2 })
    expect(await act('suspension')).toMatchObject({ code: 'account.suspended' })
    expect(await act('resumption')).toMatchObject({ state: 'active', version: 3 })
  })
})

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
  })
  afterAll(() => app.close())

  const beginning = (divisionCode: string) => ({
    divisionCode,
    authority: { name: '青石县市场监督管理局', shortName: '县市监局', inspects: true },
    people: {
      systemAdministrator: { name: '甲', username: 'system' },
      securityAdministrator: { name: '乙', username: 'security' },
      auditAdministrator: { name: '丙', username: 'audit' },
    },
    now: app.clock.now(),
  })
  const bear = (division = COUNTY) =>
    bearAdministrators({ database: app.database, newId: app.newId }, beginning(division))

  it('begins with three administrators, once, whoever else tries at the same moment', async () => {
    await expect(bear()).rejects.toMatchObject({ refusal: { code: 'account.no_such_division' } })
    await giveAuthority(app, { division: COUNTY, name: '青石县司法局' })
    const tries = await Promise.allSettled([bear(), bear()])
    const done = tries.filter((one) => one.status === 'fulfilled')
    expect(done).toHaveLength(1)
    await expect(bear()).rejects.toMatchObject({ refusal: { code: 'account.not_the_first' } })
    const [born] = done.map(({ value }) => value)
    expect(born?.map(({ role }) => role)).toEqual([
      'systemAdministrator',
      'securityAdministrator',
      'auditAdministrator',
    ])
    for (const { username, password, role } of born ?? []) {
      const browser = new Browser(app)
      const answer = await browser.post('/session', { username, password })
      expect(answer.body).toEqual({ stage: 'enrol' })
      expect((await browser.get('/me')).body).toMatchObject({ grants: [{ role, divisionCode: COUNTY }] })
    }
  })
})
