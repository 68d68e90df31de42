// 备选库 under the rules of real places: who names a participant's inspectors (D-10), and what a refusal needs (S2 (七)).

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Answer, TestApp } from '../support/app.ts'
import { startApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { scopeOf } from '../plans/plans-kit.ts'
import { type CatalogueCast, catalogueCast, giveItem } from '../registers/catalogue-kit.ts'
import { giveSubject } from '../registers/subjects-kit.ts'
import {
  accept,
  type ConsultationCast,
  decline as declineAs,
  giveConsulting,
  giveInspectors,
  partOf,
  settle,
} from './consultation-kit.ts'

/** Three authorities of a place with an item and five inspectors each, and some subjects. */
async function castIn(app: TestApp, division: string): Promise<ConsultationCast> {
  const one = (name: string) => catalogueCast(app, { division, name })
  const [lead, other, third] = [await one('示例市场局'), await one('示例文旅局'), await one('示例卫健局')]
  const inspectors = new Map<string, readonly string[]>()
  for (const each of [lead, other, third]) inspectors.set(each.authority, await giveInspectors(app, each, 5))
  const subjects: string[] = []
  for (let k = 0; k < 6; k++)
    subjects.push(
      (await giveSubject(lead.clerk.client, { authorityId: lead.authority, divisionCode: division })).id,
    )
  const items = {
    item: await giveItem(lead),
    othersItem: await giveItem(other),
    thirdsItem: await giveItem(third),
  }
  return { lead, other, third, inspectors, subjects, ...items }
}

onEachEngine((kind) => {
  describe.each([
    ['150525', undefined],
    ['410928', 'participation.pool_is_own'],
  ] as const)('in %s', (division, code) => {
    let app: TestApp
    let cast: ConsultationCast
    let task: string
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await castIn(app, division)
      task = await giveConsulting(cast, { scope: scopeOf(division) })
    }, 180_000)
    afterAll(() => app.close())
    const byLead = async (of: CatalogueCast, body: object): Promise<Answer> => {
      const { id, version } = await partOf(cast.lead.clerk.client, task, of.authority)
      return cast.lead.clerk.client.patch(`/participations/${id}`, version, body)
    }

    it('the lead sets the pool of another, or is refused with the law', async () => {
      const pool = (cast.inspectors.get(cast.other.authority) ?? []).map((inspectorId) => ({ inspectorId }))
      const answer = await byLead(cast.other, { pool })
      const { can } = await partOf(cast.lead.clerk.client, task, cast.other.authority)
      if (code === undefined) {
        expect(answer.status, answer.text).toBe(200)
        expect(can['choosePool']).toBeNull()
      } else {
        const refusal = { code, law: { key: 'draws.organiser' } }
        expect(answer.body).toMatchObject(refusal)
        expect(can['choosePool']).toMatchObject(refusal)
      }
    })

    it('the lead confirms no conflicts for another, and does not say how many it draws', async () => {
      for (const said of [{ conflictsConfirmed: true }, { drawn: 2 }])
        expect((await byLead(cast.other, said)).body).toMatchObject({
          code: code ?? 'participation.conflicts_are_own',
        })
    })

    it('whoever has seen the task before the lead named a pool agrees to nothing', async () => {
      if (code !== undefined) return
      expect((await settle(cast, cast.third, task)).status).toBe(200)
      const head = cast.third.head.client
      const seen = await partOf(head, task, cast.third.authority)
      const pool = (cast.inspectors.get(cast.other.authority) ?? []).slice(1)
      const named = pool.map((inspectorId) => ({ inspectorId }))
      expect((await byLead(cast.other, { pool: named })).status).toBe(200)
      const late = await accept(head, seen)
      expect([late.status, late.body]).toMatchObject([412, { params: { changed: 'task' } }])
      // Its own authority confirms the conflicts of whom the lead named.
      const own = await partOf(head, task, cast.other.authority)
      expect(own).toMatchObject({ conflictsConfirmed: false })
      const confirmed = { drawn: 2, conflictsConfirmed: true, itemIds: [cast.othersItem] }
      const { client } = cast.other.clerk
      expect((await client.patch(`/participations/${own.id}`, own.version, confirmed)).status).toBe(200)
    })

    it('the lead never chooses the items of another', async () => {
      const answer = await byLead(cast.other, { itemIds: [cast.othersItem] })
      expect(answer.body).toMatchObject({ code: code ?? 'participation.items_are_own' })
    })
  })

  describe('in 150626', () => {
    let app: TestApp
    let cast: ConsultationCast
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await castIn(app, '150626')
    }, 180_000)
    afterAll(() => app.close())

    it('whoever declines sends a written statement', async () => {
      const task = await giveConsulting(cast, { scope: scopeOf('150626') })
      const part = await partOf(cast.third.head.client, task, cast.third.authority)
      const { id, can } = part
      const decline = () => declineAs(cast.third.head.client, part, { reason: '正在改革' })
      const refusal = {
        code: 'participation.statement_needed',
        law: { key: 'tasks.refusal_statement_required' },
      }
      expect(can['decline']).toMatchObject(refusal)
      expect((await decline()).body).toMatchObject(refusal)
      const sent = await cast.third.clerk.client.send('POST', `/participations/${id}/statement`, {
        body: Buffer.from('%PDF-1.4'),
        headers: { 'content-type': 'application/octet-stream' },
      })
      expect(sent.status, sent.text).toBe(201)
      expect((await decline()).body).toMatchObject({ state: 'declined', hasStatement: true })
    })
  })
})
