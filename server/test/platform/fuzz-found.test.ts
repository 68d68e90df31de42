// What fuzzing found, each with the answer that it must have.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, givePerson, type GivenPerson } from '../support/people.ts'

const cursor = (...key: readonly string[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')
const ID = '01900000-0000-7000-8000-000000000000'

onEachEngine((kind) => {
  let app: TestApp
  let system: GivenPerson
  let audit: GivenPerson
  let clerk: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    system = await givePerson(app, { roles: ['systemAdministrator'] })
    audit = await givePerson(app, { roles: ['auditAdministrator'] })
    clerk = await givePerson(app, { roles: ['clerk'] })
  })
  afterAll(() => app.close())

  const short = ({ status, body }: Answer): string => `${status} ${String(body['code'])}`

  it.each([
    ['/jobs', cursor('yesterday', ID)],
    ['/jobs', cursor('2026-02-30 08:00:00+00', ID)],
    ['/jobs', cursor('2026-02-20 08:00:00+99', ID)],
    ['/notifications', cursor('2026-02-20 08:00:00.123456+00', 'x')],
    ['/grants', cursor('x')],
    ['/people', cursor('李', 'x')],
    ['/people', cursor('\0', ID)],
    ['/authorities', cursor('青石县', '')],
    ['/organisation-imports', cursor('x')],
    ['/accounts', cursor('\ud800')],
  ])('%s refuses a cursor that no list gave: %s', async (path, after) => {
    expect(short(await system.client.get(`${path}?after=${after}`))).toBe('400 cursor_malformed')
  })

  it('takes the cursors that lists give', async () => {
    for (let n = 0; n < 2; n++) await clerk.client.post(`/jobs/${ID}/cancellation`)
    for (const [person, path] of [
      [audit, '/audit/events'],
      [system, '/people'],
      [system, '/accounts'],
    ] as const) {
      const { body } = await person.client.get(`${path}?limit=1`)
      const next = String((body as Record<string, unknown>)['next'])
      expect((await person.client.get(`${path}?limit=1&after=${next}`)).status).toBe(200)
    }
  })

  it.each(['0000-01-01', '0026-01-01', '9999-12-31', '2026-02-30'])('takes %s for no day', async (day) => {
    const { client } = system
    expect(short(await client.post(`/people/${clerk.personId}/departure`, { leftOn: day }))).toBe(
      '400 invalid_input',
    )
    const query = `division=${COUNTY}&key=publication.result_deadline&start=${day}`
    expect(short(await client.get(`/law/deadline?${query}`))).toBe('400 invalid_input')
  })

  it.each(['1900-01-01', '2006-06-01', '2999-12-31'])(
    'says what a deadline is from %s on, or why not',
    async (day) => {
      const query = `division=${COUNTY}&key=publication.result_deadline&start=${day}`
      expect([200, 422]).toContain((await system.client.get(`/law/deadline?${query}`)).status)
    },
  )

  it('refuses texts that no database keeps, wherever they stand', async () => {
    const { client } = system
    const authority = { divisionCode: COUNTY, name: '青石县\ud800局', shortName: '某局', inspects: true }
    expect(short(await client.post('/authorities', authority))).toBe('400 text_not_storable')
    expect(short(await client.get('/people?q=%00'))).toBe('400 text_not_storable')
    const headers = { purpose: '%00' }
    expect(short(await client.post('/organisation-imports/x/application', undefined, headers))).toBe(
      '400 invalid_input',
    )
    expect(short(await client.post(`/organisation-imports/${ID}/application`, undefined, headers))).toBe(
      '400 purpose_malformed',
    )
  })

  it.each([
    ['局', '400 invalid_input'],
    // Two characters that are one in their normal form, which is what the database counts.
    ['e\u0301', '409 text_length'],
  ])('refuses a name that is too short, as its normal form is too: %j', async (name, refusal) => {
    const authority = { divisionCode: COUNTY, name, shortName: '某局', inspects: true }
    expect(short(await system.client.post('/authorities', authority))).toBe(refusal)
  })

  it('answers an address that cannot be decoded as it answers everything', async () => {
    const answer = await system.client.get('/people/%ff%fe')
    expect(short(answer)).toBe('400 malformed_request')
    expect(answer.headers['content-type']).toContain('application/problem+json')
  })

  it('knows no clock that shows a leap second', async () => {
    expect(short(await system.client.post('/clock', { now: '2030-12-31T23:59:60Z' }))).toBe(
      '409 clock.no_such_moment',
    )
  })

  describe('a code that is none', () => {
    it.each(['１２３４５６', '𝆹𝅥𝅯', '12345', '1234567', 'ⅷⅷⅷⅷⅷⅷ'])(
      'tells nobody which names are known: %s',
      async (code) => {
        const signIn = (username: string): Promise<Answer> =>
          app.anonymous.post('/session', { username, password: '不是这个密码', code })
        const known = await signIn(clerk.username)
        const unknown = await signIn('nobody.at.all')
        expect([short(known), short(unknown)]).toEqual(['401 sign_in_refused', '401 sign_in_refused'])
        app.clock.advance(600_000)
      },
    )
  })
})
