import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { catalogueCast, type CatalogueCast, giveConference, giveItem } from '../registers/catalogue-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY, givePerson } from '../support/people.ts'
import { approve, giveLine, givePlan, lineBody, matching, propose, publish, versionOf } from './plans-kit.ts'

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

  describe('a plan', () => {
    let year = 2030
    const draft = async (more: object = {}) => {
      const id = await givePlan(own.clerk.client, own.authority, { year: ++year, ...more })
      const itemIds = [await giveItem(own)]
      const body = lineBody(own.authority, COUNTY, {
        startsOn: `${year}-03-01`,
        endsOn: `${year}-11-30`,
        parts: [{ authorityId: own.authority, itemIds }],
      })
      await giveLine(own.clerk.client, id, body)
      return id
    }

    it('is drafted by one person, approved and published by another', async () => {
      const id = await draft()
      expect((await propose(own.clerk.client, id)).body).toMatchObject({ state: 'inReview', lines: 1 })
      expect((await own.clerk.client.get(`/plans/${id}`)).body).toMatchObject({
        can: { edit: { code: 'plan.not_in_this_state' }, approve: { code: 'not_allowed' }, withdraw: null },
      })
      expect((await approve(own.clerk.client, id)).status).toBe(403)
      expect((await approve(own.leader.client, id)).body).toMatchObject({ state: 'approved' })
      const published = await own.leader.client.post(`/plans/${id}/publication`, {
        publishedIn: '县政府网站',
      })
      expect(published.body).toMatchObject({ state: 'published', publishedIn: '县政府网站' })
      expect((await own.leader.client.post(`/plans/${id}/closure`)).body).toMatchObject({
        code: 'plan.not_over',
        params: { line: 1 },
      })
      expect((await own.clerk.client.post(`/plans/${id}/discarding`, { reason: '作废' })).body).toMatchObject(
        {
          code: 'plan.not_in_this_state',
        },
      )
    })

    it('is not approved by who proposed it, whatever else he is', async () => {
      const both = await givePerson(app, { authority: own.authority, roles: ['clerk', 'leaderInCharge'] })
      const id = await draft()
      await propose(both.client, id)
      expect((await approve(both.client, id)).body).toMatchObject({ code: 'plan.own_proposal' })
      expect((await both.client.post(`/plans/${id}/return`, { reason: '再想想' })).body).toMatchObject({
        code: 'plan.own_proposal',
      })
      expect(
        (await own.head.client.post(`/plans/${id}/return`, { reason: '缺少重点事项' })).body,
      ).toMatchObject({
        state: 'draft',
        decisionNote: '缺少重点事项',
      })
      const waiting = async () => (await own.clerk.client.get('/todo')).text
      expect(await waiting()).toContain('plan.returned')
      await propose(both.client, id)
      expect(await waiting()).not.toContain('plan.returned')
    })

    it('is not decided on by who wrote any of it, though another proposed it', async () => {
      const both = await givePerson(app, { authority: own.authority, roles: ['clerk', 'leaderInCharge'] })
      const id = await draft()
      const { items } = (await own.clerk.client.get(`/plans/${id}/lines`)).body as never as {
        items: readonly { readonly id: string; readonly version: number }[]
      }
      const [line] = items
      expect((await both.client.patch(`/plan-lines/${line!.id}`, line!.version, { ratio: 450 })).status).toBe(
        200,
      )
      await propose(own.clerk.client, id)
      expect((await both.client.get(`/plans/${id}`)).body).toMatchObject({
        can: { approve: { code: 'plan.own_draft' }, return: { code: 'plan.own_draft' } },
      })
      expect((await approve(both.client, id)).body).toMatchObject({ code: 'plan.own_draft' })
      expect((await both.client.get('/todo')).text).not.toContain(id)
      expect((await approve(own.leader.client, id)).body).toMatchObject({ state: 'approved' })
    })

    it('cannot be proposed empty, nor from an older version than stands', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: ++year })
      expect((await propose(own.clerk.client, id)).body).toMatchObject({ code: 'plan.lines_needed' })
      const full = await draft()
      const answer = await own.clerk.client.post(`/plans/${full}/proposal`, {}, matching(1))
      expect(answer.status).toBe(412)
      expect(answer.body).toMatchObject({ code: 'stale_version', params: { given: 1 } })
    })

    it('stands once for its year, kind and field, until its draft is discarded', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: ++year })
      const again = { authorityId: own.authority, kind: 'annual', year, field: 'market', title: '再来一份' }
      expect((await own.clerk.client.post('/plans', again)).body).toMatchObject({
        code: 'plan.there_already',
      })
      await own.clerk.client.post(`/plans/${id}/discarding`, { reason: '重复' })
      expect((await own.clerk.client.post('/plans', again)).status).toBe(201)
    })

    it('of half a year is of the other fields, the consolidated one is the office’s', async () => {
      const sent = async (who: CatalogueCast, more: object) =>
        (
          await who.clerk.client.post('/plans', {
            authorityId: who.authority,
            kind: 'halfYear',
            year: 2029,
            field: 'nonMarket',
            title: '示例计划',
            ...more,
          })
        ).body
      expect(await sent(own, {})).toMatchObject({ code: 'plan.half_of_half_year' })
      expect(await sent(own, { half: 1, field: 'market' })).toMatchObject({ code: 'plan.half_year_field' })
      expect(await sent(own, { half: 1 })).toMatchObject({ state: 'draft', half: 1 })
      expect(await sent(other, { kind: 'consolidated', field: 'all' })).toMatchObject({
        code: 'plan.consolidated_by_office',
      })
      expect(await sent(own, { kind: 'consolidated', field: 'all' })).toMatchObject({ state: 'draft' })
    })

    it('is seen by nobody else before it is published, save whom it invites', async () => {
      const id = await draft()
      expect((await other.clerk.client.get(`/plans/${id}`)).status).toBe(404)
      expect((await other.clerk.client.get(`/plans?year=${year}`)).body).toMatchObject({ items: [] })
      await own.clerk.client.post(`/plans/${id}/invitations`, { authorityIds: [other.authority] })
      expect((await other.clerk.client.get(`/plans/${id}`)).status).toBe(200)
      expect((await other.clerk.client.get(`/plans/${id}/lines`)).body).toMatchObject({ about: 1 })
      expect((await other.clerk.client.patch(`/plans/${id}`, 1, { title: '改名' })).status).toBe(403)
      const published = await draft()
      await publish(own, published)
      expect((await other.reader.client.get(`/plans/${published}`)).body).toMatchObject({
        state: 'published',
      })
    })
  })

  describe('two officials at one plan', () => {
    it('at one line: the second sees which version stands, and nothing is lost', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: 2028 })
      const line = await giveLine(own.clerk.client, id, lineBody(own.authority, COUNTY))
      expect((await own.clerk.client.patch(`/plan-lines/${line}`, 1, { ratio: 800 })).status).toBe(200)
      const second = await own.clerk2.client.patch(`/plan-lines/${line}`, 1, { ratio: 300 })
      expect(second.status).toBe(412)
      expect(second.body).toMatchObject({ code: 'stale_version', params: { current: 2, given: 1 } })
      expect((await own.clerk2.client.get(`/plan-lines/${line}`)).body).toMatchObject({
        ratio: 800,
        version: 2,
      })
    })

    it('at different lines: both are kept, and an older view of the plan cannot be proposed', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: 2027 })
      const lines = [
        await giveLine(own.clerk.client, id, lineBody(own.authority, COUNTY)),
        await giveLine(own.clerk.client, id, lineBody(own.authority, COUNTY, { taskName: '另一项' })),
      ]
      const seen = versionOf(await own.clerk.client.get(`/plans/${id}`))
      const answers = await Promise.all([
        own.clerk.client.patch(`/plan-lines/${lines[0]}`, 1, { ratio: 800 }),
        own.clerk2.client.patch(`/plan-lines/${lines[1]}`, 1, { ratio: 900 }),
      ])
      expect(answers.map(({ status }) => status)).toEqual([200, 200])
      const stands = await own.clerk.client.get(`/plans/${id}/lines`)
      expect(stands.body).toMatchObject({ items: [{ ratio: 800 }, { ratio: 900 }] })
      const answer = await own.clerk.client.post(`/plans/${id}/proposal`, {}, matching(seen))
      expect(answer.status).toBe(412)
    })
  })

  describe('a line', () => {
    it('cannot say what makes no sense', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: 2026 })
      const said = async (more: object) =>
        (await own.clerk.client.post(`/plans/${id}/lines`, lineBody(own.authority, COUNTY, more))).body
      const [mine, theirs] = [await giveItem(own), await giveItem(other)]
      const part = (authorityId: string, ...itemIds: string[]) => ({ authorityId, itemIds })
      expect(await said({ quantity: 20 })).toMatchObject({ code: 'planLine.ratio_or_quantity' })
      expect(await said({ startsOn: '2024-12-01' })).toMatchObject({ code: 'planLine.ends_before_it_begins' })
      expect(await said({ leadAuthorityId: other.authority })).toMatchObject({
        code: 'planLine.lead_not_own',
      })
      expect(await said({ parts: [part(other.authority)] })).toMatchObject({ code: 'planLine.lead_missing' })
      const both = [part(own.authority, mine), part(other.authority, theirs)]
      expect(await said({ parts: both })).toMatchObject({ code: 'planLine.mode_needed' })
      expect(await said({ parts: both, mode: 'NO_SUCH' })).toMatchObject({ code: 'planLine.code_unknown' })
      expect(await said({ parts: [part(own.authority, theirs)] })).toMatchObject({
        code: 'planLine.item_of_another',
      })
      expect(await said({ field: 'nonMarket' })).toMatchObject({ code: 'planLine.field_not_of_plan' })
      const elsewhere = lineBody(own.authority, '410928').scope
      expect(await said({ scope: elsewhere })).toMatchObject({ code: 'planLine.scope_outside' })
      expect(await said({ parts: both, mode: 'COMPREHENSIVE' })).toMatchObject({
        number: 1,
        lead: { id: own.authority },
        parts: [
          { isLead: true, items: [{ id: mine }] },
          { isLead: false, items: [{ id: theirs }] },
        ],
      })
    })

    it('is taken out of a draft and no longer counted', async () => {
      const id = await givePlan(own.clerk.client, own.authority, { year: 2025 })
      const line = await giveLine(own.clerk.client, id, lineBody(own.authority, COUNTY))
      expect((await own.clerk.client.post(`/plan-lines/${line}/removal`)).body).toMatchObject({
        state: 'ended',
      })
      expect((await own.clerk.client.get(`/plans/${id}`)).body).toMatchObject({ lines: 0 })
      expect((await own.clerk.client.post(`/plan-lines/${line}/removal`)).body).toMatchObject({
        code: 'planLine.removed_already',
      })
    })
  })
})
