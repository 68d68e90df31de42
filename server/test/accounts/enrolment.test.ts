import { TOTP } from 'otpauth'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApp, startApp } from '../support/app.ts'
import { Browser } from '../support/browser.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'

const NEW_PASSWORD = '三更灯火 五更鸡 正是读书时'
const STEP_MS = 30_000

onEachEngine((kind) => {
  let app: TestApp
  beforeAll(async () => {
    app = await startApp(kind)
  })
  afterAll(() => app.close())

  const codeOf = (secret: string) => new TOTP({ secret }).generate({ timestamp: app.clock.now().getTime() })

  async function atTheDoor() {
    const person = await givePerson(app, { roles: ['clerk'], fresh: true })
    const browser = new Browser(app)
    const { username, password } = person
    const signIn = await browser.post('/session', { username, password })
    expect(signIn).toMatchObject({ status: 200, body: { stage: 'enrol' } })
    return { person, browser }
  }

  async function enrolled() {
    const { person, browser } = await atTheDoor()
    const change = { password: person.password, newPassword: NEW_PASSWORD }
    await browser.post('/me/password', change)
    const { secret } = (await browser.post('/me/totp')).body as unknown as { secret: string }
    const { body } = await browser.post('/me/totp/confirmation', { code: codeOf(secret) })
    return { person, browser, secret, codes: body['recoveryCodes'] as unknown as string[] }
  }

  it('lets a first sign-in do nothing but enrol', async () => {
    const { browser } = await atTheDoor()
    expect((await browser.get('/me')).body).toMatchObject({
      stage: 'enrol',
      steps: ['changePassword', 'setUpTotp'],
      passwordChangeNeeded: true,
    })
    for (const path of ['/me/sessions', '/people', '/accounts']) {
      const { status, body } = await browser.get(path)
      expect({ path, status, code: body['code'] }).toEqual({
        path,
        status: 403,
        code: 'second_factor_needed',
      })
    }
  })

  it('becomes a full session with the last step, under another token', async () => {
    const { person, browser } = await atTheDoor()
    const thief = browser.stolen()
    const change = { password: person.password, newPassword: NEW_PASSWORD }
    expect((await browser.post('/me/password', change)).body).toEqual({ stage: 'enrol' })
    expect((await thief.get('/me')).status).toBe(401)
    const second = browser.stolen()
    const { body } = await browser.post('/me/totp')
    const { secret, uri } = body as unknown as { secret: string; uri: string }
    expect(uri).toContain(`secret=${secret}`)
    expect(decodeURIComponent(uri)).toContain(`阳光双随机:${person.username}`)
    const wrong = await browser.post('/me/totp/confirmation', { code: '000000' })
    expect(wrong).toMatchObject({ status: 422, body: { code: 'totp.code_wrong' } })
    const done = await browser.post('/me/totp/confirmation', { code: codeOf(secret) })
    expect(done.status).toBe(200)
    expect(new Set(done.body['recoveryCodes'])).toHaveLength(10)
    expect((await second.get('/me')).status).toBe(401)
    expect((await browser.get('/me')).body).toMatchObject({ stage: 'full', steps: [], recoveryCodesLeft: 10 })
  })

  it('signs in afterwards with the new password and the app, and not with the old password', async () => {
    const { person, secret } = await enrolled()
    const { username } = person
    app.clock.advance(STEP_MS)
    const old = await new Browser(app).post('/session', {
      username,
      password: person.password,
      code: codeOf(secret),
    })
    expect(old.status).toBe(401)
    const now = await new Browser(app).post('/session', {
      username,
      password: NEW_PASSWORD,
      code: codeOf(secret),
    })
    expect(now).toMatchObject({ status: 200, body: { stage: 'signedIn' } })
  })

  it('takes each recovery code once in place of a code, however it is typed', async () => {
    const { person, codes } = await enrolled()
    const { username } = person
    const typed = codes[0]!.toUpperCase().replaceAll('-', ' ')
    const use = () => new Browser(app).post('/session', { username, password: NEW_PASSWORD, code: typed })
    expect((await use()).status).toBe(200)
    expect((await use()).status).toBe(401)
  })

  it('keeps neither recovery codes, nor the secret, nor a password in the database or its trail', async () => {
    const { codes, secret } = await enrolled()
    const { rows } = await app.migrated.superuser.query<{ tables: string }>(
      `select query_to_xml('select * from accounts.credential, accounts.recovery_code', true, false, '')::text
        || query_to_xml('select * from audit.change', true, false, '')::text
        || query_to_xml('select * from log.leaf', true, false, '')::text
        || query_to_xml('select * from platform.idempotency_key', true, false, '')::text as tables`,
    )
    for (const text of [...codes, secret, NEW_PASSWORD]) expect(rows[0]?.tables).not.toContain(text)
  })

  it('replaces recovery codes only for somebody who has just proved who he is', async () => {
    const { person, browser, secret, codes } = await enrolled()
    app.clock.advance(6 * 60_000)
    const refused = await browser.post('/me/recovery-codes')
    expect(refused).toMatchObject({ status: 403, body: { code: 'reauthentication_needed' } })
    await browser.post('/me/reauthentication', { password: NEW_PASSWORD, code: codeOf(secret) })
    const { status, body } = await browser.post('/me/recovery-codes')
    expect(status).toBe(200)
    expect(body['recoveryCodes']).toHaveLength(10)
    const { username } = person
    const old = { username, password: NEW_PASSWORD, code: codes[3] }
    expect((await new Browser(app).post('/session', old)).status).toBe(401)
  })

  it('binds another app only after proof, and keeps the old one until the new one has shown a code', async () => {
    const { person, browser, secret } = await enrolled()
    app.clock.advance(6 * 60_000)
    expect((await browser.post('/me/totp')).body).toMatchObject({ code: 'reauthentication_needed' })
    await browser.post('/me/reauthentication', { password: NEW_PASSWORD, code: codeOf(secret) })
    const { secret: next } = (await browser.post('/me/totp')).body as unknown as { secret: string }
    app.clock.advance(STEP_MS)
    const { username } = person
    const signIn = (code: string) =>
      new Browser(app).post('/session', { username, password: NEW_PASSWORD, code })
    expect((await signIn(codeOf(secret))).status).toBe(200)
    app.clock.advance(STEP_MS)
    expect((await browser.post('/me/totp/confirmation', { code: codeOf(next) })).status).toBe(200)
    app.clock.advance(STEP_MS)
    expect((await signIn(codeOf(secret))).status).toBe(401)
    expect((await signIn(codeOf(next))).status).toBe(200)
  })

  it('ends the other sessions when the password changes', async () => {
    const { person, browser, secret } = await enrolled()
    app.clock.advance(STEP_MS)
    const other = new Browser(app)
    const { username } = person
    await other.post('/session', { username, password: NEW_PASSWORD, code: codeOf(secret) })
    const change = { password: NEW_PASSWORD, newPassword: `${NEW_PASSWORD}！` }
    expect((await browser.post('/me/password', change)).status).toBe(200)
    expect((await other.get('/me')).status).toBe(401)
    expect((await browser.get('/me')).status).toBe(200)
  })

  it.each([
    ['short', 'password.too_short'],
    ['qwerty123456789', 'password.too_common'],
    [NEW_PASSWORD, 'password.unchanged'],
  ])('says why it does not take the password %s', async (newPassword, code) => {
    const { browser } = await enrolled()
    const answer = await browser.post('/me/password', { password: NEW_PASSWORD, newPassword })
    expect(answer).toMatchObject({ status: 422, body: { code } })
  })

  it('tells on the first page what waits about the account', async () => {
    const { browser, codes, person } = await enrolled()
    const { username } = person
    for (const code of codes.slice(0, 7))
      await new Browser(app).post('/session', { username, password: NEW_PASSWORD, code })
    const { items } = (await browser.get('/todo')).body as unknown as { items: { code: string }[] }
    expect(items).toContainEqual(
      expect.objectContaining({ code: 'account.few_recovery_codes', params: { left: 3 } }),
    )
  })
})
