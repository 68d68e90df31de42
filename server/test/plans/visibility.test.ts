import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
import { giveLine, givePlan, lineBody, propose, publish } from './plans-kit.ts'

const NINGAN = '231084'

onEachEngine((kind) => {
  let app: TestApp
  let own: CatalogueCast
  let office: CatalogueCast
  let elsewhere: CatalogueCast
  let year: number
  beforeAll(async () => {
    app = await startApp(kind)
    own = await catalogueCast(app, { division: NINGAN, name: '宁安市应急管理局' })
    office = await catalogueCast(app, { division: NINGAN, name: '宁安市市场监督管理局' })
    elsewhere = await catalogueCast(app, { division: '410928', name: '濮阳县应急管理局' })
    await giveConference(app, { division: NINGAN, office: office.authority, oversight: own.authority })
    year = app.clock.now().getUTCFullYear()
  })
  afterAll(() => app.close())

  const links = async (cast: { client: CatalogueCast['clerk']['client'] }): Promise<readonly string[]> =>
    (fieldOf(await cast.client.get('/todo'), 'items') as { link: string }[]).map(({ link }) => link)
  const draft = async () => {
    const id = await givePlan(own.clerk.client, own.authority, { year: ++year, field: 'market' })
    const parts = [{ authorityId: own.authority, itemIds: [await giveItem(own)] }]
    const days = { startsOn: `${year}-03-01`, endsOn: `${year}-11-30` }
    await giveLine(own.clerk.client, id, lineBody(own.authority, NINGAN, { parts, ...days }))
    return id
  }

  describe('what waits', () => {
    it('is a review for the head, publication after it, and receipt at the receiver', async () => {
      const id = await draft()
      await propose(own.clerk.client, id)
      expect(await links(own.leader)).toContain(`/plans/${id}`)
      expect(await links(own.clerk)).not.toContain(`/plans/${id}`)
      const { version } = (await own.leader.client.get(`/plans/${id}`)).body as never as { version: number }
      await own.leader.client.post(`/plans/${id}/approval`, {}, { 'if-match': `"${version}"` })
      expect(await links(own.leader)).toContain(`/plans/${id}/publication`)
      await own.leader.client.post(`/plans/${id}/publication`, { publishedIn: '市政府网站' })
      await own.clerk.client.post(`/plans/${id}/filings`, { body: 'MARKET_REGULATION' })
      expect(await links(office.office)).toContain('/plans/filings?direction=in')
      expect(await links(elsewhere.clerk)).not.toContain('/plans/filings?direction=in')
    })

    it('is what the document of the place wants this year, with its day and its words', async () => {
      const { text } = await own.clerk.client.get('/todo')
      expect(text).toContain('plans.due.filing')
      expect(text).toContain('报市司法局备案')
      expect((await elsewhere.clerk.client.get('/todo')).text).not.toContain('plans.due.filing')
    })
  })

  describe('a published plan', () => {
    it('is read by anybody, with its amendments as differences; a draft by nobody', async () => {
      const id = await draft()
      const anybody = app.anonymous
      expect((await anybody.get(`/public/plans/${id}`)).status).toBe(404)
      await publish(own, id)
      const { items } = (await own.clerk.client.get(`/plans/${id}/lines`)).body as never as {
        items: { id: string }[]
      }
      const change = { op: 'change', lineId: items[0]!.id, lineVersion: 1, after: { ratio: 400 } }
      const amendment = idOf(
        await own.clerk.client.post(`/plans/${id}/amendments`, {
          reasonCode: 'RISK_CHANGED',
          reason: '风险上升',
          changes: [change],
        }),
      )
      expect((await anybody.get(`/public/plans/${id}`)).body).toMatchObject({ amendments: [] })
      await own.clerk.client.post(`/amendments/${amendment}/proposal`)
      await own.leader.client.post(`/amendments/${amendment}/approval`, {})
      expect((await anybody.get(`/public/plans/${id}`)).body).toMatchObject({
        items: [{ ratio: 400 }],
        amendments: [{ reason: '风险上升', changes: [{ before: { ratio: 500 }, after: { ratio: 400 } }] }],
      })
      expect((await anybody.get(`/public/plans?division=${NINGAN}&year=${year}`)).text).toContain(id)
    })
  })
})
