// What every route owes every client: bad input gets a problem, a repetition its first answer, an edit its version.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { dayOf } from '../../src/platform/clock.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, giveAuthority, type GivenPerson, givePerson, giveRole } from '../support/people.ts'

const nested = (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`

onEachEngine((kind) => {
  let app: TestApp
  let administrator: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    administrator = await givePerson(app, { roles: ['systemAdministrator'] })
  })
  afterAll(() => app.close())

  const authority = (name: string) => ({
    divisionCode: COUNTY,
    name,
    shortName: name.slice(0, 6),
    inspects: true,
  })
  const eventsOf = async (action: string) => {
    const { rows } = await app.migrated.superuser.query<{ outcome: string; refusal_code: string | null }>(
      `select outcome, refusal_code from audit.event where action = $1 order by at`,
      [action],
    )
    return rows
  }

  describe('bad input', () => {
    it.each([
      ['no JSON', '{"name":', 400, 'malformed_json'],
      ['nothing where a body is needed', undefined, 400, 'invalid_input'],
      ['a list where an object is needed', '[]', 400, 'invalid_input'],
      ['JSON that is nested without end', nested(20_000), 400, 'malformed_json'],
      ['a poisoned prototype', '{"__proto__":{"admin":true}}', 400, 'malformed_json'],
      ['a body of two megabytes', JSON.stringify({ name: '石'.repeat(700_000) }), 413, 'body_too_large'],
    ])('%s is a problem with a code and a sentence', async (_name, body, status, code) => {
      const answer = await administrator.client.send('POST', '/authorities', {
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect([answer.status, answer.body['code']]).toEqual([status, code])
      expect(String(answer.body['title'])).toMatch(/[一-龥 0-9]{2,}。$/)
    })

    it('refuses bytes that are not UTF-8', async () => {
      const answer = await app.server.inject({
        method: 'POST',
        url: '/api/v1/session',
        headers: { 'content-type': 'application/json' },
        payload: Buffer.from('{"username":"\xc7\xe0","password":"x"}', 'latin1'),
      })
      expect([answer.statusCode, answer.json()['code']]).toEqual([400, 'malformed_json'])
    })

    it('names each field that is wrong, and what is wrong with it', async () => {
      const { body } = await administrator.client.post('/authorities', {
        ...authority('青石县某局'),
        colour: 'red',
        name: 7,
      })
      const errors = body['errors'] as unknown as {
        readonly at: string
        readonly code: string
        readonly sentence: string
      }[]
      expect(errors).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ at: '/body', code: 'additionalProperties', sentence: '不认识的字段' }),
          expect.objectContaining({ at: '/body/name', code: 'type', sentence: '类型不对' }),
        ]),
      )
    })

    it('answers another media type with 415', async () => {
      const answer = await administrator.client.send('POST', '/authorities', {
        body: 'a=b',
        headers: { 'content-type': 'text/xml' },
      })
      expect([answer.status, answer.body['code']]).toEqual([415, 'media_type_not_supported'])
    })
  })

  describe('a POST', () => {
    it('needs a key, so that it is not done twice', async () => {
      const { status, body } = await administrator.client.post('/authorities', authority('青石县甲局'), {
        'idempotency-key': '',
      })
      expect([status, body['code']]).toEqual([400, 'idempotency_key_needed'])
    })

    it('that is repeated gets its first answer, and is one event', async () => {
      const before = (await eventsOf('authority.create')).filter(({ outcome }) => outcome === 'done').length
      const key = { 'idempotency-key': crypto.randomUUID() }
      const first = await administrator.client.post('/authorities', authority('青石县乙局'), key)
      const again = await administrator.client.post('/authorities', authority('青石县乙局'), key)
      expect([first.status, again.status]).toEqual([201, 201])
      expect(again.body).toEqual(first.body)
      expect(again.headers['idempotent-replay']).toBe('true')
      expect((await eventsOf('authority.create')).filter(({ outcome }) => outcome === 'done')).toHaveLength(
        before + 1,
      )
    })

    it('under a used key but with another body is refused', async () => {
      const key = { 'idempotency-key': crypto.randomUUID() }
      await administrator.client.post('/authorities', authority('青石县丙局'), key)
      const other = await administrator.client.post('/authorities', authority('青石县丁局'), key)
      expect([other.status, other.body['code']]).toEqual([422, 'idempotency_key_reused'])
    })

    it.each(['if-match', 'purpose', 'file-name'])(
      'under a used key but with another %s is refused',
      async (name) => {
        const key = { 'idempotency-key': crypto.randomUUID() }
        const post = (value: string) =>
          administrator.client.post('/authorities', authority(`青石县${name}局`), { ...key, [name]: value })
        expect([(await post('"1"')).status, (await post('"1"')).status]).toEqual([201, 201])
        expect(await post('"2"')).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
      },
    )

    it('under a used key but for another authority is refused, not answered as for the first', async () => {
      const elsewhere = await giveAuthority(app, { division: COUNTY, name: '青石县兼任局' })
      const leader = await givePerson(app, { roles: ['leaderInCharge'] })
      await giveRole(app, { ...leader, authorityId: elsewhere, role: 'leaderInCharge' })
      const { client: proposer, authorityId } = await givePerson(app, { roles: ['securityAdministrator'] })
      const { personId } = await givePerson(app)
      const today = dayOf(app.clock.now())
      const grant = { personId, authorityId, divisionCode: COUNTY, role: 'reader', validFrom: today }
      const proposed = await proposer.post('/grants', { ...grant, reason: '新到岗位' })
      const key = { 'idempotency-key': crypto.randomUUID() }
      const approve = () => leader.client.post(`/grants/${proposed.body['id']}/approval`, {}, key)
      expect((await approve()).status).toBe(200)
      expect((await leader.client.post('/me/acting', { authorityId: elsewhere })).status).toBe(200)
      expect(await approve()).toMatchObject({ status: 422, body: { code: 'idempotency_key_reused' } })
    })

    it('sent many times at once is done once', async () => {
      const key = { 'idempotency-key': crypto.randomUUID() }
      const answers = await Promise.all(
        Array.from({ length: 12 }, () =>
          administrator.client.post('/authorities', authority('青石县戊局'), key),
        ),
      )
      expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201]))
      expect(new Set(answers.map(({ body }) => body['id'])).size).toBe(1)
    })
  })

  describe('an edit', () => {
    it('must say from which version it was made, and loses to one that came first', async () => {
      const { body } = await administrator.client.post('/authorities', authority('青石县己局'))
      const path = `/authorities/${body['id']}`
      const bare = await administrator.client.send('PATCH', path, { body: { shortName: '己局' } })
      expect([bare.status, bare.body['code']]).toEqual([428, 'if_match_needed'])
      const [one, two] = await Promise.all([
        administrator.client.patch(path, 1, { shortName: '己一' }),
        administrator.client.patch(path, 1, { shortName: '己二' }),
      ])
      expect([one.status, two.status].toSorted((a, b) => a - b)).toEqual([200, 412])
      const late = one.status === 412 ? one : two
      expect(late.body).toMatchObject({ code: 'stale_version', params: { current: 2, given: 1 } })
    })
  })

  it('writes down what was refused, and by whom', async () => {
    const clerk = await givePerson(app, { roles: ['clerk'] })
    const { status } = await clerk.client.post('/authorities', authority('青石县庚局'))
    expect(status).toBe(403)
    expect(await eventsOf('authority.create')).toContainEqual({
      outcome: 'refused',
      refusal_code: 'not_allowed',
    })
  })

  it('writes down what a refused attempt was about, and why it was made', async () => {
    const clerk = await givePerson(app, { roles: ['clerk'] })
    const body = { purpose: '查看他人账号' }
    await clerk.client.post(`/accounts/${administrator.accountId}/suspension`, body, {
      purpose: encodeURIComponent(body.purpose),
    })
    const { rows } = await app.migrated.superuser.query(
      `select object_id, purpose, refusal_code from audit.event where action = 'account.suspend' order by at desc limit 1`,
    )
    expect(rows).toEqual([
      { object_id: administrator.accountId, purpose: body.purpose, refusal_code: 'not_allowed' },
    ])
  })

  it('names fifty faults of a body at most', async () => {
    const fields = Object.fromEntries(Array.from({ length: 5000 }, (_, k) => [`field${k}`, 1]))
    const { status, body } = await administrator.client.post('/authorities', fields)
    expect(status).toBe(400)
    expect((body['errors'] as unknown as readonly unknown[]).length).toBe(50)
  })

  it('turns the page behind a name as long as names may be', async () => {
    for (const k of [1, 2, 3]) {
      const name = `青石县${String(k)}${'长'.repeat(95)}`
      expect((await administrator.client.post('/authorities', authority(name))).status).toBe(201)
    }
    const first = await administrator.client.get('/authorities?limit=1')
    let next = first.body['next'] as unknown as string | undefined
    for (let page = 0; next !== undefined && page < 40; page++) {
      const { status, body } = await administrator.client.get(
        `/authorities?limit=1&after=${encodeURIComponent(next)}`,
      )
      expect(status).toBe(200)
      next = body['next'] as unknown as string | undefined
    }
    expect(next).toBeUndefined()
  })

  it('answers 503 with Retry-After while the database is away, and by itself when it is back', async () => {
    if (kind !== 'postgres') return
    const { rows } = await app.migrated.superuser.query<{ n: number }>(
      `select count(pg_terminate_backend(pid))::int as n from pg_stat_activity where usename = 'sunlot_test' and datname = current_database()`,
    )
    expect(rows[0]?.n).toBeGreaterThan(0)
    const seen = new Set<number>()
    await expect
      .poll(async () => {
        const { status } = await app.anonymous.get('/system')
        seen.add(status)
        return status
      })
      .toBe(200)
    expect([...seen].every((status) => status === 200 || status === 503)).toBe(true)
  })
})
