// A line of a plan allows so many draws: each task is one of them, and what was agreed and cancelled stays to be seen (I1).

import { afterAll, beforeAll, expect, it } from 'vitest'
import { type LineDraw, freeDraw, whyNotAnotherDraw } from '../../src/tasks/tasks/discipline.rules.ts'
import { readDraws } from '../../src/plans/tables/cells.rules.ts'
import { giveLine, givePlan, lineBody, publish, scopeOf } from '../plans/plans-kit.ts'
import { fieldOf, idOf } from '../registers/catalogue-kit.ts'
import { startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { consultationCast, type ConsultationCast, settle } from './consultation-kit.ts'
import { act } from './tasks-kit.ts'

const draw = (drawNo: number): LineDraw => ({ drawNo, number: `示例〔2026〕${drawNo}号` })

it.each([
  [1, [], 1],
  [1, [1], undefined],
  [3, [1, 3], 2],
  [2, [1, 2], undefined],
])('of %i draws with %o used the next is %s', (draws, used, next) => {
  expect(freeDraw({ draws }, used.map(draw))).toBe(next)
  expect(whyNotAnotherDraw({ draws }, used.map(draw))?.code).toBe(
    next === undefined ? 'task.line_draws_used' : undefined,
  )
})

it.each([
  ['2', 2],
  ['3次', 3],
  ['分两批', 2],
  ['', undefined],
  ['0', undefined],
  ['每季度', undefined],
])('reads the number of draws in a table: %s', (cell, draws) => expect(readDraws(cell)).toBe(draws))

onEachEngine((kind) => {
  let app: TestApp
  let cast: ConsultationCast
  let line: string
  let plan: string
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await consultationCast(app)
    const { lead } = cast
    plan = await givePlan(lead.clerk.client, lead.authority, { year: 2026 })
    line = await giveLine(
      lead.clerk.client,
      plan,
      lineBody(lead.authority, COUNTY, {
        startsOn: '2026-12-01',
        endsOn: '2026-12-31',
        parts: [{ authorityId: lead.authority, itemIds: [cast.item] }],
      }),
    )
    await publish(lead, plan)
  }, 120_000)
  afterAll(() => app.close())

  const fromLine = (more: object = {}) => {
    const { authority, clerk } = cast.lead
    const when = { startsOn: '2026-12-01', endsOn: '2026-12-31' }
    return clerk.client.post('/tasks', { leadAuthorityId: authority, planLineId: line, ...when, ...more })
  }
  const amend = async (draws: number, lineVersion: number) => {
    const { clerk, leader } = cast.lead
    const changes = [{ op: 'change', lineId: line, lineVersion, after: { draws } }]
    const body = { reasonCode: 'RISK_CHANGED', reason: '下半年投诉增多', changes }
    const amendment = idOf(await clerk.client.post(`/plans/${plan}/amendments`, body))
    const proposed = await clerk.client.post(`/amendments/${amendment}/proposal`)
    if (proposed.status !== 200) {
      await clerk.client.post(`/amendments/${amendment}/withdrawal`)
      return proposed
    }
    return leader.client.post(`/amendments/${amendment}/approval`, {})
  }

  it('numbers each task of a line, refuses one too many, and says again what came in place of what', async () => {
    const { clerk, head } = cast.lead
    const first = await fromLine()
    expect([first.status, first.body], first.text).toMatchObject([201, { drawNo: 1, line: { draws: 1 } }])
    const refused = await fromLine()
    expect([refused.status, refused.body]).toMatchObject([
      409,
      {
        code: 'task.line_draws_used',
        params: { draws: 1, tasks: fieldOf(first, 'number') },
        law: { key: 'plans.followed_strictly' },
      },
    ])

    const amended = await amend(2, 1)
    expect([amended.status, amended.body], amended.text).toMatchObject([
      200,
      { changes: [{ before: { draws: 1 }, after: { draws: 2 } }] },
    ])
    const second = await fromLine()
    expect(second.body).toMatchObject({ drawNo: 2, line: { draws: 2 }, replaces: null })
    expect((await fromLine()).body).toMatchObject({ code: 'task.line_draws_used' })

    expect((await settle(cast, cast.lead, idOf(second))).status).toBe(200)
    const agreed = await act(head.client, idOf(second), 'settlement')
    expect(agreed.status, agreed.text).toBe(200)
    expect((await amend(1, 2)).body).toMatchObject({ code: 'amendment.task_rests' })

    const path = `/tasks/${idOf(second)}`
    expect((await head.client.post(`${path}/cancellation`, {})).status).toBe(400)
    expect((await head.client.post(`${path}/cancellation`, { reason: '示例：设备故障' })).status).toBe(200)
    // Its reason stays to be read by all who could read the task.
    expect((await cast.other.reader.client.get(path)).body).toMatchObject({
      state: 'cancelled',
      endReason: '示例：设备故障',
    })
    const again = await fromLine()
    expect(again.body).toMatchObject({ drawNo: 2, replaces: { id: idOf(second) } })
    expect((await clerk.client.get(path)).body).toMatchObject({ replacedBy: { id: idOf(again) } })
  })

  it('draws from fewer than the line says only with a reason, which anybody can read', async () => {
    const { head } = cast.lead
    expect((await amend(3, 2)).status).toBe(200)
    const scope = scopeOf(COUNTY, { industries: ['H'] })
    expect((await fromLine({ scope })).body).toMatchObject({
      code: 'task.narrowing_needs_reason',
      law: { key: 'plans.followed_strictly' },
    })
    const narrowedReason = '其余行业上半年已经抽查'
    const task = await fromLine({ scope, narrowedReason })
    expect([task.status, task.body], task.text).toMatchObject([201, { drawNo: 3, narrowedReason }])
    expect((await settle(cast, cast.lead, idOf(task))).status).toBe(200)
    expect((await act(head.client, idOf(task), 'settlement')).status).toBe(200)
    const { body } = await app.anonymous.get(`/public/tasks?division=${COUNTY}`)
    expect(body['items']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ drawNo: 3, narrowedReason, state: 'agreed' }),
        expect.objectContaining({ drawNo: 2, state: 'cancelled', endReason: '示例：设备故障' }),
      ]),
    )
  })

  it('refuses two at the same moment', async () => {
    const [one, other] = await Promise.all([fromLine(), fromLine()])
    expect([one.body['code'], other.body['code']]).toEqual(['task.line_draws_used', 'task.line_draws_used'])
  })
})
