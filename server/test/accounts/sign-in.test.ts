import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson, type GivenPerson } from '../support/people.ts'

const STEP_MS = 30_000

onEachEngine((kind) => {
  let app: TestApp
  let person: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    person = await givePerson(app, { roles: ['clerk'] })
  })
  afterAll(() => app.close())

  const credentials = () => {
    app.clock.advance(STEP_MS)
    return { username: person.username, password: person.password, code: person.code() }
  }
  const refusals = async () => {
    const { rows } = await app.migrated.superuser.query<{ object_id: string; refusal_code: string }>(
      `select object_id, refusal_code from audit.event where action = 'session.signIn' and outcome = 'refused' order by at`,
    )
    return rows
  }

  describe('signing in', () => {
    it('opens a session by username, password and code, whatever the case of the name', async () => {
      const browser = new Browser(app)
      const given = credentials()
      const answer = await browser.post('/session', {
        ...given,
        username: ` ${given.username.toUpperCase()} `,
      })
      expect(answer).toMatchObject({ status: 200, body: { stage: 'signedIn' } })
      const me = await browser.get('/me')
      expect(me.body).toMatchObject({
        name: person.name,
        stage: 'full',
        steps: [],
        hasTotp: true,
        acting: { authorityId: person.authorityId, divisionName: '青石县' },
        grants: [{ role: 'clerk' }],
      })
    })

    it('sets a cookie that only this host, over TLS, and no script can have', async () => {
      const { headers } = await new Browser(app).post('/session', credentials())
      const [session = ''] = headers['set-cookie'] as string[]
      expect(session).toMatch(/^__Host-sunlot=[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax$/)
    })

    it('writes down who signed in, and keeps neither password nor token', async () => {
      const browser = new Browser(app)
      await browser.post('/session', credentials())
      const { rows } = await app.migrated.superuser.query<{ actor_id: string; text: string }>(
        `select actor_id, row_to_json(e)::text as text from audit.event e where action = 'session.signIn' and actor_id = $1 order by at desc limit 1`,
        [person.personId],
      )
      expect(rows[0]?.actor_id).toBe(person.personId)
      const { rows: dump } = await app.migrated.superuser.query<{ all: string }>(
        `select string_agg(s::text, ' ') as all from accounts.session s`,
      )
      expect(dump[0]?.all).not.toContain(browser.cookies.get('__Host-sunlot'))
    })

    it('takes the place of the session that the browser had', async () => {
      const browser = new Browser(app)
      await browser.post('/session', credentials())
      const before = browser.stolen()
      await browser.post('/session', credentials())
      expect((await before.get('/me')).status).toBe(401)
      expect((await browser.get('/me')).status).toBe(200)
    })
  })

  describe('one refusal for everything that is wrong', () => {
    it.each([
      ['an unknown name', () => ({ ...credentials(), username: 'nobody.here' })],
      ['a name that none can have', () => ({ ...credentials(), username: "' or 1=1 --" })],
      ['a wrong password', () => ({ ...credentials(), password: 'not the right one' })],
      ['no code', () => ({ username: person.username, password: person.password })],
      ['a wrong code', () => ({ ...credentials(), code: '000000' })],
      ['a recovery code of nobody', () => ({ ...credentials(), code: 'aaaa-bbbb-cccc-dddd' })],
    ])('%s', async (_what, given) => {
      const before = (await refusals()).length
      const browser = new Browser(app, `192.0.2.${Math.ceil(Math.random() * 200)}`)
      app.clock.advance(3_600_000)
      const { status, body } = await browser.post('/session', given())
      expect({ status, code: body['code'], params: body['params'] }).toEqual({
        status: 401,
        code: 'sign_in_refused',
        params: {},
      })
      expect(browser.cookies.size).toBe(0)
      expect(await refusals()).toHaveLength(before + 1)
    })

    it('a suspended account, with everything right', async () => {
      const other = await givePerson(app)
      await app.migrated.superuser.query(`set session_replication_role = replica`)
      await app.migrated.superuser.query(`update accounts.account set state = 'suspended' where id = $1`, [
        other.accountId,
      ])
      await app.migrated.superuser.query(`set session_replication_role = origin`)
      const { username, password } = other
      const answer = await new Browser(app).post('/session', { username, password, code: other.code() })
      expect(answer).toMatchObject({ status: 401, body: { code: 'sign_in_refused' } })
    })

    it('and no name that was typed stands in the trail', async () => {
      const text = JSON.stringify(await refusals())
      expect(text).not.toContain('nobody.here')
      expect(text).not.toContain(person.username)
      for (const { object_id } of await refusals()) expect(object_id).toMatch(/^[0-9a-f]{64}$/)
    })
  })

  describe('a code', () => {
    it('is good once', async () => {
      const given = credentials()
      expect((await new Browser(app).post('/session', given)).status).toBe(200)
      expect((await new Browser(app).post('/session', given)).status).toBe(401)
    })

    it('is good once also where two send it at the same moment', async () => {
      const given = credentials()
      const answers = await Promise.all(
        [1, 2, 3].map((n) => new Browser(app, `203.0.113.${n}`).post('/session', given)),
      )
      expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 401, 401])
    })

    it('may be one step old, and not two', async () => {
      app.clock.advance(3_600_000)
      const given = credentials()
      app.clock.advance(STEP_MS)
      expect((await new Browser(app).post('/session', given)).status).toBe(200)
      const older = credentials()
      app.clock.advance(2 * STEP_MS)
      expect((await new Browser(app).post('/session', older)).status).toBe(401)
    })
  })
})
