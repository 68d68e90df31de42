import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY, COUNTY } from '../support/people.ts'
import {
  catalogueCast,
  type CatalogueCast,
  fieldOf,
  giveConference,
  giveItem,
  idOf,
} from './catalogue-kit.ts'

const OTHER = '青石县示例执法局'

onEachEngine((kind) => {
  let app: TestApp
  let lead: CatalogueCast
  let other: CatalogueCast
  beforeAll(async () => {
    app = await startApp(kind)
    lead = await catalogueCast(app)
    other = await catalogueCast(app, { division: COUNTY, name: OTHER })
    await giveConference(app, { division: COUNTY, office: lead.authority, oversight: other.authority })
  })
  afterAll(() => app.close())

  const links = async (who: { client: { get: (path: string) => Promise<never> } }): Promise<string[]> =>
    (fieldOf(await who.client.get('/todo'), 'items') as { link: string }[]).map(({ link }) => link)

  describe('a joint item', () => {
    let count = 0
    const body = (parts: readonly object[], more: object = {}) => ({
      leadAuthorityId: lead.authority,
      name: `示例场所部门联合抽查之${++count}`,
      field: 'market',
      mode: 'COMPREHENSIVE',
      object: '示例场所',
      methods: ['ON_SITE'],
      implementingLevels: ['county'],
      ratio: 300,
      startMonth: 3,
      endMonth: 11,
      focus: '证照、台账和安全管理',
      parts,
      ...more,
    })
    const part = (cast: CatalogueCast, ...itemIds: readonly string[]) => ({
      authorityId: cast.authority,
      itemIds,
    })

    it('is kept by the office and decided by somebody else', async () => {
      const [own, theirs] = [await giveItem(lead), await giveItem(other)]
      const created = await lead.office.client.post(
        '/joint-items',
        body([part(lead, own), part(other, theirs)]),
      )
      expect(created.status).toBe(201)
      const id = idOf(created)
      expect((await lead.office.client.post(`/joint-items/${id}/proposal`)).body).toMatchObject({
        state: 'proposed',
      })
      expect((await lead.office.client.post(`/joint-items/${id}/approval`, {})).body).toMatchObject({
        code: 'catalogue.own_proposal',
      })
      expect(await links(lead.leader as never)).toContain(`/registers/joint-items/${id}`)
      expect(await links(lead.office as never)).not.toContain(`/registers/joint-items/${id}`)
      expect((await lead.leader.client.post(`/joint-items/${id}/approval`, {})).body).toMatchObject({
        state: 'effective',
      })
      expect((await other.clerk.client.get(`/joint-items?authority=${other.authority}`)).text).toContain(id)
    })

    it('needs somebody besides the lead, and of each an item that may be used', async () => {
      const [own, theirs] = [await giveItem(lead), await giveItem(other)]
      const proposed = async (parts: readonly object[]) => {
        const id = idOf(await lead.clerk.client.post('/joint-items', body(parts)))
        return (await lead.clerk.client.post(`/joint-items/${id}/proposal`)).body
      }
      expect(await proposed([part(lead, own)])).toMatchObject({ code: 'jointItem.participants_needed' })
      expect(await proposed([part(lead, own), part(other)])).toMatchObject({
        code: 'jointItem.items_needed',
        params: { authority: OTHER },
      })
      await other.head.client.post(`/items/${theirs}/ending`, { reason: '职责划转' })
      expect(await proposed([part(lead, own), part(other, theirs)])).toMatchObject({
        code: 'jointItem.item_not_usable',
      })
    })

    it('cannot say what makes no sense', async () => {
      const [own, theirs] = [await giveItem(lead), await giveItem(other)]
      const parts = [part(lead, own), part(other, theirs)]
      const refused = async (given: readonly object[], more: object = {}) =>
        (await lead.clerk.client.post('/joint-items', body(given, more))).body
      expect(await refused(parts, { quantity: 10 })).toMatchObject({ code: 'jointItem.ratio_or_quantity' })
      expect(await refused(parts, { startMonth: 6, endMonth: 3 })).toMatchObject({
        code: 'jointItem.months_reversed',
      })
      expect(await refused([part(other, theirs)])).toMatchObject({ code: 'jointItem.lead_missing' })
      expect(await refused([part(lead, theirs)])).toMatchObject({ code: 'jointItem.item_of_another' })
      expect(await refused([part(lead), part(lead)])).toMatchObject({ code: 'jointItem.authority_twice' })
      expect(await refused(parts, { mode: 'NO_SUCH' })).toMatchObject({ code: 'item.code_unknown' })
    })

    it('is seen by a city authority that takes part in it, also from below', async () => {
      const city = await catalogueCast(app, { division: CITY, name: '青石市示例局' })
      const cityItem = await giveItem(city)
      const own = await giveItem(lead)
      const created = await city.clerk.client.post('/joint-items', {
        ...body([part(city, cityItem), part(lead, own)]),
        leadAuthorityId: city.authority,
      })
      expect(created.status).toBe(201)
      expect((await other.clerk.client.get(`/joint-items/${idOf(created)}`)).status).toBe(404)
      expect(
        (await lead.clerk.client.patch(`/joint-items/${idOf(created)}`, 1, { focus: '改' })).status,
      ).toBe(404)
    })
  })

  describe('an operating document', () => {
    const upload = (title: string, bytes = '%PDF-1.7 示例', name = '细则.pdf') =>
      lead.clerk.client.send(
        'POST',
        `/operating-documents?authority=${lead.authority}&kind=operatingRules&title=${encodeURIComponent(title)}&effectiveFrom=2024-01-01`,
        {
          body: bytes,
          headers: { 'content-type': 'application/octet-stream', 'file-name': encodeURIComponent(name) },
        },
      )

    it('is told by its bytes, stands in versions, and comes back as it was', async () => {
      const first = await upload('随机抽查工作细则')
      expect(first.body).toMatchObject({ number: 1, format: 'pdf', isLatest: true, state: 'kept' })
      const second = await upload('随机抽查工作细则', '第一条 示例', '细则.txt')
      expect(second.body).toMatchObject({ number: 2, format: 'txt' })
      expect((await lead.reader.client.get(`/operating-documents/${idOf(first)}`)).body).toMatchObject({
        isLatest: false,
      })
      const file = await lead.reader.client.get(`/operating-documents/${idOf(first)}/file`)
      expect(file.text).toBe('%PDF-1.7 示例')
      expect(file.headers['content-disposition']).toContain(encodeURIComponent('细则.pdf'))
      expect((await upload('伪装', 'MZ\u0001\u0000', '细则.pdf')).body).toMatchObject({
        code: 'document.format',
      })
      expect((await upload('空', '')).status).toBe(400)
    })

    it('goes to the office, which receives it or sends it back', async () => {
      const id = idOf(await upload('工作指引'))
      expect((await lead.office.client.post(`/operating-documents/${id}/receipt`)).body).toMatchObject({
        code: 'document.not_submitted',
      })
      expect((await lead.clerk.client.post(`/operating-documents/${id}/submission`)).body).toMatchObject({
        state: 'submitted',
        isLate: false,
      })
      expect(await links(lead.office as never)).toContain(`/registers/documents/${id}`)
      expect(
        (await lead.office.client.post(`/operating-documents/${id}/returning`, { reason: '缺少后续处理' }))
          .body,
      ).toMatchObject({ state: 'returned', returnReason: '缺少后续处理' })
      await lead.clerk.client.post(`/operating-documents/${id}/submission`)
      expect((await lead.office.client.post(`/operating-documents/${id}/receipt`)).body).toMatchObject({
        state: 'received',
        returnReason: null,
      })
    })
  })

  describe('the statement of what is unsuitable', () => {
    it('holds what stood in the catalogue that day, and is received by who oversees', async () => {
      const created = () =>
        lead.clerk.client.post('/unsuitable-statements', {
          authorityId: lead.authority,
          explanation: '见所列事项',
        })
      expect((await created()).body).toMatchObject({ code: 'statement.nothing_unsuitable' })
      const reason = '全部对象每年均须检查'
      const id = await giveItem(lead, { isRandom: false, notRandomReason: reason, ratioCap: null })
      const preview = await lead.clerk.client.get(`/unsuitable-statement-preview?authority=${lead.authority}`)
      expect(preview.body).toMatchObject({
        items: [{ id, reason }],
        receiver: { name: OTHER },
        can: { submit: null },
      })
      const statement = await created()
      expect(statement.body).toMatchObject({ state: 'submitted', items: [{ id, reason }] })
      expect((await created()).body).toMatchObject({ code: 'statement.open_already' })
      await lead.head.client.post(`/items/${id}/ending`, { reason: '改列双随机' })
      const path = `/unsuitable-statements/${idOf(statement)}`
      expect((await lead.reader.client.get(path)).body).toMatchObject({ items: [{ id, reason }] })
      expect(await links(other.oversight as never)).toContain(`/registers/statements/${idOf(statement)}`)
      expect((await lead.clerk.client.post(`${path}/receipt`)).status).toBe(403)
      expect((await other.oversight.client.post(`${path}/receipt`)).body).toMatchObject({ state: 'received' })
      expect(
        (await other.oversight.client.post(`${path}/returning`, { reason: '再补正' })).body,
      ).toMatchObject({
        code: 'statement.decided_already',
      })
    })
  })
})
