// 实施方案: generated from the task with everybody in it, edited, published by another person, revised; and read by anybody.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Place } from '../../src/law/index.ts'
import {
  edited,
  isOutdated,
  regenerated,
  sectionCodes,
  whyNotContents,
} from '../../src/tasks/schemes/sections.rules.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { matching } from '../plans/plans-kit.ts'
import { fieldOf, idOf } from '../registers/catalogue-kit.ts'
import {
  answer,
  consultationCast,
  type ConsultationCast,
  decline,
  generate,
  giveConsulting,
  giveJoint,
  partOf,
} from './consultation-kit.ts'

interface ShownScheme {
  readonly id: string
  readonly version: number
  readonly number: number
  readonly sections: readonly {
    readonly code: string
    readonly text: string
    readonly isEdited: boolean
    readonly isOutdated: boolean
  }[]
  readonly terms: readonly {
    readonly code: string
    readonly value: unknown
    readonly citation: string | null
  }[]
}

describe('the sections of a scheme', () => {
  const wushen: Place = { division: '150626', on: '2023-06-30' }
  const puyang: Place = { division: '410928', on: '2023-06-30' }

  it('stand in the order of the document that demands them, then the others', () => {
    expect(sectionCodes(LAW, wushen).slice(0, 6)).toEqual([
      'SCOPE',
      'RATIO',
      'TIME',
      'METHOD',
      'PARTICIPANTS',
      'ITEMS',
    ])
    expect(sectionCodes(LAW, puyang)).toHaveLength(17)
    expect(new Set(sectionCodes(LAW, puyang)).size).toBe(17)
  })

  it('may be left empty only where no document demands them', () => {
    const full = sectionCodes(LAW, wushen).map((code) => ({
      code,
      text: 'x',
      generated: 'x',
      isEdited: false,
    }))
    expect(whyNotContents(LAW, wushen, full)).toBeUndefined()
    const without = (code: string) => full.map((one) => (one.code === code ? { ...one, text: ' ' } : one))
    expect(whyNotContents(LAW, wushen, without('RATIO'))).toEqual({
      code: 'scheme.section_needed',
      params: { section: 'RATIO' },
      law: 'tasks.scheme_contents',
    })
    expect(whyNotContents(LAW, wushen, without('FOLLOW_UP'))).toBeUndefined()
    expect(whyNotContents(LAW, puyang, without('FOLLOW_UP'))?.code).toBe('scheme.section_needed')
  })

  it('keep what somebody wrote when they are made anew, and remember what they would be', () => {
    const first = regenerated(['TIME', 'SCOPE'], { TIME: '三月', SCOPE: '全县' }, [])
    const mine = edited(first, [{ code: 'TIME', text: '三月上旬' }])
    const anew = regenerated(['TIME', 'SCOPE'], { TIME: '四月', SCOPE: '全市' }, mine)
    expect(anew).toEqual([
      { code: 'TIME', text: '三月上旬', generated: '四月', isEdited: true, editedFrom: '三月' },
      { code: 'SCOPE', text: '全市', generated: '全市', isEdited: false },
    ])
    expect(isOutdated(mine[0]!)).toBe(false)
    expect(isOutdated(anew[0]!)).toBe(true)
    expect(edited(anew, [{ code: 'TIME', text: '四月' }])[0]?.isEdited).toBe(false)
  })
})

