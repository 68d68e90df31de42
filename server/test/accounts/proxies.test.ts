import { afterEach, describe, expect, it } from 'vitest'
import { settingsFrom } from '../../src/platform/settings.ts'
import { type TestApp, startApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'

const FORGED = '198.51.100.66'
const CLIENT = '203.0.113.5'
const PROXY = '192.0.2.1'
const OUTER_PROXY = '192.0.2.2'

onEachEngine((kind) => {
  let app: TestApp
  afterEach(() => app.close())

  /** Where the server thinks that a session began, whose sign-in came with such a header. */
  async function addressSeen(setting: string, from: string, forwardedFor: string): Promise<unknown> {
    app = await startApp(kind, { env: { SUNLOT_TRUST_PROXY: setting } })
    const person = await givePerson(app, { roles: ['clerk'] })
    const { username, password } = person
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/v1/session',
      remoteAddress: from,
      headers: { 'content-type': 'application/json', 'x-forwarded-for': forwardedFor },
      payload: JSON.stringify({ username, password, code: person.code() }),
    })
    expect(answer.statusCode).toBe(200)
    const { body } = await person.client.get('/me/sessions')
    const items = body['items'] as unknown as { readonly device: string; readonly address: string }[]
    return items.find(({ device }) => device !== 'test')?.address
  }

  it.each([
    ['without a proxy, the peer', '', FORGED, CLIENT, CLIENT],
    ['behind one, what it appended', '1', `${FORGED}, ${CLIENT}`, PROXY, CLIENT],
    ['behind two, what the outer one appended', '2', `${FORGED}, ${CLIENT}, ${OUTER_PROXY}`, PROXY, CLIENT],
    [
      'behind named ones, the first that is none of them',
      '192.0.2.0/24',
      `${FORGED}, ${CLIENT}, ${OUTER_PROXY}`,
      PROXY,
      CLIENT,
    ],
    ['past a named one, the peer', PROXY, FORGED, CLIENT, CLIENT],
  ])('knows as the address of a client: %s', async (_what, setting, forwardedFor, from, address) => {
    expect(await addressSeen(setting, from, forwardedFor)).toBe(address)
  })
})

describe('SUNLOT_TRUST_PROXY', () => {
  it.each(['yes', '10.0.0', '10.0.0.0/33', '1, proxy.example'])('is refused as %s', (text) => {
    expect(() => settingsFrom({ SUNLOT_TRUST_PROXY: text })).toThrow(/SUNLOT_TRUST_PROXY/)
  })
})
