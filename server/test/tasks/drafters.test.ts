// Two pairs of eyes: whoever wrote any of it decides on none of it, also when somebody else has saved it since.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { matching, versionOf } from '../plans/plans-kit.ts'
import { idOf } from '../registers/catalogue-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { type GivenPerson, givePerson } from '../support/people.ts'
import {
  accept,
  act,
  answer,
  consultationCast,
  type ConsultationCast,
  decline,
  giveConsulting,
  giveJoint,
  partOf,
  settle,
} from './consultation-kit.ts'

onEachEngine((kind) => {
  let app: TestApp
  let cast: ConsultationCast
  /** Clerk and head at once: of the lead, and of the other authority. */
  let author: GivenPerson
  let othersAuthor: GivenPerson
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await consultationCast(app)
    const roles = ['clerk', 'unitHead'] as const
    author = await givePerson(app, { authority: cast.lead.authority, roles })
    othersAuthor = await givePerson(app, { authority: cast.other.authority, roles })
  }, 180_000)
  afterAll(() => app.close())

  const send = (by: GivenPerson, task: string) => act(by.client, task, 'dispatch', { replyBy: '2026-11-30' })
  const save = async (by: GivenPerson, task: string) => {
    const version = versionOf(await by.client.get(`/tasks/${task}`))
    const saved = await by.client.patch(`/tasks/${task}`, version, { endsOn: '2026-12-30' })
    expect(saved.status, saved.text).toBe(200)
  }

  it('whoever left a subject out does not send the task out, whoever saved it after him', async () => {
    const { lead } = cast
    const task = await giveJoint(cast)
    const friend = { subjectId: cast.subjects[0], reason: '正在搬迁', evidence: '现场核实记录' }
    expect((await author.client.post(`/tasks/${task}/exclusions`, friend)).status).toBe(201)
    await save(lead.clerk, task)
    const refused = await send(author, task)
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'task.own_draft' }])
    const shown = await author.client.get(`/tasks/${task}`)
    expect(shown.body).toMatchObject({
      draftedBy: { id: lead.clerk.personId },
      can: { dispatch: { code: 'task.own_draft' } },
    })
    expect((await author.client.get('/todo')).text).not.toContain(task)
    expect((await send(lead.head, task)).status).toBe(200)

    // The head has seen what was sent: of what is written after that he who wrote nothing may decide.
    expect((await lead.head.client.post(`/tasks/${task}/recall`)).status).toBe(200)
    await save(lead.clerk, task)
    const again = await send(author, task)
    expect(again.status, again.text).toBe(200)
  })

  it('whoever asked an authority does not send the task out', async () => {
    const task = await giveJoint(cast)
    const path = `/tasks/${task}/participations/${cast.third.authority}`
    expect((await author.client.put(path, { members: 3, itemIds: [cast.thirdsItem] })).status).toBe(200)
    await save(cast.lead.clerk, task)
    expect((await send(author, task)).body).toMatchObject({ code: 'task.own_draft' })
  })

  it('whoever settled any of a part neither agrees nor declines', async () => {
    const { other } = cast
    const task = await giveConsulting(cast)
    expect((await settle(cast, { ...other, clerk: othersAuthor }, task)).status).toBe(200)
    expect((await settle(cast, other, task, { drawn: 3 })).status).toBe(200)
    const part = await partOf(othersAuthor.client, task, other.authority)
    const own = { code: 'participation.own_preparation' }
    expect(part.can).toMatchObject({ accept: own, decline: own })
    for (const refused of [await accept(othersAuthor.client, part), await decline(othersAuthor.client, part)])
      expect([refused.status, refused.body]).toMatchObject([409, own])

    // A refusal agrees to nothing: who wrote it stays its author.
    expect((await decline(other.head.client, part)).status).toBe(200)
    expect((await other.head.client.post(`/participations/${part.id}/reopening`)).status).toBe(200)
    const reopened = await partOf(othersAuthor.client, task, other.authority)
    expect((await accept(othersAuthor.client, reopened)).body).toMatchObject(own)
    expect((await accept(other.head.client, reopened)).body).toMatchObject({ state: 'accepted' })
  })

  it('whoever wrote any of a scheme does not publish it, whoever had it generated after him', async () => {
    const { lead } = cast
    const task = await giveConsulting(cast)
    await answer(cast, cast.other, task)
    await answer(cast, cast.third, task)
    const scheme = idOf(await author.client.post(`/tasks/${task}/schemes`))
    const text = { sections: [{ code: 'TIME', text: '另行通知。' }] }
    expect((await author.client.patch(`/schemes/${scheme}`, 1, text)).status).toBe(200)
    const anew = await lead.clerk.client.post(`/tasks/${task}/schemes`)
    expect(anew.status, anew.text).toBe(200)
    const publish = (by: GivenPerson) =>
      by.client.post(`/schemes/${scheme}/publication`, { channel: 'WEBSITE' }, matching(versionOf(anew)))
    const refused = await publish(author)
    expect([refused.status, refused.body]).toMatchObject([409, { code: 'scheme.own_writing' }])
    expect((await author.client.get('/todo')).text).not.toContain(task)
    expect((await publish(lead.head)).body).toMatchObject({ state: 'published' })
  })
})