onEachEngine((kind) => {
  describe('a scheme', () => {
    let app: TestApp
    let cast: ConsultationCast
    beforeAll(async () => {
      app = await startApp(kind)
      cast = await consultationCast(app)
    }, 180_000)
    afterAll(() => app.close())
    const schemeOf = async (task: string) => (await generate(cast, task)).body as unknown as ShownScheme
    const textOf = (scheme: ShownScheme, code: string) =>
      scheme.sections.find((section) => section.code === code)?.text ?? ''
    const publish = async (id: string, by = cast.lead.head.client) => {
      const { body } = await by.get(`/schemes/${id}`)
      return by.post(`/schemes/${id}/publication`, { channel: 'WEBSITE' }, matching(Number(body['version'])))
    }

    it('names every authority that takes part, with its items and their basis', async () => {
      const id = await giveJoint(cast)
      const scheme = await schemeOf(id)
      for (const name of ['青石县市场监督管理局', '青石县文化和旅游局', '青石县卫生健康局']) {
        expect(textOf(scheme, 'ORGANISATION')).toContain(name)
        expect(textOf(scheme, 'ITEMS')).toContain(name)
        expect(textOf(scheme, 'PARTICIPANTS')).toContain(name)
      }
      expect(textOf(scheme, 'ITEMS')).toMatch(
        /示例经营场所检查（SX-\d+），依据《示例监督管理办法之\d+》第十条/,
      )
      expect(textOf(scheme, 'TIME')).toBe('2026年12月1日至2026年12月31日。')
      expect(textOf(scheme, 'SCOPE')).toContain('存续')
      expect(textOf(scheme, 'PUBLICATION')).toContain('20个工作日内')
    })

    it('keeps what was written by hand, and says that the task has changed', async () => {
      const task = await giveJoint(cast)
      const scheme = await schemeOf(task)
      const { client } = cast.lead.clerk
      const mine = { sections: [{ code: 'TIME', text: '另行通知。' }] }
      const saved = await client.patch(`/schemes/${scheme.id}`, scheme.version, mine)
      expect(saved.status, saved.text).toBe(200)
      expect((await client.patch(`/schemes/${scheme.id}`, scheme.version, mine)).status).toBe(412)
      const before = await client.get(`/tasks/${task}`)
      expect(
        (await client.patch(`/tasks/${task}`, fieldOf(before, 'version'), { endsOn: '2026-12-30' })).status,
      ).toBe(200)
      expect((await client.get(`/schemes/${scheme.id}`)).body).toMatchObject({ isTaskChanged: true })
      const anew = await schemeOf(task)
      expect(anew.sections.find(({ code }) => code === 'TIME')).toMatchObject({
        text: '另行通知。',
        isEdited: true,
        isOutdated: true,
      })
      expect(textOf(anew, 'ITINERARY')).toContain('12月30日')
    })

    it('refuses a term against the law with its citation, and says a lawful one in the text', async () => {
      const scheme = await schemeOf(await giveJoint(cast))
      const { client } = cast.lead.clerk
      const edit = (version: number, value: unknown) =>
        client.patch(`/schemes/${scheme.id}`, version, { terms: [{ code: 'officersPerVisit', value }] })
      expect((await edit(scheme.version, 1)).body).toMatchObject({
        code: 'scheme.term_unlawful',
        params: { term: 'officersPerVisit', value: '1', lawful: '2' },
        law: { key: 'inspections.officers_per_visit' },
      })
      const done = await edit(scheme.version, 3)
      expect(textOf(done.body as unknown as ShownScheme, 'PROCEDURE')).toContain('不少于3名')
    })

    it('is published when all have agreed, by somebody who did not write it', async () => {
      const task = await giveConsulting(cast)
      const draft = await schemeOf(task)
      expect((await publish(draft.id)).body).toMatchObject({ code: 'scheme.task_not_agreed' })
      await answer(cast, cast.other, task)
      await answer(cast, cast.third, task)
      expect((await publish(draft.id)).body).toMatchObject({ code: 'scheme.task_changed' })
      const scheme = await schemeOf(task)
      expect(scheme.id).toBe(draft.id)
      const blind = await cast.lead.head.client.post(
        `/schemes/${scheme.id}/publication`,
        { channel: 'WEBSITE' },
        matching(scheme.version - 1),
      )
      expect([blind.status, blind.body]).toMatchObject([412, { code: 'stale_version' }])
      expect((await publish(scheme.id, cast.lead.clerk.client)).status).toBe(403)
      expect((await publish(scheme.id)).body).toMatchObject({ state: 'published', channel: 'WEBSITE' })
      expect((await cast.lead.clerk.client.post(`/tasks/${task}/schemes`)).body).toMatchObject({
        code: 'scheme.published_already',
      })
      const list = await app.anonymous.get('/public/schemes?division=990101')
      expect(list.text).toContain(scheme.id)
      const open = await app.anonymous.get(`/public/schemes/${scheme.id}`)
      expect(open.body).toMatchObject({ title: '示例住宿业专项抽查实施方案', number: 1 })
      const paper = await cast.third.reader.client.get(`/schemes/${scheme.id}/text`)
      expect(paper.text).toContain('<h2>一、')
    })

    it('tells the public its ground, and nothing that was noted, answered or said inside', async () => {
      const noted = { outsideNote: '示例投诉人赵某电话举报' }
      const task = await giveConsulting(cast, noted)
      const opinion = { text: '内部意见：示例酒店须先查', section: 'TIME' }
      expect((await cast.other.clerk.client.post(`/tasks/${task}/opinions`, opinion)).status).toBe(201)
      await answer(cast, cast.other, task)
      const third = await partOf(cast.third.head.client, task, cast.third.authority)
      expect((await decline(cast.third.head.client, third, { reason: '内部原因：人手紧张' })).status).toBe(
        200,
      )
      const scheme = await schemeOf(task)
      expect((await publish(scheme.id)).status).toBe(200)
      const open = await app.anonymous.get(`/public/schemes/${scheme.id}`)
      const paper = await cast.third.reader.client.get(`/schemes/${scheme.id}/text`)
      for (const text of [open.text, paper.text]) {
        expect(text).toContain('计划外任务，事由：')
        expect(text).not.toMatch(/赵某|内部意见|内部原因|孙示例/)
        expect(text).not.toContain('卫生健康局')
      }
    })

    it('is revised as the next version; the former one gives way', async () => {
      const task = await giveConsulting(cast)
      await answer(cast, cast.other, task)
      await answer(cast, cast.third, task)
      const first = await schemeOf(task)
      expect((await publish(first.id)).status).toBe(200)
      const revised = await cast.lead.clerk.client.post(`/tasks/${task}/schemes/revision`)
      expect(revised.body).toMatchObject({ number: 2, state: 'draft' })
      expect((await cast.lead.clerk.client.post(`/tasks/${task}/schemes/revision`)).body).toMatchObject({
        code: 'scheme.draft_open',
      })
      expect((await app.anonymous.get(`/public/schemes/${idOf(revised)}`)).status).toBe(404)
      expect(revised.body).toMatchObject({ changed: { number: 1, sections: [], terms: [] } })
      const edit = {
        sections: [{ code: 'TIME', text: '另行通知。' }],
        terms: [{ code: 'officersPerVisit', value: 3 }],
      }
      const second = await cast.lead.clerk.client.patch(`/schemes/${idOf(revised)}`, 1, edit)
      expect(second.body).toMatchObject({ changed: { number: 1, terms: ['officersPerVisit'] } })
      expect(
        (fieldOf(second, 'changed') as { readonly sections: readonly object[] }).sections,
      ).toContainEqual({
        code: 'TIME',
        before: '2026年12月1日至2026年12月31日。',
      })
      const waits = await cast.lead.head.client.get('/todo')
      expect(waits.text).toContain('scheme.publish')
      expect((await cast.lead.clerk.client.get('/todo')).text).not.toContain('scheme.publish')
      expect((await publish(idOf(revised))).status).toBe(200)
      const news = (await cast.other.clerk.client.get('/notifications')).body[
        'items'
      ] as unknown as readonly {
        readonly code: string
        readonly link: string
        readonly params: object
      }[]
      const told = news.filter(({ link }) => link === `/tasks/${task}/scheme`)
      expect(told.map(({ code }) => code).toSorted()).toEqual(['scheme.published', 'scheme.revised'])
      expect(told.find(({ code }) => code === 'scheme.revised')?.params).toMatchObject({
        version: 2,
        terms: 1,
      })
      expect((await cast.lead.clerk.client.get('/notifications')).text).not.toContain('scheme.revised')
      const all = (await cast.lead.clerk.client.get(`/tasks/${task}/schemes`)).body
      expect(all).toMatchObject({ items: [{ state: 'published' }, { state: 'superseded' }] })
      expect((await app.anonymous.get(`/public/schemes/${first.id}`)).status).toBe(404)
    })

    it('of a cancelled task is written no more', async () => {
      const task = await giveJoint(cast)
      await schemeOf(task)
      const gone = await cast.lead.head.client.post(`/tasks/${task}/cancellation`, { reason: '不再需要' })
      expect(gone.status).toBe(200)
      expect((await cast.lead.clerk.client.post(`/tasks/${task}/schemes`)).body).toMatchObject({
        code: 'scheme.task_cancelled',
      })
    })
  })
})
