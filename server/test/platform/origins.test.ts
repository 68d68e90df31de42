// CSRF (O16): what another site makes a browser send is refused on every route that may change something.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SESSION_COOKIE } from '../../src/accounts/index.ts'
import { type TestApp, startApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'

const HOST = 'sunlot.example'
const ORIGINS = [
  'https://elsewhere.example',
  `https://sub.${HOST}`,
  `https://${HOST}.elsewhere.example`,
  `https://${HOST}:8443`,
  'null',
  'file://',
]
const MUTATING = ['post', 'put', 'patch', 'delete'] as const
type Method = 'POST' | 'PUT' | 'PATCH' | 'DELETE'

onEachEngine((kind) => {
  let app: TestApp
  let token: string
  let routes: readonly { readonly method: Method; readonly url: string }[]
  beforeAll(async () => {
    app = await startApp(kind)
    const { client } = await givePerson(app, { roles: ['systemAdministrator'] })
    token = client.token ?? ''
    await app.server.ready()
    routes = mutatingRoutes(app)
  })
  afterAll(() => app.close())

  const ask = (route: { readonly method: Method; readonly url: string }, headers: Record<string, string>) =>
    app.server.inject({
      ...route,
      headers: {
        host: HOST,
        cookie: `${SESSION_COOKIE}=${token}`,
        'content-type': 'application/json',
        'idempotency-key': crypto.randomUUID(),
        ...headers,
      },
      payload: '{}',
    })
  const written = async () => {
    const { rows } = await app.migrated.superuser.query<{ n: number }>(
      `select (select count(*) from audit.event)::int + (select count(*) from log.leaf)::int as n`,
    )
    return rows[0]?.n
  }

  it('has such routes', () => expect(routes.length).toBeGreaterThan(25))

  describe.each(ORIGINS)('a page of %s', (origin) => {
    it('changes nothing by any route', async () => {
      const before = await written()
      for (const route of routes) {
        const answer = await ask(route, { origin })
        expect({ ...route, status: answer.statusCode, code: answer.json()['code'] }).toEqual({
          ...route,
          status: 403,
          code: 'cross_origin',
        })
      }
      expect(await written()).toBe(before)
    })
  })

  it.each(['cross-site', 'same-site'])(
    'believes a browser that says the request is %s, without an origin',
    async (site) => {
      for (const route of routes) {
        const answer = await ask(route, { 'sec-fetch-site': site })
        expect(answer.json()).toMatchObject({ code: 'cross_origin' })
      }
    },
  )

  it('lets its own pages through, and programs that are no browser', async () => {
    const route = { method: 'DELETE', url: '/api/v1/me/sessions' } as const
    for (const headers of [
      { origin: `https://${HOST}`, 'sec-fetch-site': 'same-origin' },
      { 'user-agent': 'a program' },
    ] as const)
      expect((await ask(route, { ...headers })).statusCode).toBe(200)
  })

  it('sends a cookie that no other site can use in a form', async () => {
    const form = await app.server.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { host: HOST, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'username=a&password=b',
    })
    expect(form.statusCode).toBe(415)
  })
})

/** Every route of the contract that may change something, with its parameters filled in. */
function mutatingRoutes(app: TestApp): readonly { readonly method: Method; readonly url: string }[] {
  const { paths = {} } = app.server.swagger() as { paths?: Record<string, Record<string, unknown>> }
  return Object.entries(paths).flatMap(([path, operations]) =>
    MUTATING.filter((method) => method in operations).map((method) => ({
      method: method.toUpperCase() as Method,
      url: path.replaceAll(/\{\w+\}/g, '01900000-0000-7000-8000-000000000000'),
    })),
  )
}
