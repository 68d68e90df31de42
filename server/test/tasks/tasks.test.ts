// 抽查任务: made, counted, excluded from, and refused with the law that says so.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { fieldOf } from '../registers/catalogue-kit.ts'
import { scopeOf, versionOf } from '../plans/plans-kit.ts'
import { giveEvidence, giveTask, outsideBody, tasksCast, type TasksCast } from './tasks-kit.ts'

onEachEngine((kind) => {
  describe('a task outside the plan', () => {
    let app: TestApp
    let cast: TasksCast
    let evidence: string
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await tasksCast(app)
      evidence = await giveEvidence(cast.lead.clerk.client)
    }, 120_000)
    afterAll(() => app.close())

    it('is numbered by its lead and seen by nobody else while it is drafted', async () => {
      const id = await giveTask(cast)
      const shown = await cast.lead.clerk.client.get(`/tasks/${id}`)
      expect(shown.body).toMatchObject({ state: 'drafted', outsideGround: 'COMPLAINT', line: null })
      expect(fieldOf(shown, 'number')).toMatch(/抽查〔\d{4}〕\d+号$/)
      expect((await cast.other.clerk.client.get(`/tasks/${id}`)).status).toBe(404)
      expect((await cast.lead.reader.client.get(`/tasks/${id}`)).status).toBe(200)
    })

    it.each([
      [{ outsideGround: null }, 'task.ground_needed'],
      [{ outsideGround: 'BIRTHDAY' }, 'task.ground_not_here'],
      [{ outsideEvidence: null }, 'task.evidence_needed'],
      [{ outsideEvidence: 'a'.repeat(64) }, 'task.evidence_unknown'],
      [{ endsOn: '2020-01-01' }, 'task.ends_before_it_begins'],
      [{ mode: 'NO_SUCH' }, 'task.code_unknown'],
      [{ scope: scopeOf('990102') }, 'task.not_cross_region'],
    ])('is refused with %o: %s', async (more, code) => {
      const answer = await cast.lead.clerk.client.post('/tasks', outsideBody(cast, evidence, more))
      expect(answer.body).toMatchObject({ code })
    })

    it('says what is missing', async () => {
      const { design: _, ...rest } = outsideBody(cast, evidence)
      const answer = await cast.lead.clerk.client.post('/tasks', rest)
      expect([answer.status, answer.body]).toMatchObject([
        422,
        { code: 'task.incomplete', params: { field: 'design' } },
      ])
    })

    it('is edited as it was read, and only by its lead', async () => {
      const id = await giveTask(cast)
      const { client } = cast.lead.clerk2
      const version = versionOf(await client.get(`/tasks/${id}`))
      expect((await client.patch(`/tasks/${id}`, version, { loadCap: 8 })).body).toMatchObject({ loadCap: 8 })
      expect((await client.patch(`/tasks/${id}`, version, { loadCap: 9 })).status).toBe(412)
      expect((await cast.lead.head.client.patch(`/tasks/${id}`, version + 1, { loadCap: 9 })).status).toBe(
        403,
      )
    })

    it('is counted before it is written: strata, numbers, refusals', async () => {
      const body = outsideBody(cast, evidence, {
        strataBy: 'industryClass',
        design: { kind: 'ratio', ratio: 2000 },
      })
      const answer = await cast.lead.clerk.client.post('/task-previews', body)
      expect(answer.status, answer.text).toBe(200)
      expect(answer.body).toMatchObject({
        scopeCount: 12,
        frame: 12,
        strata: [
          { code: 'F/N', rows: 4, n: 1 },
          { code: 'H/N', rows: 8, n: 2 },
        ],
        total: 3,
      })
      expect(
        (answer.body as unknown as { refusals: { code: string }[] }).refusals.map(({ code }) => code),
      ).toEqual(['task.ratio_above_cap'])
    })

    it('of a task that is saved is counted with those who take part in it, each with its number', async () => {
      const id = await giveTask(cast)
      const { client } = cast.lead.clerk
      const path = `/tasks/${id}/participations/${cast.other.authority}`
      expect((await client.put(path, { members: 3, itemIds: [cast.othersItem] })).status).toBe(200)
      const { parts: _, ...saved } = outsideBody(cast, evidence)
      const answer = await client.post('/task-previews', { ...saved, taskId: id })
      expect(answer.body).toMatchObject({ demands: [{ authorities: [{ members: 2 }, { members: 3 }] }] })
    })

    it('leaves out who is named, with a reason, until it is taken back', async () => {
      const id = await giveTask(cast)
      const { client } = cast.lead.clerk
      const [subjectId] = cast.subjects
      const made = { subjectId, reason: '正在搬迁', evidence: '现场核实记录' }
      const before = versionOf(await client.get(`/tasks/${id}`))
      expect((await cast.lead.clerk2.client.post(`/tasks/${id}/exclusions`, made)).status).toBe(201)
      // Whoever sends it out has seen who is left out, and did not leave him out himself.
      const after = await client.get(`/tasks/${id}`)
      expect(versionOf(after)).toBe(before + 1)
      expect(after.body).toMatchObject({ draftedBy: { id: cast.lead.clerk2.personId } })
      const preview = { ...outsideBody(cast, evidence), taskId: id }
      const spying = { ...preview, leadAuthorityId: cast.other.authority, parts: [] }
      expect((await cast.other.clerk.client.post('/task-previews', spying)).status).toBe(404)
      expect((await client.post('/task-previews', preview)).body).toMatchObject({
        scopeCount: 12,
        frame: 11,
        exclusions: [{ code: 'BY_NAME', subjects: 1 }],
      })
      expect((await client.post(`/tasks/${id}/exclusions/${subjectId}/withdrawal`)).status).toBe(200)
      expect((await client.post('/task-previews', preview)).body).toMatchObject({ frame: 12, exclusions: [] })
      expect((await client.post(`/tasks/${id}/exclusions/${subjectId}/withdrawal`)).status).toBe(404)
    })

    it('is cancelled by a head, with a reason', async () => {
      const id = await giveTask(cast)
      expect(
        (await cast.lead.clerk.client.post(`/tasks/${id}/cancellation`, { reason: '不再需要' })).status,
      ).toBe(403)
      const done = await cast.lead.head.client.post(`/tasks/${id}/cancellation`, { reason: '不再需要' })
      expect(done.body).toMatchObject({ state: 'cancelled', endReason: '不再需要' })
      expect(
        (await cast.lead.head.client.post(`/tasks/${id}/cancellation`, { reason: '再来一次' })).body,
      ).toMatchObject({
        code: 'task.not_in_this_state',
      })
    })

    it('in the list shows its parts, and only to its parties', async () => {
      await giveTask(cast, { name: '只给自己看的任务' })
      const find = '/tasks?q=' + encodeURIComponent('只给自己看')
      expect((await cast.lead.clerk.client.get(find)).body).toMatchObject({
        items: [{ name: '只给自己看的任务', parts: [{ isLead: true, members: 2 }] }],
      })
      expect((await cast.other.clerk.client.get(find)).body).toMatchObject({ items: [] })
    })
  })
})
