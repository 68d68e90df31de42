import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { endSessionsOfPerson } from '../../src/accounts/index.ts'
import { sweepSessions } from '../../src/accounts/sessions.store.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, giveAuthority, givePerson, type GivenPerson } from '../support/people.ts'

const MINUTE = 60_000

onEachEngine((kind) => {
  let app: TestApp
  let person: GivenPerson
  let keeper: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    person = await givePerson(app, { roles: ['clerk'] })
    keeper = await givePerson(app, { roles: ['securityAdministrator'] })
  })
  afterAll(() => app.close())

  async function signedIn(): Promise<Browser> {
    app.clock.advance(MINUTE)
    const browser = new Browser(app)
    const { username, password } = person
    const answer = await browser.post('/session', { username, password, code: person.code() })
    expect(answer.status).toBe(200)
    return browser
  }
  const works = async (browser: Browser) => (await browser.get('/me')).status === 200

  // A sign-in reads, then hashes for some 30 ms, then writes; each of these begins at another moment of a reset.
  it.each([-24, -18, -12, -6, 0, 6, 12])(
    'is never opened with the password of before a reset that begins %i ms after the sign-in',
    async (ms) => {
      const one = await givePerson(app, { roles: ['clerk'] })
      const by = await app.as(keeper.accountId)
      const browser = new Browser(app)
      const given = { username: one.username, password: one.password, code: one.code() }
      const [reset] = await Promise.all([
        delay(Math.max(0, ms)).then(() =>
          by.post(`/accounts/${one.accountId}/reset`, { purpose: '怀疑密码泄露' }),
        ),
        delay(Math.max(0, -ms)).then(() => browser.post('/session', given)),
      ])
      expect(reset.status).toBe(200)
      expect(await works(browser)).toBe(false)
    },
  )

  describe('a stolen cookie opens nothing any more', () => {
    it.each<[string, (browser: Browser) => Promise<unknown>]>([
      ['its owner signed out', (browser) => browser.delete('/session')],
      [
        'its owner proved again who he is',
        async (browser) => {
          app.clock.advance(MINUTE)
          const proof = { password: person.password, code: person.code() }
          expect((await browser.post('/me/reauthentication', proof)).status).toBe(204)
          expect(await works(browser)).toBe(true)
        },
      ],
      [
        'its owner ended all other sessions from another device',
        async () => (await signedIn()).delete('/me/sessions'),
      ],
      [
        'he lost a role',
        async () => {
          const { client } = keeper
          const { items } = (await client.get(`/grants?person=${person.personId}`)).body as unknown as {
            items: { id: string }[]
          }
          const withdrawal = await client.post(`/grants/${items[0]!.id}/withdrawal`, { reason: '岗位调整' })
          expect(withdrawal.status).toBe(200)
        },
      ],
      [
        'he left',
        () =>
          record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.revoke' }, (writer) =>
            endSessionsOfPerson(writer, { personId: person.personId, now: app.clock.now() }),
          ),
      ],
      [
        'its account was suspended',
        async () => {
          const administrator = await app.as(keeper.accountId)
          const act = (verb: string) =>
            administrator.post(`/accounts/${person.accountId}/${verb}`, { purpose: '账号被盗用' })
          expect((await act('suspension')).status).toBe(200)
          expect((await act('resumption')).status).toBe(200)
        },
      ],
      ['nobody used it for the idle time', () => Promise.resolve(app.clock.advance(21 * MINUTE))],
      [
        'it is as old as a session may become, however busy',
        async (browser) => {
          for (let at = 0; at < 8 * 60 + 15; at += 15) {
            await browser.get('/me')
            app.clock.advance(15 * MINUTE)
          }
        },
      ],
    ])('once %s', async (_when, happens) => {
      const browser = await signedIn()
      const thief = browser.stolen()
      expect(await works(thief)).toBe(true)
      await happens(browser)
      const { status, body } = await thief.get('/me')
      expect({ status, code: body['code'] }).toEqual({ status: 401, code: 'sign_in_needed' })
    })
  })

  it('lists the devices of its owner, tells which is this one, and ends one', async () => {
    app.clock.advance(9 * 60 * MINUTE)
    const [here, there] = [await signedIn(), await signedIn()]
    const items = (await here.get('/me/sessions')).body['items'] as unknown as {
      id: string
      current: boolean
    }[]
    expect(items).toMatchObject([
      { device: 'a test browser', address: '192.0.2.1', method: 'password', current: false },
      { current: true },
    ])
    const other = items.find(({ current }) => !current)!
    expect((await here.delete(`/me/sessions/${other.id}`)).status).toBe(204)
    expect(await works(there)).toBe(false)
    expect(await works(here)).toBe(true)
  })

  it('does not end the session of somebody else', async () => {
    const stranger = await givePerson(app)
    const browser = await signedIn()
    const [mine] = (await browser.get('/me/sessions')).body['items'] as unknown as { id: string }[]
    const answer = await stranger.client.delete(`/me/sessions/${mine!.id}`)
    expect(answer).toMatchObject({ status: 404, body: { code: 'not_found' } })
    expect(await works(browser)).toBe(true)
  })

  it('acts for another authority only where its owner has a role', async () => {
    const bureau = await giveAuthority(app, { division: COUNTY, name: '青石县司法局' })
    const elsewhere = await giveAuthority(app, { division: COUNTY, name: '青石县水利局' })
    const two = await givePerson(app, { roles: ['clerk'] })
    await giveRole(two, bureau)
    const { client } = two
    const acting = await client.post('/me/acting', { authorityId: bureau })
    expect(acting).toMatchObject({
      status: 200,
      body: { acting: { authorityName: '青石县司法局' }, grants: [{ role: 'oversight' }] },
    })
    expect((await client.get('/me')).body['authorities']).toHaveLength(2)
    expect((await client.post('/me/acting', { authorityId: elsewhere })).status).toBe(404)
  })

  async function giveRole({ personId }: GivenPerson, authorityId: string): Promise<void> {
    const now = app.clock.now()
    await record({ database: app.database, newId: app.newId }, SYSTEM, { action: 'test.grant' }, (writer) =>
      writer
        .insertInto('agencies.role_grant')
        .values({
          id: app.newId(),
          person_id: personId,
          role: 'oversight',
          authority_id: authorityId,
          division_code: COUNTY,
          valid_from: '2020-01-01',
          state: 'effective',
          reason: '测试所需',
          proposed_at: now,
        })
        .execute(),
    )
  }

  it('is taken away when it has been over for long enough', async () => {
    const browser = await signedIn()
    await browser.delete('/session')
    const day = 24 * 60 * MINUTE
    const limits = { idleMs: 20 * MINUTE, absoluteMs: 8 * 60 * MINUTE }
    const sweep = () => sweepSessions(app.database, { now: app.clock.now(), keptMs: 30 * day, limits })
    expect(await sweep()).toBe(0)
    app.clock.advance(31 * day)
    expect(await sweep()).toBeGreaterThan(5)
    const { rows } = await app.migrated.superuser.query(`select from accounts.session`)
    expect(rows).toHaveLength(0)
  })
})
