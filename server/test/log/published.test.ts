// Receipts for anybody, verification by whoever oversees, once a night by itself.

import { parseCheckpoint } from '@sunlot/draw'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Jobs } from '../../src/platform/jobs/jobs.ts'
import { checkReceipt, verifierKeys } from '../../src/platform/log/index.ts'
import { parseVerifierKey } from '../../src/platform/log/publication.ts'
import { NightlyVerification } from '../../src/supervision/index.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type GivenPerson, giveAuthority, givePerson, PROVINCE } from '../support/people.ts'

onEachEngine((kind) => {
  let app: TestApp
  let auditor: GivenPerson
  let administrator: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    const authority = await giveAuthority(app, { division: PROVINCE, name: '示例省市场监督管理局' })
    auditor = await givePerson(app, { roles: ['auditAdministrator'], authority })
    administrator = await givePerson(app, { roles: ['systemAdministrator'], authority })
    await app.start()
    // Something that is theirs to see in the trail.
    await administrator.client.post('/log/verifications')
  }, 120_000)
  afterAll(async () => {
    await app.log.stop()
    await app.close()
  })

  const lastEvent = async () => {
    const { body } = await auditor.client.get('/audit/events?limit=1')
    const [{ id }] = (body as unknown as { items: [{ id: string }] }).items
    const { body: event } = await auditor.client.get(`/audit/events/${id}`)
    return event as unknown as { leaf: { id: number; index: number | null; receipt: string | null } }
  }

  const verified = async (): Promise<{ id: string; result: { holds: boolean; faults: number } }> => {
    const { status, body } = await auditor.client.post('/log/verifications')
    expect(status).toBe(202)
    const { jobId: id } = body as unknown as { jobId: string }
    await expect
      .poll(async () => (await auditor.client.get(`/jobs/${id}`)).body, { timeout: 20_000 })
      .toMatchObject({ state: 'done', done: 3, total: 3, kind: 'log.verify' })
    const { result } = (await auditor.client.get(`/jobs/${id}`)).body as unknown as {
      result: { holds: boolean; faults: number }
    }
    return { id, result }
  }

  describe('a receipt', () => {
    it('is there once its leaf has a place, for anybody, and holds offline', async () => {
      const before = await lastEvent()
      expect(before.leaf).toMatchObject({ index: null, receipt: null })
      const early = await app.anonymous.get(`/public/log/receipts/${before.leaf.id}`)
      expect([early.status, early.body]).toMatchObject([404, { code: 'not_found' }])
      await app.log.start()
      await expect.poll(() => app.log.status).toMatchObject({ state: 'running', waiting: 0 })
      const { leaf } = await lastEvent()
      expect(leaf.receipt).toBe(`/api/v1/public/log/receipts/${leaf.id}`)
      const { status, body, headers } = await app.anonymous.get(`/public/log/receipts/${leaf.id}`)
      expect(status).toBe(200)
      expect(headers['cache-control']).toContain('public')
      expect(checkReceipt(body, app.log.published.policy)).toMatchObject({ holds: true })
      const altered = { ...body, leaf: (body as unknown as { leaf: string }).leaf.replace('event', 'evenT') }
      expect(checkReceipt(altered, app.log.published.policy)).toMatchObject({ holds: false })
    })

    it.each(['0', '-1', 'x', '9007199254740993', '99999999'])('of %s is refused', async (leaf) => {
      expect([400, 404]).toContain((await app.anonymous.get(`/public/log/receipts/${leaf}`)).status)
    })

    it('is checked with a key that reads back from the line that is published', () => {
      const { policy } = app.log.published
      const [line = ''] = verifierKeys(policy).split('\n')
      expect(parseVerifierKey(line)).toEqual(policy.log)
      expect(parseVerifierKey(line.replace(/.{4}$/, 'AAAA'))).toBeUndefined()
    })
  })

  describe('a verification', () => {
    it('is for those who oversee, and for nobody else', async () => {
      expect((await administrator.client.post('/log/verifications')).status).toBe(403)
      expect((await app.anonymous.post('/log/verifications')).status).toBe(401)
    })

    it('holds where nothing is wrong; I12: finds what a superuser edited, and tells the audit administrators', async () => {
      expect((await verified()).result).toMatchObject({ holds: true, faults: 0 })
      const edit = `update agencies.person set name = $1 where id = $2`
      const superuser = await app.migrated.superuser.connect()
      const asSuperuser = async (name: string): Promise<void> => {
        await superuser.query('begin; set local session_replication_role = replica')
        await superuser.query(edit, [name, administrator.personId])
        await superuser.query('commit')
      }
      await asSuperuser('别人')
      // The embedded engine has one connection.
      superuser.release()
      const { id, result } = await verified()
      expect(result).toMatchObject({ holds: false, faults: 1 })
      const told = (await auditor.client.get('/notifications')).body as unknown as { items: unknown[] }
      expect(told.items).toMatchObject([
        { code: 'log.verification_failed', params: { faults: 1 }, link: `/operations/jobs/${id}` },
      ])
      const others = (await administrator.client.get('/notifications')).body as unknown as {
        items: unknown[]
      }
      expect(others.items).toEqual([])
    })

    it('is asked for once in a legal day, from three in the morning, whichever server is first', async () => {
      const nights = async (): Promise<number> => {
        const { rows } = await app.migrated.superuser.query<{ input: { night?: string } }>(
          `select input from platform.job where input ? 'night'`,
        )
        return rows.length
      }
      const { migrated, database, newId, clock } = app
      const kinds = [{ name: 'log.verify', retries: 0, run: () => Promise.resolve(null) }]
      const jobs = new Jobs({ engine: migrated.engine, database, clock, kinds, onError: () => undefined })
      const server = (): NightlyVerification =>
        new NightlyVerification({ recording: { database, newId }, jobs, clock, onError: () => undefined })
      const midnight = Math.ceil((clock.now().getTime() + 8 * HOUR) / DAY) * DAY - 8 * HOUR
      const lookAt = async (ms: number): Promise<number> => {
        clock.advance(ms - clock.now().getTime())
        await Promise.all([server().look(), server().look()])
        return nights()
      }
      expect(await lookAt(midnight)).toBe(0)
      expect(await lookAt(midnight + 3 * HOUR - 1000)).toBe(0)
      expect(await lookAt(midnight + 3 * HOUR)).toBe(1)
      expect(await lookAt(midnight + DAY - 1000)).toBe(1)
      expect(await lookAt(midnight + DAY)).toBe(1)
      expect(await lookAt(midnight + DAY + 5 * HOUR)).toBe(2)
    })

    it('that the platform itself asked for is seen by those who may ask for one', async () => {
      const { rows } = await app.migrated.superuser.query<{ id: string }>(
        `select id from platform.job where input ? 'night' limit 1`,
      )
      const seen = async ({ accountId }: GivenPerson): Promise<number> =>
        (await (await app.as(accountId)).get(`/jobs/${rows[0]?.id}`)).status
      expect([await seen(auditor), await seen(administrator)]).toEqual([200, 404])
    })
  })

  it('publishes a checkpoint that anybody can read', async () => {
    expect(parseCheckpoint((await app.log.published.tiles.checkpoint()) ?? '')?.size).toBeGreaterThan(5)
  })
})

const HOUR = 3_600_000
const DAY = 24 * HOUR
