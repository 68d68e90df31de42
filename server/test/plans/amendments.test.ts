import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { differing, whyNotAmendmentStep, whyNotChanges } from '../../src/plans/amendments/amendments.rules.ts'
import {
  catalogueCast,
  type CatalogueCast,
  fieldOf,
  giveConference,
  giveItem,
  idOf,
} from '../registers/catalogue-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, givePerson } from '../support/people.ts'
import { giveAgreedTask } from './agreed-task.ts'
import { giveLine, givePlan, lineBody, publish } from './plans-kit.ts'

describe('the changes of an amendment', () => {
  const line = { id: 'a', number: 3, version: 2, state: 'planned' as const }
  const lines = new Map([['a', line]])
  const change = {
    op: 'change' as const,
    lineId: 'a',
    lineVersion: 2,
    before: { ratio: 300 },
    after: { ratio: 500 },
  }

  it('name lines of the plan as they stand, each once', () => {
    expect(whyNotChanges([change], lines)).toBeUndefined()
    expect(whyNotChanges([], lines)).toMatchObject({ code: 'amendment.empty' })
    expect(whyNotChanges([change, change], lines)).toMatchObject({ code: 'amendment.line_twice' })
    expect(whyNotChanges([{ ...change, lineId: 'b' }], lines)).toMatchObject({
      code: 'amendment.line_unknown',
    })
    expect(whyNotChanges([{ ...change, lineVersion: 1 }], lines)).toMatchObject({
      code: 'amendment.line_changed',
      params: { line: 3 },
    })
    expect(whyNotChanges([{ ...change, before: {}, after: {} }], lines)).toMatchObject({
      code: 'amendment.nothing_changed',
    })
  })

  it('say only what differs, whatever the order in which it is written', () => {
    const scope = { divisions: ['990101'], register: null }
    const said = { ratio: 500, scope: { register: null, divisions: ['990101'] }, taskName: '甲' }
    expect(differing({ ratio: 300, scope, taskName: '甲', remark: '旧' }, said)).toEqual({
      before: { ratio: 300 },
      after: { ratio: 500 },
    })
  })

  it('are not touched once they are published', () => {
    expect(whyNotAmendmentStep({ state: 'published' }, 'edit')).toMatchObject({
      code: 'amendment.not_in_this_state',
    })
  })
})

