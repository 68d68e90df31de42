import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { sweepThrottle } from '../../src/accounts/throttle.store.ts'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson, type GivenPerson } from '../support/people.ts'

const HOUR = 3_600_000
const GUESSES = process.env['SOAK'] === '1' ? 100_000 : 1_000

onEachEngine((kind) => {
  let app: TestApp
  let person: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
  })
  beforeEach(async () => {
    person = await givePerson(app, { roles: ['clerk'] })
    app.clock.advance(24 * HOUR)
  })
  afterAll(() => app.close())

  const guess = (username: string, address = '203.0.113.9') =>
    new Browser(app, address).post('/session', { username, password: 'a guess', code: '123456' })
  const events = async (code: string) => {
    const { rows } = await app.migrated.superuser.query<{ n: number }>(
      `select count(*)::int as n from audit.event where refusal_code = $1`,
      [code],
    )
    return rows[0]?.n ?? 0
  }
  async function empty(username: string) {
    for (;;) {
      const answer = await guess(username)
      if (answer.status === 429) return answer
    }
  }

  it(`looks at no more than 10 of ${GUESSES} guesses in an hour at one account, from as many addresses`, async () => {
    const [looked, told] = [await events('sign_in_refused'), await events('too_many_attempts')]
    for (let n = 0; n < GUESSES; n++) {
      await guess(person.username, `10.${n >> 16}.${(n >> 8) & 255}.${n & 255}`)
      app.clock.advance(HOUR / GUESSES)
    }
    expect((await events('sign_in_refused')) - looked).toBeLessThanOrEqual(10)
    // The flood itself is in the trail, and does not flood it.
    const news = (await events('too_many_attempts')) - told
    expect(news).toBeGreaterThanOrEqual(1)
    expect(news).toBeLessThanOrEqual(2)
  })

  it('refuses with the time to wait, the same whether anybody has the name', async () => {
    const known = await empty(person.username)
    const unknown = await empty('nobody.at.all')
    for (const { status, body, headers } of [known, unknown]) {
      expect({ status, code: body['code'] }).toEqual({ status: 429, code: 'too_many_attempts' })
      expect(headers['retry-after']).toBe('720')
      expect(body['params']).toEqual({ seconds: 720 })
    }
  })

  it('opens again after that time, for good guesses and bad ones', async () => {
    await empty(person.username)
    app.clock.advance(719_000)
    expect((await guess(person.username)).status).toBe(429)
    app.clock.advance(1_000)
    const { username, password } = person
    const right = { username, password, code: person.code() }
    expect((await new Browser(app).post('/session', right)).status).toBe(200)
  })

  it('counts no sign-in that was right', async () => {
    const { username, password } = person
    for (let n = 0; n < 12; n++) {
      app.clock.advance(30_000)
      const right = { username, password, code: person.code() }
      expect((await new Browser(app).post('/session', right)).status).toBe(200)
    }
  })

  it('lets somebody in from a browser that he used before, whatever strangers do', async () => {
    const { username, password } = person
    const browser = new Browser(app)
    const right = () => ({ username, password, code: person.code() })
    await browser.post('/session', right())
    await browser.delete('/session')
    await empty(username)
    app.clock.advance(30_000)
    expect((await new Browser(app).post('/session', right())).status).toBe(429)
    expect((await browser.post('/session', right())).status).toBe(200)
  })

  it('believes no browser that was never there, nor one of another account', async () => {
    await empty(person.username)
    const forged = new Browser(app)
    forged.cookies.set('__Host-sunlot-device', `${'A'.repeat(22)}.${'A'.repeat(43)}`)
    const other = await givePerson(app)
    const others = new Browser(app)
    await others.post('/session', {
      username: other.username,
      password: other.password,
      code: other.code(),
    })
    for (const browser of [forged, others]) {
      const answer = await browser.post('/session', { username: person.username, password: 'x' })
      expect(answer.status).toBe(429)
    }
  })

  describe('from one address', () => {
    it('looks at so many names and no more', async () => {
      const statuses: number[] = []
      for (let n = 0; n < 70; n++) statuses.push((await guess(`stuffed.${n}`, '203.0.113.77')).status)
      expect(statuses.filter((status) => status === 401)).toHaveLength(60)
      expect((await guess(person.username, '203.0.113.78')).status).toBe(401)
    })
  })

  it('also holds back the guesses of whoever has a session and not the password', async () => {
    const proofs = []
    for (let n = 0; n < 8; n++)
      proofs.push(
        (await (await app.as(person.accountId)).post('/me/reauthentication', { password: 'x', code: '1' }))
          .status,
      )
    expect(proofs).toEqual([403, 403, 403, 403, 403, 429, 429, 429])
  })

  it('writes down the first refusal of a flood from somebody who is signed in, and no more of them', async () => {
    const client = await app.as(person.accountId)
    const told = await events('too_many_attempts')
    for (let n = 0; n < 15; n++) await client.post('/me/reauthentication', { password: 'x', code: '1' })
    expect((await events('too_many_attempts')) - told).toBe(1)
  })

  it('counts no right password that comes with a new one which is refused', async () => {
    const client = await app.as(person.accountId)
    const codes = []
    for (let n = 0; n < 8; n++)
      codes.push(
        (await client.post('/me/password', { password: person.password, newPassword: person.password })).body[
          'code'
        ],
      )
    expect(new Set(codes)).toEqual(new Set(['password.unchanged']))
  })

  it('takes no more than there is where many come at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, n) => guess('at.once', `10.9.9.${n}`)))
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5)
  })

  it('forgets buckets that are full again', async () => {
    await guess('soon.forgotten')
    app.clock.advance(25 * HOUR)
    await sweepThrottle(app.database, app.clock.now())
    const { rows } = await app.migrated.superuser.query(`select from accounts.throttle`)
    expect(rows).toHaveLength(0)
  })
})
