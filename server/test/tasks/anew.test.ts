// An acceptance is given to what lay there: where the lead changes it, it falls; what another authority answers leaves it.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changedSections } from '../../src/tasks/schemes/sections.rules.ts'
import { whyNotAccepted } from '../../src/tasks/schemes/schemes.rules.ts'
import { defaultTerms } from '../../src/tasks/schemes/terms.rules.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { matching } from '../plans/plans-kit.ts'
import { fieldOf, idOf } from '../registers/catalogue-kit.ts'
import {
  accept,
  answer,
  consultationCast,
  type ConsultationCast,
  generate,
  giveConsulting,
  partOf,
  stateOf,
} from './consultation-kit.ts'

describe('what was accepted', () => {
  const terms = defaultTerms(LAW, { division: '410928', on: '2026-12-01' })
  const section = { code: 'TIME', text: '三月', generated: '三月', isEdited: false }
  const agreed = { terms, sections: [section] }

  it('may be filled in anew by the system, and not be rewritten or settled otherwise', () => {
    const filled = [{ ...section, text: '四月', generated: '四月' }]
    expect(changedSections(filled, agreed.sections)).toHaveLength(1)
    expect(whyNotAccepted({ agreed, terms, sections: filled })).toBeUndefined()
    const written = [{ ...section, text: '另行通知', isEdited: true }]
    expect(whyNotAccepted({ agreed, terms, sections: written })).toMatchObject({
      code: 'scheme.not_as_accepted',
      params: { section: 'TIME' },
    })
    expect(whyNotAccepted({ agreed: { terms, sections: written }, terms, sections: written })).toBeUndefined()
    const others = { ...terms, officersPerVisit: 3 }
    expect(whyNotAccepted({ agreed, terms: others, sections: [section] })).toMatchObject({
      code: 'scheme.term_not_as_accepted',
      params: { term: 'officersPerVisit' },
    })
    // Where no scheme lay before anybody, nothing of it was accepted.
    expect(whyNotAccepted({ agreed: null, terms: others, sections: written })).toBeUndefined()
  })
})

onEachEngine((kind) => {
  describe('an acceptance', () => {
    let app: TestApp
    let cast: ConsultationCast
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await consultationCast(app)
    }, 180_000)
    afterAll(() => app.close())
    const otherIn = (task: string) => partOf(cast.other.head.client, task, cast.other.authority)
    const edit = async (scheme: string, body: object) => {
      const { client } = cast.lead.clerk
      const version = fieldOf(await client.get(`/schemes/${scheme}`), 'version')
      const saved = await client.patch(`/schemes/${scheme}`, version, body)
      expect(saved.status, saved.text).toBe(200)
    }

    it.each([
      ['writes in the scheme', { sections: [{ code: 'TIME', text: '另行通知。' }] }],
      ['settles a term otherwise', { terms: [{ code: 'officersPerVisit', value: 3 }] }],
      ['generates the scheme anew', undefined],
    ])('falls when the lead %s, and the task waits for the next one', async (_, change) => {
      const task = await giveConsulting(cast)
      const scheme = idOf(await generate(cast, task))
      await answer(cast, cast.other, task)
      if (change) await edit(scheme, change)
      else await generate(cast, task)
      const asked = await otherIn(task)
      expect(asked).toMatchObject({ state: 'invited', round: 1, answeredBy: null, replyBy: '2026-11-30' })
      const news = await cast.other.head.client.get('/notifications')
      expect(news.text).toContain('task.asked_anew')
      await answer(cast, cast.third, task)
      expect(await stateOf(cast, task)).toBe('consulting')
      const { client } = cast.lead.head
      expect((await client.post(`/tasks/${task}/conclusion`)).body).toMatchObject({
        code: 'task.answers_open',
      })
      expect((await accept(cast.other.head.client, asked)).body).toMatchObject({ state: 'accepted' })
      expect(await stateOf(cast, task)).toBe('agreed')
    })

    it('stands when another authority answers, and keeps what it was given to', async () => {
      const task = await giveConsulting(cast)
      const scheme = idOf(await generate(cast, task))
      await answer(cast, cast.other, task)
      const before = await otherIn(task)
      await answer(cast, cast.third, task)
      expect(await otherIn(task)).toMatchObject({ state: 'accepted', version: before.version })
      expect(await stateOf(cast, task)).toBe('agreed')
      const { rows } = await app.migrated.superuser.query<Record<string, unknown>>(
        `select accepted_scheme_id as scheme, accepted_scheme_version as version, accepted_task_version as task
          from tasks.participation where id = $1`,
        [before.id],
      )
      expect(rows).toEqual([{ scheme, version: 1, task: before.taskVersion }])
    })

    it('binds what is published: filled in anew by the system, and not rewritten', async () => {
      const task = await giveConsulting(cast)
      const scheme = idOf(await generate(cast, task))
      await answer(cast, cast.other, task)
      await answer(cast, cast.third, task)
      await generate(cast, task)
      await edit(scheme, { sections: [{ code: 'TIME', text: '另行通知。' }] })
      const { client } = cast.lead.head
      const publish = async () => {
        const { body } = await client.get(`/schemes/${scheme}`)
        return client.post(
          `/schemes/${scheme}/publication`,
          { channel: 'WEBSITE' },
          matching(Number(body['version'])),
        )
      }
      expect((await publish()).body).toMatchObject({
        code: 'scheme.not_as_accepted',
        params: { section: 'TIME' },
      })
      await edit(scheme, { sections: [{ code: 'TIME', text: '2026年12月1日至2026年12月31日。' }] })
      expect((await publish()).body).toMatchObject({ state: 'published' })
    })
  })
})
