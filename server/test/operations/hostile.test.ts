// Bad input: a problem document with a code and a sentence, nothing changed, and the next request is served.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, givePerson, type GivenPerson } from '../support/people.ts'

onEachEngine((kind) => {
  let app: TestApp
  let person: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    person = await givePerson(app, { roles: ['systemAdministrator'], division: '990000' })
  }, 120_000)
  afterAll(() => app.close())

  const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`
  const json = { 'content-type': 'application/json' }

  it.each([
    ['malformed JSON', '{"name":', json, 400, 'malformed_json'],
    ['nothing', '', json, 400, 'invalid_input'],
    ['JSON nested 10,000 deep', deep(10_000), json, 400, 'malformed_json'],
    ['__proto__', '{"__proto__":{"admin":true}}', json, 400, 'malformed_json'],
    ['a body of 2 MB', `"${'x'.repeat(2 << 20)}"`, json, 413, 'body_too_large'],
    ['another media type', 'name=x', { 'content-type': 'text/csv' }, 415, 'media_type_not_supported'],
    ['unknown fields', '{"nickname":"x"}', json, 400, 'invalid_input'],
    ['a direction character in a name', JSON.stringify(authority('青石‮县局')), json, 400, 'invalid_input'],
    [
      'a control character in a name',
      JSON.stringify(authority('青石\u0000县局')),
      json,
      400,
      'invalid_input',
    ],
  ])('refuses %s', async (_what, body, headers, status, code) => {
    const answer = await person.client.send('POST', '/authorities', { body, headers })
    expect(answer).toMatchObject({ status, body: { status, code } })
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(String(answer.body['title'])).toMatch(/[\u4e00-\u9fff]/)
  })

  it('refuses a body that is not UTF-8', async () => {
    const payload = Buffer.from('{"name":"\xc7\xe0\xca\xaf"}', 'latin1')
    const answer = await app.server.inject({
      method: 'POST',
      url: '/api/v1/authorities',
      headers: {
        ...json,
        cookie: `__Host-sunlot=${person.client.token}`,
        'idempotency-key': crypto.randomUUID(),
      },
      payload,
    })
    expect(answer.statusCode).toBe(400)
    expect(answer.json()).toMatchObject({ code: 'malformed_json' })
  })

  it('refuses a session that is not one, and one that has expired', async () => {
    const cookie = { cookie: `__Host-sunlot=${'A'.repeat(43)}` }
    expect((await app.anonymous.get('/me', cookie)).status).toBe(401)
  })

  it('I11: refuses to write while the clock stands before the last checkpoint, and goes on when it is right', async () => {
    const { superuser } = app.migrated
    await superuser.query(
      `insert into log.checkpoint (size, root, note, at) values (1000000, sha256(''), 'test', now() + interval '1 hour')`,
    )
    const refused = await person.client.post('/authorities', authority('青石县时钟局'))
    expect(refused).toMatchObject({ status: 503, body: { code: 'clock_went_back' } })
    expect((await person.client.get('/authorities')).status).toBe(200)
    await superuser.query(
      `set session_replication_role = replica; delete from log.checkpoint where size = 1000000; set session_replication_role = origin`,
    )
    expect((await person.client.post('/authorities', authority('青石县时钟局'))).status).toBe(201)
  })
})

function authority(name: string): Record<string, unknown> {
  return { divisionCode: COUNTY, name, shortName: name.slice(0, 8), inspects: true }
}
