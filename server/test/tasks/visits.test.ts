// 检查频次台账: who declares that a subject was visited shows it, and somebody else of his authority confirms it (I4).

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { takesOut, whyNotConfirm, whyNotDeclare } from '../../src/tasks/visits/visits.rules.ts'
import { fieldOf, idOf } from '../registers/catalogue-kit.ts'
import { LAW, startApp, type TestApp } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { COUNTY } from '../support/people.ts'
import { giveEvidence, giveVisitEvidence, outsideBody, tasksCast, type TasksCast } from './tasks-kit.ts'

const VISIT = { authorityId: 'a', onDay: '2026-05-01' }
const SHOWN = { purpose: 'visit', authorityId: 'a', uploadedById: 'p', isUsed: false }
const WHO = { law: LAW, today: '2026-06-01', declarerId: 'p' }

describe('a visit that is declared', () => {
  it.each([
    [VISIT, SHOWN, undefined],
    [{ ...VISIT, onDay: '2026-06-02' }, SHOWN, 'visit.not_yet'],
    [VISIT, undefined, 'visit.evidence_unknown'],
    [VISIT, { ...SHOWN, uploadedById: 'q' }, 'visit.evidence_unknown'],
    [VISIT, { ...SHOWN, purpose: 'outside' }, 'visit.evidence_unknown'],
    [VISIT, { ...SHOWN, authorityId: 'b' }, 'visit.evidence_unknown'],
    [VISIT, { ...SHOWN, isUsed: true }, 'visit.evidence_used'],
    [{ ...VISIT, exemptionGround: 'BIRTHDAY' }, SHOWN, 'visit.ground_unknown'],
  ])('needs what shows it (%#)', (visit, shown, code) =>
    expect(whyNotDeclare(visit, shown, WHO)?.code).toBe(code),
  )

  const declared = { source: 'declared', withdrawnAt: null, confirmedAt: null, enteredById: 'p' }
  const now = new Date()
  it.each([
    [declared, undefined, false],
    [{ ...declared, enteredById: 'q' }, 'visit.own_declaration', false],
    [{ ...declared, confirmedAt: now }, 'visit.confirmed_already', true],
    [{ ...declared, withdrawnAt: now }, 'visit.withdrawn_already', false],
    [{ ...declared, confirmedAt: now, withdrawnAt: now }, 'visit.withdrawn_already', false],
    [{ ...declared, source: 'task' }, 'visit.of_task', true],
  ])('takes its subject out once another has confirmed it (%#)', (visit, code, takes) => {
    expect(whyNotConfirm(visit, 'q')?.code).toBe(code)
    expect(takesOut(visit)).toBe(takes)
  })
})

