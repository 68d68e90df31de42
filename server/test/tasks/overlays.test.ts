// The same task in the five places of the founding documents: five rule sets, each with its citation.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { giveTask, tasksCast, type TasksCast } from './tasks-kit.ts'

interface Place {
  readonly division: string
  readonly refusals: readonly { readonly why: { readonly code: string }; readonly citation: string | null }[]
  readonly terms: readonly {
    readonly code: string
    readonly text: object | null
    readonly citation: string | null
  }[]
  readonly sections: { readonly codes: readonly string[] }
  readonly grounds: readonly { readonly code: string }[]
}

onEachEngine((kind) => {
  let app: TestApp
  let cast: TasksCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await tasksCast(app)
  })
  afterAll(() => app.close())

  it('is held to what each document says, and nothing is cited where none speaks', async () => {
    const { client } = cast.lead.clerk
    const id = await giveTask(cast, { design: { kind: 'ratio', ratio: 300 }, drawnListPublished: false })
    const answer = await client.get(`/tasks/${id}/rules`)
    expect(answer.status, answer.text).toBe(200)
    const places = answer.body['places'] as unknown as readonly Place[]
    expect(places.map(({ division }) => division)).toEqual([
      '990101',
      '150525',
      '150626',
      '231084',
      '410928',
      '652700',
    ])
    const there = (division: string) => places.find((place) => place.division === division)!
    const days = (division: string) => there(division).terms.find(({ code }) => code === 'publicationDays')
    expect([days('410928')?.text, days('652700')?.text, days('231084')?.text]).toEqual([
      { 'zh-CN': '10', en: '10' },
      { 'zh-CN': '20', en: '20' },
      { 'zh-CN': '及时', en: 'Promptly' },
    ])
    const listed = there('652700').refusals.find(({ why }) => why.code === 'task.drawn_list_public')
    expect(listed?.citation).toContain('博州政办发〔2019〕33号')
    expect(there('410928').refusals.map(({ why }) => why.code)).not.toContain('task.drawn_list_public')
    expect(there('990101').terms.find(({ code }) => code === 'platformName')).toMatchObject({
      text: null,
      citation: null,
    })
    expect(there('410928').sections.codes).toContain('FOLLOW_UP')
    expect(there('231084').grounds.map(({ code }) => code)).toContain('WORK_SAFETY')
    expect(there('652700').grounds.map(({ code }) => code)).toEqual(['COMPLAINT', 'ASSIGNED'])
  })

  it('knows a team that one place allows and another, since its document, does not', async () => {
    const { client } = cast.lead.clerk
    const parts = [{ authorityId: cast.lead.authority, members: 1, itemIds: [cast.item] }]
    const id = await giveTask(cast, { methods: ['DOCUMENTARY'], parts })
    const asked = '410928@2023-06-30,150525@2024-04-07,150525@2024-04-08'
    const { body } = await client.get(`/tasks/${id}/rules?places=${asked}`)
    const places = body['places'] as unknown as readonly Place[]
    const tooSmall = places.map(({ refusals }) =>
      refusals.find(({ why }) => why.code === 'task.team_too_small'),
    )
    expect(tooSmall.map((each) => each !== undefined)).toEqual([false, false, true])
    expect(tooSmall[2]?.citation).toContain('奈文旅联发〔2024〕2号')
  })

  it('is another county’s secret like the task itself, and an unknown place is nowhere', async () => {
    const { client } = cast.lead.clerk
    const id = await giveTask(cast)
    expect((await cast.other.clerk.client.get(`/tasks/${id}/rules`)).status).toBe(404)
    expect((await client.get(`/tasks/${id}/rules?places=123456@2024-06-30`)).status).toBe(404)
  })
})
