import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { CITY } from '../support/people.ts'
import {
  catalogueCast,
  type CatalogueCast,
  fieldOf,
  giveCitation,
  giveItem,
  idOf,
  itemBody,
} from './catalogue-kit.ts'

onEachEngine((kind) => {
  let app: TestApp
  let cast: CatalogueCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await catalogueCast(app)
  })
  afterAll(() => app.close())

  const draft = async (more: object = {}): Promise<string> => {
    const citation = await giveCitation(cast.clerk.client, cast.authority)
    const answer = await cast.clerk.client.post('/items', itemBody(cast.authority, citation, more))
    expect(answer.status).toBe(201)
    return idOf(answer)
  }
  const propose = (id: string) => cast.clerk.client.post(`/items/${id}/proposal`)

  describe('an item', () => {
    it('is published by a second person, never by its proposer', async () => {
      const id = await draft()
      expect((await cast.head.client.post(`/items/${id}/approval`, {})).body).toMatchObject({
        code: 'catalogue.not_proposed',
      })
      expect((await propose(id)).body).toMatchObject({ state: 'proposed' })
      expect((await cast.clerk.client.post(`/items/${id}/approval`, {})).status).toBe(403)
      const approved = await cast.head.client.post(`/items/${id}/approval`, { note: '同意公布' })
      expect(approved.body).toMatchObject({
        state: 'effective',
        decisionNote: '同意公布',
        can: { use: null },
      })
      expect((await app.anonymous.get('/public/items')).text).toContain(id)
    })

    it('is a draft again when its proposer takes it back, and nobody else can', async () => {
      const id = await draft()
      const withdraw = (by: CatalogueCast['clerk']) => by.client.post(`/items/${id}/withdrawal`)
      expect((await withdraw(cast.clerk)).body).toMatchObject({ code: 'catalogue.not_proposed' })
      await propose(id)
      expect((await withdraw(cast.clerk2)).body).toMatchObject({ code: 'catalogue.not_own_proposal' })
      expect((await withdraw(cast.clerk)).body).toMatchObject({ state: 'draft', can: { propose: null } })
    })

    it('that somebody proposed as clerk is not decided by the same person as head', async () => {
      const both = await (
        await import('../support/people.ts')
      ).givePerson(app, {
        authority: cast.authority,
        roles: ['clerk', 'unitHead'],
      })
      const id = await draft()
      await both.client.post(`/items/${id}/proposal`)
      expect((await both.client.get(`/items/${id}`)).body).toMatchObject({
        can: { approve: { code: 'catalogue.own_proposal' } },
      })
      expect((await both.client.post(`/items/${id}/approval`, {})).body).toMatchObject({
        code: 'catalogue.own_proposal',
      })
      expect((await cast.leader.client.post(`/items/${id}/approval`, {})).status).toBe(200)
    })

    it('has no way into force without a legal basis in force', async () => {
      const id = await draft({ bases: [] })
      expect((await propose(id)).body).toMatchObject({ code: 'item.basis_needed' })
      const cases = [
        [{ title: '关于印发示例方案的通知', documentNumber: '国发〔2023〕5号' }, 'item.basis_doubtful'],
        [{ inForceFrom: null }, 'item.basis_unchecked'],
        [{ inForceFrom: '2999-01-01' }, 'item.basis_not_yet'],
        [{ inForceUntil: '2021-01-01' }, 'item.basis_over'],
      ] as const
      let version = fieldOf(await cast.clerk.client.get(`/items/${id}`), 'version') as number
      for (const [more, code] of cases) {
        const citationId = await giveCitation(cast.clerk.client, cast.authority, more)
        const edited = await cast.clerk.client.patch(`/items/${id}`, version, { bases: [{ citationId }] })
        version = fieldOf(edited, 'version')
        expect((await propose(id)).body).toMatchObject({ code })
        expect(fieldOf(edited, 'can')['propose']).toMatchObject({ code })
      }
      const good = await giveCitation(cast.clerk.client, cast.authority)
      await cast.clerk.client.patch(`/items/${id}`, version, { bases: [{ citationId: good }] })
      expect((await propose(id)).status).toBe(200)
    })

    it('loses its usability when its only basis is repealed, and says why', async () => {
      const id = await giveItem(cast)
      const item = await cast.clerk.client.get(`/items/${id}`)
      const [basis] = fieldOf(item, 'bases') as { citationId: string }[]
      const successor = await giveCitation(cast.clerk.client, cast.authority)
      const day = '2024-12-31'
      const repealed = await cast.clerk.client.patch(`/citations/${basis!.citationId}`, 1, {
        inForceUntil: day,
        repealedById: successor,
      })
      expect(repealed.body).toMatchObject({ standing: 'repealed', repealedBy: { id: successor } })
      expect((await cast.clerk.client.get(`/items/${id}`)).body).toMatchObject({
        can: { use: { code: 'item.basis_repealed' } },
      })
    })

    it('wants what its kind wants: batches only where it has priority, a reason', async () => {
      const wants = async (more: object) => (await propose(await draft(more))).body
      // Neither a cap nor its absence is asked for where no document does: here none.
      expect(await wants({ ratioCap: null })).toMatchObject({ state: 'proposed' })
      expect(await wants({ tier: 'PRIORITY', ratioCap: null, byBatches: true })).toMatchObject({
        state: 'proposed',
      })
      expect(await wants({ byBatches: true })).toMatchObject({ code: 'item.batches_for_priority' })
      expect(await wants({ isRandom: false })).toMatchObject({ code: 'item.reason_needed' })
      expect(
        await wants({ isRandom: false, notRandomReason: '全部对象每年均须检查', ratioCap: null }),
      ).toMatchObject({ state: 'proposed' })
      expect(await wants({ scope: null })).toMatchObject({ code: 'item.scope_needed' })
    })

    it('keeps its number for itself, gives way to its revision, and stays in history', async () => {
      const id = await giveItem(cast, { code: 'XD-01' })
      const citation = await giveCitation(cast.clerk.client, cast.authority)
      const twin = itemBody(cast.authority, citation, { code: 'XD-01' })
      const other = idOf(await cast.clerk.client.post('/items', twin))
      expect((await cast.clerk.client.post('/items', twin)).body).toMatchObject({ code: 'item.code_open' })
      await propose(other)
      expect((await cast.head.client.post(`/items/${other}/approval`, {})).body).toMatchObject({
        code: 'item.code_taken',
      })
      await cast.head.client.post(`/items/${other}/rejection`, { reason: '与有效事项重号' })
      await cast.clerk.client.post(`/items/${other}/discarding`, { reason: '重号' })
      await cast.clerk.client.post(`/items/${id}/checklists`, {
        checkpoints: [{ no: '1', text: '证照是否齐全' }],
      })
      const revision = await cast.clerk.client.post(`/items/${id}/revision`)
      expect(revision.body).toMatchObject({ state: 'draft', revises: id, code: 'XD-01', checklistCount: 1 })
      expect((await cast.clerk.client.post(`/items/${id}/revision`)).body).toMatchObject({
        code: 'item.revised_already',
      })
      await propose(idOf(revision))
      expect((await cast.head.client.post(`/items/${idOf(revision)}/approval`, {})).status).toBe(200)
      expect((await cast.clerk.client.get(`/items/${id}`)).body).toMatchObject({ state: 'ended' })
    })

    it('is ended by the head on a day to come, and is over the day after', async () => {
      const id = await giveItem(cast)
      const on = new Date(app.clock.now().getTime() + 2 * 86_400_000).toISOString().slice(0, 10)
      expect((await cast.clerk.client.post(`/items/${id}/ending`, { reason: '职责划转' })).status).toBe(403)
      const ended = await cast.head.client.post(`/items/${id}/ending`, { on, reason: '职责划转' })
      expect(ended.body).toMatchObject({ state: 'effective', effectiveUntil: on })
      app.clock.advance(4 * 86_400_000)
      cast = await catalogueCast(app)
      expect((await cast.clerk.client.get(`/items/${id}`)).body).toMatchObject({
        state: 'ended',
        can: { use: { code: 'item.ended' } },
      })
      expect((await app.anonymous.get('/public/items')).text).not.toContain(id)
    })

    it('is of its authority: another county neither sees nor changes it, a city sees it', async () => {
      const id = await giveItem(cast)
      const elsewhere = await catalogueCast(app, { division: '990102', name: '白石县示例局' })
      expect((await elsewhere.clerk.client.get(`/items/${id}`)).status).toBe(404)
      expect((await elsewhere.clerk.client.patch(`/items/${id}`, 1, { name: '改名' })).status).toBe(404)
      const city = await catalogueCast(app, { division: CITY, name: '青石市示例局' })
      expect((await city.clerk.client.get(`/items/${id}`)).status).toBe(200)
      expect((await city.clerk.client.patch(`/items/${id}`, 1, { name: '改名' })).status).toBe(403)
      expect((await cast.clerk2.client.patch(`/items/${id}`, 99, { name: '改名' })).status).toBe(412)
    })

    it('says in the open only what is meant for all', async () => {
      await giveItem(cast, { note: '内部备注' })
      const answer = await app.anonymous.get('/public/items?limit=200')
      expect(answer.status).toBe(200)
      expect(answer.text).not.toContain('内部备注')
      expect(answer.text).not.toContain('decidedBy')
      const [first] = fieldOf(answer, 'items') as Record<string, unknown>[]
      expect(first).toHaveProperty('bases')
      expect(answer.headers['cache-control']).toContain('public')
    })

    it('leaves as a table whose cells run nothing', async () => {
      await giveItem(cast, { name: '=HYPERLINK("http://x")' })
      const answer = await cast.reader.client.get('/items.csv?q=HYPERLINK')
      expect(answer.status).toBe(200)
      expect(answer.text).toContain(`"'=HYPERLINK(""http://x"")"`)
      expect(answer.text).toContain('第十条')
    })
  })

  describe('a checklist', () => {
    it('is written version by version, and says what changed', async () => {
      const id = await giveItem(cast)
      const write = (checkpoints: readonly object[], more: object = {}) =>
        cast.clerk.client.post(`/items/${id}/checklists`, { checkpoints, ...more })
      const one = { no: '1', text: '证照是否齐全' }
      expect((await write([one, one])).body).toMatchObject({ code: 'checklist.number_twice' })
      expect((await write([one, { no: '2', text: '台账是否完整' }])).body).toMatchObject({
        number: 1,
        isCurrent: true,
      })
      const second = await write([
        { ...one, method: 'ON_SITE' },
        { no: '3', text: '制度是否上墙' },
      ])
      expect(second.body).toMatchObject({ number: 2 })
      expect(
        (fieldOf(second, 'changes') as { kind: string; no: string }[]).map(({ kind, no }) => `${kind} ${no}`),
      ).toEqual(['changed 1', 'added 3', 'removed 2'])
      expect((await write([one], { effectiveFrom: '2020-01-01' })).body).toMatchObject({
        code: 'checklist.before_latest',
      })
      expect(fieldOf(await cast.reader.client.get(`/items/${id}/checklists`), 'items')).toHaveLength(2)
      expect((await cast.reader.client.get(`/checklists/${idOf(second)}`)).body).toMatchObject({ itemId: id })
    })
  })

  describe('a citation', () => {
    it('that is known to be wrong is doubtful whoever enters it, and stays so', async () => {
      const title = '国务院关于示例监管的意见'
      const answer = await cast.clerk.client.post('/citations', {
        authorityId: cast.authority,
        title,
        documentNumber: '国发[2023]5号',
        level: 'normativeDocument',
        inForceFrom: '2023-01-01',
      })
      expect(answer.body).toMatchObject({ doubtful: true, standing: 'doubtful' })
      const cleared = await cast.clerk.client.patch(`/citations/${idOf(answer)}`, 1, { doubtful: false })
      expect(cleared.body).toMatchObject({ code: 'citation.known_doubtful' })
      const mended = await cast.clerk.client.patch(`/citations/${idOf(answer)}`, 1, {
        documentNumber: '国发〔2019〕5号',
        doubtful: false,
      })
      expect(mended.body).toMatchObject({ doubtful: false, standing: 'inForce' })
    })

    it('is read everywhere and changed where it was entered', async () => {
      const id = await giveCitation(cast.clerk.client, cast.authority)
      const elsewhere = await catalogueCast(app, { division: '990102', name: '白石县示例局' })
      expect((await elsewhere.clerk.client.get(`/citations/${id}`)).body).toMatchObject({
        can: { edit: { code: 'not_allowed' } },
      })
      expect((await elsewhere.clerk.client.patch(`/citations/${id}`, 1, { issuer: '示例机关' })).status).toBe(
        403,
      )
    })
  })
})