onEachEngine((kind) => {
  let app: TestApp
  let cast: TasksCast
  let today: string
  beforeAll(async () => {
    app = await startApp(kind)
    cast = await tasksCast(app)
    today = app.clock.now().toISOString().slice(0, 10)
  }, 120_000)
  afterAll(() => app.close())

  const body = async (at: number, more: object = {}) => ({
    subjectId: cast.subjects[at],
    onDay: today,
    level: 'county',
    authorityId: cast.lead.authority,
    evidenceId: await giveVisitEvidence(cast.lead.clerk.client),
    ...more,
  })
  const declare = async (at: number, more: object = {}) =>
    cast.lead.clerk.client.post('/visits', await body(at, more))
  const framed = async (startsOn: string, endsOn: string, more: object = {}) => {
    const { client } = cast.lead.clerk
    const task = outsideBody(cast, await giveEvidence(client), { startsOn, endsOn, ...more })
    return (await client.post('/task-previews', task)).body
  }
  const year = () => Number(today.slice(0, 4))

  it('counts once a head of the same authority has confirmed it, in each year that a task touches', async () => {
    const { lead, other } = cast
    const declared = await declare(1)
    expect([declared.status, declared.body], declared.text).toMatchObject([
      201,
      { counts: false, takesOut: false, confirmedBy: null, authorities: [{ id: lead.authority }] },
    ])
    const path = `/visits/${COUNTY}/${idOf(declared)}`
    const within = [`${year()}-12-01`, `${year()}-12-31`] as const
    expect(await framed(...within)).toMatchObject({ frame: 12, exclusions: [] })
    expect((await lead.head.client.get('/todo')).text).toContain('visit.confirm')

    expect((await lead.clerk.client.post(`${path}/confirmation`)).status).toBe(403)
    expect((await other.head.client.post(`${path}/confirmation`)).status).toBe(403)
    expect((await other.clerk.client.get(`${path}/evidence`)).status).toBe(403)
    expect((await lead.head.client.get(`${path}/evidence`)).text).toContain('现场检查记录')
    const confirmed = await lead.head.client.post(`${path}/confirmation`)
    expect(confirmed.body).toMatchObject({ counts: true, confirmedBy: { id: lead.head.personId } })
    expect((await lead.leader.client.post(`${path}/confirmation`)).body).toMatchObject({
      code: 'visit.confirmed_already',
    })
    expect((await lead.head.client.get('/todo')).text).not.toContain('visit.confirm')

    const inspected = { frame: 11, exclusions: [{ code: 'INSPECTED_THIS_YEAR', subjects: 1 }] }
    expect(await framed(...within)).toMatchObject(inspected)
    expect(await framed(`${year()}-12-01`, `${year() + 1}-01-31`)).toMatchObject(inspected)
    expect(await framed(`${year() + 1}-01-01`, `${year() + 1}-01-31`)).toMatchObject({ frame: 12 })
    const waived = { waived: { INSPECTED_THIS_YEAR: '上次检查的是另一事项' } }
    expect(await framed(...within, waived)).toMatchObject({ frame: 12 })

    const taken = await lead.clerk.client.post(`${path}/withdrawal`, { reason: '登记有误' })
    expect(taken.body).toMatchObject({ counts: false, isWithdrawn: true })
    expect(await framed(...within)).toMatchObject({ frame: 12 })
    expect((await lead.clerk.client.get('/visits?state=withdrawn')).body).toMatchObject({
      items: [{ id: idOf(declared) }],
    })
  })

  it('is declared in one’s own name alone, by a file that one brought for it and for nothing else', async () => {
    const { lead, other } = cast
    expect((await declare(2, { authorityId: other.authority })).status).toBe(403)
    const foreign = await giveVisitEvidence(other.clerk.client)
    const ground = await lead.clerk.client.send('POST', '/task-evidence', {
      body: Buffer.from('现场检查记录'),
      headers: { 'content-type': 'application/octet-stream' },
    })
    for (const evidenceId of [foreign, idOf(ground), app.newId()])
      expect((await declare(2, { evidenceId })).body).toMatchObject({ code: 'visit.evidence_unknown' })
    const once = await body(2)
    expect((await lead.clerk.client.post('/visits', once)).status).toBe(201)
    expect(
      (await lead.clerk.client.post('/visits', { ...once, subjectId: cast.subjects[3] })).body,
    ).toMatchObject({
      code: 'visit.evidence_used',
    })
  })

  it('a file that another brought, or for something else, is no ground of a task', async () => {
    const { lead, other } = cast
    const { client } = lead.clerk
    const refused = { code: 'task.evidence_unknown' }
    const headers = { 'content-type': 'application/octet-stream' }
    const theirs = { body: Buffer.from('别的部门的文件'), headers }
    const foreign = fieldOf(await other.clerk.client.send('POST', '/task-evidence', theirs), 'hash') as string
    expect((await client.post('/tasks', outsideBody(cast, foreign))).body).toMatchObject(refused)
    const bytes = { body: Buffer.from('另一份文件'), headers }
    const shown = await client.send('POST', '/task-evidence?purpose=visit', bytes)
    const hash = fieldOf(shown, 'hash') as string
    expect((await client.post('/tasks', outsideBody(cast, hash))).body).toMatchObject(refused)
    expect((await client.send('POST', '/task-evidence', bytes)).status).toBe(201)
    expect((await client.post('/tasks', outsideBody(cast, hash))).status).toBe(201)
  })
})
