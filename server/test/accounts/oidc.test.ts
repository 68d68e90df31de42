import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson, type GivenPerson } from '../support/people.ts'
import { CLIENT, PUBLIC_URL, type RunningProvider, startProvider } from './identity-provider.ts'

onEachEngine((kind) => {
  let provider: RunningProvider
  let app: TestApp
  let person: GivenPerson
  let keeper: GivenPerson
  beforeAll(async () => {
    provider = await startProvider()
    app = await startApp(kind, { env: settings(provider.issuer) })
    person = await givePerson(app, { roles: ['clerk'] })
    keeper = await givePerson(app, { roles: ['securityAdministrator'] })
    await bind('li.si')
  })
  afterAll(async () => {
    await app.close()
    await provider.close()
  })

  const settings = (issuer: string) => ({
    OIDC_ISSUER: issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    SUNLOT_PUBLIC_URL: PUBLIC_URL,
  })
  const bind = async (subject: string) =>
    (await app.as(keeper.accountId)).post(`/accounts/${person.accountId}/identities`, {
      subject,
      purpose: '接入统一身份认证',
    })
  const start = async (browser: Browser, query = '') => {
    const { status, headers } = await browser.get(`/oidc/start${query}`)
    expect(status).toBe(303)
    return String(headers['location'])
  }
  const back = async (browser: Browser, { pathname, search }: URL) => {
    const { status, headers } = await browser.get(`/${pathname}${search}`)
    expect(status).toBe(303)
    return String(headers['location'])
  }
  const come = async (browser: Browser, subject: string, query = '') =>
    back(browser, await provider.signIn(await start(browser, query), subject))

  it('goes out with a challenge, a state and a nonce that are new each time', async () => {
    const [one, two] = [new URL(await start(new Browser(app))), new URL(await start(new Browser(app)))]
    for (const name of ['state', 'nonce', 'code_challenge'])
      expect(one.searchParams.get(name)).not.toBe(two.searchParams.get(name))
    expect(one.searchParams.get('code_challenge_method')).toBe('S256')
    expect(one.searchParams.get('response_type')).toBe('code')
  })

  it('lets in whom an administrator bound, and asks for the code of the app', async () => {
    const browser = new Browser(app)
    expect(await come(browser, 'li.si', '?returnTo=/people')).toBe('/enrolment')
    expect((await browser.get('/me')).body).toMatchObject({ stage: 'enrol', steps: ['giveCode'] })
    expect((await browser.get('/me/sessions')).status).toBe(403)
    expect((await browser.post('/me/totp')).body).toMatchObject({ code: 'second_factor_needed' })
    const thief = browser.stolen()
    app.clock.advance(30_000)
    const answer = await browser.post('/me/second-factor', { code: person.code() })
    expect(answer).toMatchObject({ status: 200, body: { stage: 'signedIn' } })
    expect((await browser.get('/me')).body).toMatchObject({ stage: 'full', session: { method: 'oidc' } })
    expect((await thief.get('/me')).status).toBe(401)
  })

  it('holds back guesses at that code', async () => {
    const browser = new Browser(app)
    await come(browser, 'li.si')
    const statuses = []
    for (let n = 0; n < 7; n++)
      statuses.push((await browser.post('/me/second-factor', { code: '000000' })).status)
    expect(statuses.slice(-2)).toEqual([429, 429])
    app.clock.advance(3_600_000)
  })

  it('makes no account for whom nobody bound', async () => {
    const browser = new Browser(app)
    expect(await come(browser, 'wang.wu')).toBe('/sign-in?problem=oidc.not_bound')
    expect(browser.cookies.size).toBe(0)
    const { rows } = await app.migrated.superuser.query<{ n: number }>(
      `select count(*)::int as n from audit.event where action = 'oidc.finish' and refusal_code = 'oidc.not_bound'`,
    )
    expect(rows[0]?.n).toBe(1)
  })

  it('comes back only to the browser that went out, only with its own state, and only once', async () => {
    const browser = new Browser(app)
    const home = await provider.signIn(await start(browser), 'li.si')
    expect(await back(new Browser(app), home)).toBe('/sign-in?problem=oidc.attempt_lost')
    const other = new Browser(app)
    await start(other)
    expect(await back(other, home)).toBe('/sign-in?problem=oidc.failed')
    const again = browser.stolen()
    expect(await back(browser, home)).toBe('/enrolment')
    expect(await back(again, home)).toBe('/sign-in?problem=oidc.failed')
  })

  it('does not wait for ever for somebody to come back', async () => {
    const browser = new Browser(app)
    const home = await provider.signIn(await start(browser), 'li.si')
    app.clock.advance(601_000)
    expect(await back(browser, home)).toBe('/sign-in?problem=oidc.attempt_lost')
  })

  it('says so where somebody declined', async () => {
    const browser = new Browser(app)
    const home = await provider.decline(await start(browser))
    expect(await back(browser, home)).toBe('/sign-in?problem=oidc.declined')
  })

  it('binds a subject to one account only, and keeps no subject in plain text', async () => {
    const answer = await bind('li.si')
    expect(answer).toMatchObject({ status: 409, body: { code: 'identity.bound_already' } })
    const { rows } = await app.migrated.superuser.query<{ tables: string }>(
      `select query_to_xml('select * from accounts.identity', true, false, '')::text
        || query_to_xml('select * from audit.change', true, false, '')::text
        || query_to_xml('select * from audit.event', true, false, '')::text as tables`,
    )
    expect(rows[0]?.tables).not.toContain('li.si')
  })

  it('opens nothing any more once the identity is withdrawn', async () => {
    const bound = await bind('zhao.liu')
    const [identity] = (bound.body['identities'] as unknown as { id: string }[]).slice(-1)
    const browser = new Browser(app)
    await come(browser, 'zhao.liu')
    const administrator = await app.as(keeper.accountId)
    const withdrawn = await administrator.delete(`/accounts/${person.accountId}/identities/${identity!.id}`)
    expect(withdrawn.status).toBe(200)
    expect((await browser.get('/me')).status).toBe(401)
    expect(await come(new Browser(app), 'zhao.liu')).toBe('/sign-in?problem=oidc.not_bound')
  })

  describe('where the provider is trusted with the second factor', () => {
    let trusting: TestApp
    let official: GivenPerson
    beforeAll(async () => {
      trusting = await startApp(kind, {
        env: { ...settings(provider.issuer), SUNLOT_OIDC_SECOND_FACTOR: '1' },
      })
      official = await givePerson(trusting, { roles: ['clerk'], fresh: true })
      const guard = await givePerson(trusting, { roles: ['securityAdministrator'] })
      const binding = { subject: 'sun.qi', purpose: '接入统一身份认证' }
      await guard.client.post(`/accounts/${official.accountId}/identities`, binding)
    })
    afterAll(() => trusting.close())

    it('opens a full session and goes back to the page, but proves nothing afresh', async () => {
      const browser = new Browser(trusting)
      expect(await come(browser, 'sun.qi', '?returnTo=%2Fpeople%3Fq%3Da')).toBe('/people?q=a')
      expect((await browser.get('/me')).body).toMatchObject({
        stage: 'full',
        session: { reauthenticatedUntil: null },
      })
      expect((await browser.post('/me/recovery-codes')).body).toMatchObject({
        code: 'reauthentication_needed',
      })
    })

    it('counts as proved again who gave his credentials there afresh', async () => {
      const browser = new Browser(trusting)
      const address = await start(browser, '?fresh=true')
      expect(new URL(address).searchParams.get('prompt')).toBe('login')
      await back(browser, await provider.signIn(address, 'sun.qi'))
      expect((await browser.post('/me/recovery-codes')).status).toBe(200)
    })

    it.each(['//elsewhere.example', 'https://elsewhere.example', '/api/v1/me'])(
      'goes to its own first page and not to %s',
      async (path) => {
        const query = `?returnTo=${encodeURIComponent(path)}`
        expect(await come(new Browser(trusting), 'sun.qi', query)).toBe('/')
      },
    )
  })

  it('says that the provider is away, and signs in by password meanwhile', async () => {
    const alone = await startApp(kind, { env: settings('http://127.0.0.1:9') })
    const { headers } = await new Browser(alone).get('/oidc/start')
    expect(headers['location']).toBe('/sign-in?problem=oidc.unavailable')
    const official = await givePerson(alone)
    const { username, password } = official
    const answer = await new Browser(alone).post('/session', { username, password, code: official.code() })
    expect(answer.status).toBe(200)
    await alone.close()
  })

  it('says that none is set up', async () => {
    const without = await startApp(kind)
    const { headers } = await new Browser(without).get('/oidc/start')
    expect(headers['location']).toBe('/sign-in?problem=oidc.not_set_up')
    await without.close()
  })
})
