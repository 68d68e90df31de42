// 会商 over HTTP: asked, settled, answered, agreed at once with the last answer; and nothing changes afterwards.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { idOf } from '../registers/catalogue-kit.ts'
import { onEachEngine } from '../support/engines.ts'
import {
  accept,
  act,
  answer,
  consultationCast,
  type ConsultationCast,
  decline,
  giveConsulting,
  giveJoint,
  participations,
  partOf,
  settle,
  type Shown,
  stateOf,
} from './consultation-kit.ts'

onEachEngine((kind) => {
  describe('a consultation', () => {
    let app: TestApp
    let cast: ConsultationCast
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await consultationCast(app)
    }, 180_000)
    afterAll(() => app.close())

    it('opens the draft to whoever is put into it, and to nobody else', async () => {
      const id = await giveJoint(cast)
      expect((await cast.other.clerk.client.get(`/tasks/${id}`)).status).toBe(200)
      const released = await cast.lead.clerk.client.post(
        `/tasks/${id}/participations/${cast.third.authority}/release`,
      )
      expect(released.status, released.text).toBe(200)
      expect((await cast.third.clerk.client.get(`/tasks/${id}`)).status).toBe(404)
      const again = await cast.lead.clerk.client.put(
        `/tasks/${id}/participations/${cast.third.authority}`,
        {},
      )
      expect(again.body).toMatchObject({ state: 'prepared' })
      expect((await cast.third.clerk.client.get(`/tasks/${id}`)).status).toBe(200)
    })

    it('keeps inspectors, drafts of the scheme and the evidence to those whom they concern', async () => {
      const id = await giveJoint(cast)
      const { lead, other, third } = cast
      const part = await partOf(lead.clerk.client, id, other.authority)
      const candidates = async (of: typeof lead) =>
        (await of.clerk.client.get(`/participations/${part.id}/candidates`)).status
      expect([await candidates(other), await candidates(lead), await candidates(third)]).toEqual([
        200, 200, 403,
      ])
      await lead.clerk.client.post(`/tasks/${id}/participations/${third.authority}/release`)
      const scheme = await lead.clerk.client.post(`/tasks/${id}/schemes`)
      expect(scheme.status, scheme.text).toBe(200)
      await act(lead.head.client, id, 'dispatch', { replyBy: '2026-11-30' })
      await answer(cast, other, id)
      // The task is open to the division now.
      const seen = await third.clerk.client.get(`/tasks/${id}`)
      expect(seen.body).toMatchObject({ state: 'agreed', outsideEvidence: null })
      expect((await lead.clerk.client.get(`/tasks/${id}`)).body['outsideEvidence']).toMatch(/^[0-9a-f]{64}$/)
      expect((await third.clerk.client.get(`/tasks/${id}/schemes`)).body).toMatchObject({ items: [] })
      const draft = `/schemes/${idOf(scheme)}`
      expect((await third.clerk.client.get(draft)).status).toBe(404)
      expect((await other.clerk.client.get(draft)).status).toBe(200)
    })

    it('lets nobody settle or answer before it is dispatched', async () => {
      const id = await giveJoint(cast)
      expect((await settle(cast, cast.other, id)).body).toMatchObject({ code: 'participation.task_not_open' })
      const { can } = await partOf(cast.other.head.client, id, cast.other.authority)
      expect(can['accept']).toMatchObject({ code: 'participation.task_not_open' })
    })

    it('agrees the task in the transaction of the last answer', async () => {
      const id = await giveConsulting(cast)
      expect((await answer(cast, cast.other, id)).body).toMatchObject({ state: 'accepted' })
      expect(await stateOf(cast, id)).toBe('consulting')
      const declined = await answer(cast, cast.third, id, 'decline')
      expect(declined.body).toMatchObject({ state: 'declined', refusalReason: '人员不足' })
      expect(await stateOf(cast, id)).toBe('agreed')
      const todo = await cast.other.clerk.client.get('/notifications')
      expect(todo.text).toContain('task.agreed')
    })

    it('changes nothing after that', async () => {
      const id = await giveConsulting(cast)
      await answer(cast, cast.other, id)
      await answer(cast, cast.third, id)
      const part = await partOf(cast.other.clerk.client, id, cast.other.authority)
      for (const refused of [
        await settle(cast, cast.other, id, { drawn: 3 }),
        await cast.other.head.client.post(`/participations/${part.id}/reopening`),
        await decline(cast.other.head.client, part, { reason: '后悔了' }),
        await cast.lead.clerk.client.post(`/tasks/${id}/participations/${cast.other.authority}/release`),
      ])
        expect([refused.status, refused.body]).toMatchObject([409, { code: 'participation.task_not_open' }])
    })

    it('agrees once when the last two answer at the same moment', async () => {
      const id = await giveConsulting(cast)
      const ready = await Promise.all(
        [cast.other, cast.third].map(async (by) => {
          expect((await settle(cast, by, id)).status).toBe(200)
          return { by, part: await partOf(by.head.client, id, by.authority) }
        }),
      )
      const answers = await Promise.all(ready.map(({ by, part }) => accept(by.head.client, part)))
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      expect(await stateOf(cast, id)).toBe('agreed')
      const { rows } = await app.migrated.superuser.query<{ count: number }>(
        `select count(*)::int as count from audit.change
          where table_name = 'tasks.task' and after::jsonb ->> 'id' = $1 and after::jsonb ->> 'state' = 'agreed'`,
        [id],
      )
      expect(rows[0]?.count).toBe(1)
    })

    it('is decided by somebody else than who prepared', async () => {
      const id = await giveConsulting(cast)
      expect((await settle(cast, cast.other, id)).status).toBe(200)
      const part = await partOf(cast.other.clerk.client, id, cast.other.authority)
      expect((await accept(cast.other.clerk.client, part)).status).toBe(403)
      expect((await accept(cast.third.head.client, part)).status).toBe(403)
    })

    it('is agreed to as it was seen, or not at all', async () => {
      const id = await giveConsulting(cast)
      expect((await settle(cast, cast.other, id)).status).toBe(200)
      const head = cast.other.head.client
      const seen = await partOf(head, id, cast.other.authority)
      const refused = async (part: Shown, changed: string) => {
        const { status, body } = await accept(head, part)
        expect([status, body]).toMatchObject([
          412,
          { code: 'participation.offer_changed', params: { changed } },
        ])
      }
      // What another participant settles is not of it, nor is a reminder.
      expect((await settle(cast, cast.third, id)).status).toBe(200)
      expect((await cast.lead.clerk.client.post(`/tasks/${id}/reminders`)).status).toBe(200)
      expect(await partOf(head, id, cast.other.authority)).toMatchObject({
        version: seen.version,
        taskVersion: seen.taskVersion,
      })
      expect((await cast.lead.clerk.client.post(`/tasks/${id}/schemes`)).status).toBe(200)
      await refused(seen, 'scheme')
      const shown = await partOf(head, id, cast.other.authority)
      expect(
        (await cast.other.clerk.client.patch(`/participations/${seen.id}`, seen.version, { drawn: 3 }))
          .status,
      ).toBe(200)
      await refused(shown, 'part')
      expect((await decline(head, shown)).body).toMatchObject({ code: 'participation.offer_changed' })
      const before = await partOf(head, id, cast.other.authority)
      await cast.lead.head.client.post(`/tasks/${id}/recall`)
      await act(cast.lead.head.client, id, 'dispatch', { replyBy: '2026-11-30' })
      const { version } = await partOf(head, id, cast.other.authority)
      await refused({ ...before, version }, 'task')
      expect((await accept(head, await partOf(head, id, cast.other.authority))).body).toMatchObject({
        state: 'accepted',
      })
    })

    it('is another task when the lead asks for other numbers or names other inspectors', async () => {
      const id = await giveJoint(cast)
      const versionNow = async () =>
        Number((await cast.lead.clerk.client.get(`/tasks/${id}`)).body['version'])
      const first = await versionNow()
      const asked = `/tasks/${id}/participations/${cast.other.authority}`
      expect((await cast.lead.clerk.client.put(asked, { members: 3 })).status).toBe(200)
      const second = await versionNow()
      expect(second).toBeGreaterThan(first)
      expect((await settle(cast, cast.lead, id, { drawn: 3 })).status).toBe(200)
      expect(await versionNow()).toBeGreaterThan(second)
    })

    it('lets two clerks of an authority not overwrite each other', async () => {
      const id = await giveConsulting(cast)
      const { id: part, version } = await partOf(cast.other.clerk.client, id, cast.other.authority)
      expect(
        (await cast.other.clerk.client.patch(`/participations/${part}`, version, { drawn: 3 })).status,
      ).toBe(200)
      const second = await cast.other.clerk2.client.patch(`/participations/${part}`, version, { drawn: 4 })
      expect([second.status, second.body]).toMatchObject([412, { code: 'stale_version' }])
    })

    it('refuses what is not of the authority, and says which', async () => {
      const id = await giveConsulting(cast)
      const refusedWith = async (more: object) => (await settle(cast, cast.other, id, more)).body
      expect(await refusedWith({ itemIds: [cast.item] })).toMatchObject({
        code: 'participation.item_of_another',
      })
      const [foreign] = cast.inspectors.get(cast.third.authority) ?? []
      expect(await refusedWith({ pool: [{ inspectorId: foreign }] })).toMatchObject({
        code: 'participation.inspector_of_another',
      })
      expect(await refusedWith({ pool: [{ inspectorId: app.newId() }] })).toMatchObject({
        code: 'participation.inspector_unknown',
      })
    })

    it('wants conflicts confirmed anew for another pool', async () => {
      const id = await giveConsulting(cast)
      expect((await settle(cast, cast.other, id)).body).toMatchObject({ conflictsConfirmed: true })
      const pool = (cast.inspectors.get(cast.other.authority) ?? []).map((inspectorId) => ({ inspectorId }))
      const { id: part, version } = await partOf(cast.other.clerk.client, id, cast.other.authority)
      const changed = await cast.other.clerk.client.patch(`/participations/${part}`, version, { pool })
      expect(changed.body).toMatchObject({ conflictsConfirmed: false })
      const now = await partOf(cast.other.head.client, id, cast.other.authority)
      expect((await accept(cast.other.head.client, now)).body).toMatchObject({
        code: 'participation.conflicts_needed',
      })
    })

    it('falls back when the lead recalls it: everybody is asked anew', async () => {
      const id = await giveConsulting(cast)
      await answer(cast, cast.other, id)
      expect((await cast.lead.head.client.post(`/tasks/${id}/recall`)).status).toBe(200)
      const states = (await participations(cast.lead.clerk.client, id)).map(({ state }) => state)
      expect(states).toEqual(['prepared', 'prepared', 'prepared'])
      expect((await act(cast.lead.head.client, id, 'dispatch', { replyBy: '2026-11-30' })).status).toBe(200)
      const other = await partOf(cast.other.head.client, id, cast.other.authority)
      expect(other).toMatchObject({ state: 'invited', round: 2, items: [{}] })
    })

    it('takes an answer back while it lasts', async () => {
      const id = await giveConsulting(cast)
      await answer(cast, cast.other, id)
      const { id: part } = await partOf(cast.other.head.client, id, cast.other.authority)
      const open = await cast.other.head.client.post(`/participations/${part}/reopening`)
      expect(open.body).toMatchObject({ state: 'invited', answeredBy: null })
    })

    it('reminds whoever has not answered, once a day', async () => {
      const id = await giveConsulting(cast)
      await answer(cast, cast.other, id)
      const { client } = cast.lead.clerk
      expect((await client.post(`/tasks/${id}/reminders`)).status).toBe(200)
      expect((await client.post(`/tasks/${id}/reminders`)).body).toMatchObject({
        code: 'task.reminded_today',
      })
      expect((await cast.third.head.client.get('/notifications')).text).toContain('task.reminded')
    })

    it('is listed to whom it asks', async () => {
      const id = await giveConsulting(cast)
      const mine = await cast.third.clerk.client.get('/participations?state=invited')
      const asked = { taskId: id, state: 'invited', replyBy: '2026-11-30' }
      expect(mine.body['items']).toEqual(expect.arrayContaining([expect.objectContaining(asked)]))
      expect((await cast.lead.clerk.client.get('/participations')).body).toMatchObject({ items: [] })
    })
  })
})
