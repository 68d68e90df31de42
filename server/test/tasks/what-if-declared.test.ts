// 推演 with what inspectors have declared: it counts, and nobody learns from it who declared what about whom.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { consultationCast, type ConsultationCast, giveJoint } from './consultation-kit.ts'

onEachEngine((kind) => {
  describe('a simulation', () => {
    let app: TestApp
    let cast: ConsultationCast
    let task: string
    let code: string
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await consultationCast(app)
      // Everybody is drawn, so that a declared subject is met in each trial.
      task = await giveJoint(cast, { design: { kind: 'coverage', batches: 1 }, loadCap: 200 })
      const [subject = ''] = cast.subjects
      code = String((await cast.lead.clerk.client.get(`/subjects/${subject}`)).body['code'])
    }, 180_000)
    afterAll(() => app.close())

    const simulated = async () => {
      const answer = await cast.lead.clerk.client.post(`/tasks/${task}/simulations`, {})
      expect(answer.status, answer.text).toBe(200)
      return answer
    }
    const declare = async (fields: object, count: number) => {
      const those = cast.inspectors.get(cast.lead.authority)?.slice(0, count) ?? []
      for (const inspectorId of those) {
        const made = await cast.lead.clerk.client.post('/declarations', {
          inspectorId,
          kind: 'kinship',
          subjectName: '示例被申报的店',
          ...fields,
        })
        expect(made.status, made.text).toBe(201)
      }
    }

    it('says that a match fails where the declared recuse too many', async () => {
      const before = (await simulated()).body
      expect(before).toMatchObject({
        infeasible: { share: 0 },
        declared: { subjects: 0, inspectors: 0, withoutCode: 0 },
      })
      await declare({ subjectCode: code }, 5)
      const after = await simulated()
      expect(after.body).toMatchObject({
        infeasible: { share: 1, why: [{ authorityId: cast.lead.authority, share: 1, recused: 1 }] },
        declared: { subjects: 1, inspectors: 5, withoutCode: 0 },
      })
      expect(after.text).not.toContain(code)
      expect(after.text).not.toMatch(/被申报|孙示例/)
    })

    it('says how many declarations name nobody whom it can find', async () => {
      await declare({}, 2)
      expect((await simulated()).body).toMatchObject({ declared: { subjects: 1, withoutCode: 2 } })
    })
  })
})