onEachEngine((kind) => {
  let app: TestApp
  let own: CatalogueCast
  let other: CatalogueCast
  beforeAll(async () => {
    app = await startApp(kind)
    own = await catalogueCast(app)
    other = await catalogueCast(app, { division: COUNTY, name: '青石县示例执法局' })
    await giveConference(app, { division: COUNTY, office: own.authority, oversight: other.authority })
  })
  afterAll(() => app.close())

  describe('a published plan', () => {
    let year = 2030
    const published = async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: ++year })
      const body = (taskName: string) => ({
        taskName,
        startsOn: `${year}-03-01`,
        endsOn: `${year}-11-30`,
      })
      const line = async (taskName: string) => {
        const parts = [{ authorityId: own.authority, itemIds: [await giveItem(own)] }]
        return giveLine(own.clerk.client, id, lineBody(own.authority, COUNTY, { ...body(taskName), parts }))
      }
      const lines = [await line('示例抽查一'), await line('示例抽查二')]
      await publish(own, id)
      return { id, lines }
    }
    const amend = (id: string, changes: readonly object[], more: object = {}) =>
      own.clerk.client.post(`/plans/${id}/amendments`, {
        reasonCode: 'RISK_CHANGED',
        reason: '二季度风险上升',
        changes,
        ...more,
      })

    it('is changed only by an amendment that a second person approves, and both is shown', async () => {
      const { id, lines } = await published()
      expect((await own.clerk.client.patch(`/plan-lines/${lines[0]}`, 1, { ratio: 400 })).body).toMatchObject(
        {
          code: 'plan.not_in_this_state',
        },
      )
      const created = await amend(id, [
        { op: 'change', lineId: lines[0], lineVersion: 1, after: { ratio: 400, taskName: '示例抽查一' } },
        { op: 'end', lineId: lines[1], lineVersion: 1 },
      ])
      expect(created.status, created.text).toBe(201)
      const amendment = idOf(created)
      expect((await amend(id, [])).body).toMatchObject({ code: 'amendment.open_already' })
      await own.clerk.client.post(`/amendments/${amendment}/proposal`)
      expect((await own.clerk.client.post(`/amendments/${amendment}/approval`, {})).status).toBe(403)
      const approved = await own.leader.client.post(`/amendments/${amendment}/approval`, {})
      expect(approved.body).toMatchObject({
        state: 'published',
        changes: [
          { op: 'change', before: { ratio: 500 }, after: { ratio: 400 }, taskName: '示例抽查一' },
          { op: 'end', after: null },
        ],
      })
      expect((await other.reader.client.get(`/plans/${id}/lines?ended=true`)).body).toMatchObject({
        items: [{ ratio: 400, version: 2 }, { state: 'ended' }],
        about: 1,
      })
    })

    it('gains a line by an amendment', async () => {
      const { id } = await published()
      const parts = [{ authorityId: own.authority, itemIds: [await giveItem(own)] }]
      const after = lineBody(own.authority, COUNTY, {
        taskName: '新增任务',
        startsOn: `${year}-06-01`,
        endsOn: `${year}-06-30`,
        parts,
      })
      expect((await amend(id, [{ op: 'add', after: { taskName: '只有名称' } }])).body).toMatchObject({
        code: 'amendment.line_incomplete',
      })
      const amendment = idOf(await amend(id, [{ op: 'add', after }]))
      await own.clerk.client.post(`/amendments/${amendment}/proposal`)
      expect((await own.leader.client.post(`/amendments/${amendment}/approval`, {})).status).toBe(200)
      const { items } = (await own.clerk.client.get(`/plans/${id}/lines`)).body as never as {
        items: readonly { taskName: string; number: number }[]
      }
      expect(items.at(-1)).toMatchObject({ taskName: '新增任务', number: 3 })
    })

    it('is not amended by who proposed it, nor from an older line, nor without a reason of the list', async () => {
      const { id, lines } = await published()
      const change = { op: 'change', lineId: lines[0], lineVersion: 1, after: { ratio: 300 } }
      expect((await amend(id, [change], { reasonCode: 'NO_SUCH' })).body).toMatchObject({
        code: 'amendment.reason_unknown',
      })
      expect((await amend(id, [{ ...change, lineVersion: 9 }])).body).toMatchObject({
        code: 'amendment.line_changed',
      })
      const amendment = idOf(await amend(id, [change]))
      expect((await own.leader.client.post(`/amendments/${amendment}/approval`, {})).body).toMatchObject({
        code: 'amendment.not_in_this_state',
      })
      await own.clerk.client.post(`/amendments/${amendment}/proposal`)
      const rejected = await own.head.client.post(`/amendments/${amendment}/rejection`, {
        reason: '理由不足',
      })
      expect(rejected.body).toMatchObject({ state: 'rejected', decisionNote: '理由不足' })
      expect((await amend(id, [change])).status).toBe(201)
    })

    it('is not amended by who wrote any of it, though another proposed it', async () => {
      const both = await givePerson(app, { authority: own.authority, roles: ['clerk', 'leaderInCharge'] })
      const { id, lines } = await published()
      const change = { op: 'change', lineId: lines[0], lineVersion: 1, after: { ratio: 300 } }
      const amendment = idOf(await amend(id, [change]))
      const edited = await both.client.patch(`/amendments/${amendment}`, 1, { reason: '二季度风险明显上升' })
      expect(edited.status, edited.text).toBe(200)
      await own.clerk.client.post(`/amendments/${amendment}/proposal`)
      expect((await both.client.get(`/amendments/${amendment}`)).body).toMatchObject({
        can: { approve: { code: 'amendment.own_draft' }, reject: { code: 'amendment.own_draft' } },
      })
      expect((await both.client.post(`/amendments/${amendment}/approval`, {})).body).toMatchObject({
        code: 'amendment.own_draft',
      })
      expect((await own.leader.client.post(`/amendments/${amendment}/approval`, {})).status).toBe(200)
    })

    it('is not amended away from a task that is agreed', async () => {
      const { id, lines } = await published()
      const number = await giveAgreedTask(app, { cast: own, lineId: lines[0]!, year })
      const proposed = async (change: object) => {
        const amendment = idOf(await amend(id, [{ lineId: lines[0], lineVersion: 1, ...change }]))
        const answer = await own.clerk.client.post(`/amendments/${amendment}/proposal`)
        await own.clerk.client.post(`/amendments/${amendment}/withdrawal`)
        return answer.body
      }
      const rests = { code: 'amendment.task_rests', params: { task: number } }
      expect(await proposed({ op: 'end' })).toMatchObject(rests)
      expect(await proposed({ op: 'change', after: { endsOn: `${year}-05-31` } })).toMatchObject(rests)
      expect(await proposed({ op: 'change', after: { remark: '另行通知时间' } })).toMatchObject({
        state: 'proposed',
      })
    })

    it('keeps its amendments to itself until they are published', async () => {
      const { id, lines } = await published()
      const change = { op: 'change', lineId: lines[0], lineVersion: 1, after: { remark: '备注' } }
      const amendment = idOf(await amend(id, [change]))
      const seen = async () => fieldOf(await other.reader.client.get(`/plans/${id}/amendments`), 'items')
      expect(await seen()).toHaveLength(0)
      expect((await other.clerk.client.get(`/amendments/${amendment}`)).status).toBe(404)
      await own.clerk.client.post(`/amendments/${amendment}/proposal`)
      await own.leader.client.post(`/amendments/${amendment}/approval`, {})
      expect(await seen()).toHaveLength(1)
    })
  })
})
