// The figures of a task are those of its last count, and who only looks at it counts nothing.

import { afterAll, beforeAll, expect, it } from 'vitest'
import { giveSubject } from '../registers/subjects-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import {
  answer,
  consultationCast,
  type ConsultationCast,
  giveConsulting,
  settle,
} from './consultation-kit.ts'
import { act, giveTask } from './tasks-kit.ts'

onEachEngine((kind) => {
  let app: TestApp
  let cast: ConsultationCast
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await consultationCast(app)
  }, 120_000)
  afterAll(() => app.close())

  const shown = async (id: string) => (await cast.lead.clerk.client.get(`/tasks/${id}`)).body

  it('are counted again when the task is agreed', async () => {
    const { lead, other, third } = cast
    const id = await giveConsulting(cast)
    const { figures: before } = await shown(id)
    const { scopeCount } = before as unknown as { readonly scopeCount: number }
    await giveSubject(lead.clerk.client, { authorityId: lead.authority, industryCode: 'H6110' })
    expect(await shown(id)).toMatchObject({ figures: before })

    await answer(cast, other, id)
    await answer(cast, third, id, 'decline')
    const agreed = await shown(id)
    expect(agreed).toMatchObject({
      state: 'agreed',
      figures: {
        scopeCount: scopeCount + 1,
        asOf: agreed['agreedAt'],
        demands: [{ authorities: [{ id: lead.authority }, { id: other.authority }] }],
      },
    })
  })

  it('are not counted for who looks: what they would refuse is refused to who decides', async () => {
    const { lead } = cast
    const id = await giveTask(cast, { design: { kind: 'ratio', ratio: 2000 } })
    expect((await settle(cast, lead, id)).status).toBe(200)
    const seen = await lead.head.client.get(`/tasks/${id}`)
    expect(seen.body).toMatchObject({ figures: null, can: { settle: null } })
    expect((await act(lead.head.client, id, 'settlement')).body).toMatchObject({
      code: 'task.ratio_above_cap',
    })
  })
})
