// 征求意见: given by whoever is asked, answered by the lead, and kept as a record.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { idOf } from '../registers/catalogue-kit.ts'
import {
  consultationCast,
  type ConsultationCast,
  decline,
  giveConsulting,
  partOf,
} from './consultation-kit.ts'

onEachEngine((kind) => {
  describe('opinions', () => {
    let app: TestApp
    let cast: ConsultationCast
    let id: string
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await consultationCast(app)
      id = await giveConsulting(cast)
    }, 180_000)
    afterAll(() => app.close())
    const give = (text: string, more: object = {}) =>
      cast.other.clerk.client.post(`/tasks/${id}/opinions`, { text, ...more })

    it('are given by who is asked, not by the lead nor by others', async () => {
      expect((await give('建议推迟到三月', { section: 'TIME' })).body).toMatchObject({
        authorityName: '青石县文化和旅游局',
        section: 'TIME',
        round: 1,
        adopted: null,
      })
      const own = await cast.lead.clerk.client.post(`/tasks/${id}/opinions`, { text: '我们自己的' })
      expect(own.body).toMatchObject({ code: 'opinion.of_lead' })
      expect((await give('没有这一部分', { section: 'NO_SUCH' })).body).toMatchObject({
        code: 'opinion.section_unknown',
      })
    })

    it('are answered once by the lead; one that is not adopted with a reason', async () => {
      const opinion = idOf(await give('建议减少户数'))
      const answer = (body: object) => cast.lead.clerk.client.post(`/opinions/${opinion}/reply`, body)
      expect((await answer({ adopted: false })).body).toMatchObject({ code: 'opinion.reply_needed' })
      const others = await cast.other.clerk.client.post(`/opinions/${opinion}/reply`, { adopted: true })
      expect(others.status).toBe(403)
      expect((await answer({ adopted: false, reply: '比例已是下限' })).body).toMatchObject({ adopted: false })
      expect((await answer({ adopted: true })).body).toMatchObject({ code: 'opinion.answered_already' })
    })

    it('make a record that a spreadsheet cannot run, and that can be printed', async () => {
      await give('=HYPERLINK("http://x","y")')
      await give('<script>alert(1)</script>')
      const csv = await cast.third.reader.client.get(`/tasks/${id}/consultation-record.csv`)
      expect(csv.status).toBe(200)
      expect(csv.text).toContain('比例已是下限')
      expect(csv.text).toContain(`"'=HYPERLINK`)
      const html = await cast.lead.clerk.client.get(`/tasks/${id}/consultation-record.html`)
      expect(html.headers['content-type']).toContain('text/html')
      expect(html.headers['content-security-policy']).toMatch(/default-src 'none'; style-src 'sha256-/)
      expect(html.text).toContain('&lt;script&gt;')
      expect(html.text).not.toContain('<script')
    })

    it('go with a written statement, which is read by those in the task and leaves a trace', async () => {
      const asked = await partOf(cast.third.clerk.client, id, cast.third.authority)
      const { id: part } = asked
      const send = (bytes: string) =>
        cast.third.clerk.client.send('POST', `/participations/${part}/statement`, {
          body: Buffer.from(bytes),
          headers: { 'content-type': 'application/octet-stream' },
        })
      expect((await send('MZ not a letter')).body).toMatchObject({ code: 'participation.statement_format' })
      const stored = await send('%PDF-1.4 函告')
      expect(stored.status, stored.text).toBe(201)
      const said = { reason: '正在机构改革', statement: String(stored.body['hash']) }
      const head = cast.third.head.client
      const other = { ...said, statement: 'a'.repeat(64) }
      expect((await decline(head, asked, other)).body).toMatchObject({
        code: 'participation.statement_unknown',
      })
      expect((await decline(head, asked, said)).body).toMatchObject({
        state: 'declined',
        hasStatement: true,
      })
      const read = await cast.lead.clerk.client.get(`/participations/${part}/statement`)
      expect([read.status, read.headers['content-type']]).toEqual([200, 'application/pdf'])
      const { rows } = await app.migrated.superuser.query(
        `select 1 from audit.event where action = 'participation.readStatement'`,
      )
      expect(rows).toHaveLength(1)
    })
  })
})
