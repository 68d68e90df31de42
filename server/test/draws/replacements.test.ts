// 回避和替换 from the application to the substitute: who decides in which order, and that who comes is drawn.

import { setTimeout as wait } from 'node:timers/promises'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { firstValueTime, recordHash, tag } from '@sunlot/draw'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { lockDrawItself } from '../../src/draws/draws/draws.store.ts'
import { eventsOf } from '../../src/draws/events/events.store.ts'
import { runInWorker } from '../../src/draws/work/work.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import { record } from '../../src/platform/record.ts'
import { idOf } from '../registers/catalogue-kit.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson, type GivenPerson } from '../support/people.ts'
import {
  again,
  agree,
  certified,
  type ClosedDraw,
  committed,
  drawsApp,
  type DrawsApp,
  settleDice,
  shown,
  until,
} from './draws-kit.ts'
import { apply, giveProof, type Post, postsNow } from './events-kit.ts'
import { alterList } from './tools-kit.ts'
import { verified } from './verified-kit.ts'

onEachEngine((kind) => {
  let app: DrawsApp
  let draw: ClosedDraw
  let leaver: Post
  let head: GivenPerson
  let leader: GivenPerson
  let id: string
  let born: number

  beforeAll(async () => {
    app = await drawsApp(kind)
    draw = await certified(app)
    leaver = (await postsNow(app, draw.id))[0]!
    head = await givePerson(app, { authority: leaver.authorityId, roles: ['unitHead'] })
    leader = await givePerson(app, { authority: leaver.authorityId, roles: ['leaderInCharge'] })
  }, 240_000)
  afterAll(async () => app.close())

  it('counts each of the drawn in every way that the monitor holds against chance', async () => {
    const { rows } = await app.database.read((reader) =>
      sql<{ readonly facet: string; readonly drawn: number; readonly all: number }>`
        select facet, sum(drawn)::int as drawn, (select count(*)::int from draws.selected where draw_id = ${draw.id}) as all
          from draws.group_count where draw_id = ${draw.id} group by facet order by facet`.execute(reader),
    )
    expect(rows.map(({ facet }) => facet)).toEqual(['division', 'entityType', 'industry'])
    for (const { drawn, all } of rows) expect(drawn).toBe(all)
  })

  /** Each subject has people of its own here: he says which he cannot visit. */
  const ask = (more: object = {}) => apply(app, draw, leaver, { subject: leaver.place, ...more })

  it('shows whoever was drawn where he goes, with whom, and for which reasons he may be replaced', async () => {
    const mine = await (await app.as(leaver.accountId)).get('/me/posts')
    expect(mine.status, mine.text).toBe(200)
    const { items } = mine.body as unknown as {
      items: readonly { place: string; name: string | null; mates: readonly object[] }[]
    }
    const own = items.find(({ place }) => place === leaver.place)
    expect(own).toMatchObject({ alias: leaver.alias, open: null })
    expect(own!.mates.length).toBeGreaterThan(0)
    // He knows a business by its name, not by eighteen characters.
    expect(items.every(({ name }) => name !== null && name !== '')).toBe(true)
  })

  it('takes an application from the drawn alone, for a reason of the list, with a file of his own', async () => {
    const outside = await head.client.post(`/draws/${draw.id}/replacements`, {
      reasonCode: 'RECUSAL',
      statement: '与检查对象有利害关系',
      evidence: await giveProof(head.client),
    })
    expect(outside.status, outside.text).toBe(404)
    expect((await ask({ reasonCode: 'AT_WILL' })).body).toMatchObject({
      code: 'replacement.reason_not_here',
    })
    const foreign = await giveProof(leader.client, '他人的材料')
    expect((await ask({ evidence: foreign })).body).toMatchObject({
      status: 422,
      code: 'replacement.no_evidence',
    })
    const given = await ask()
    expect(given.status, given.text).toBe(201)
    id = idOf(given)
    expect((await ask()).body).toMatchObject({ code: 'replacement.there_already' })
    // Who decides knows the business by its name too.
    expect((await head.client.get(`/replacements/${id}`)).body).toMatchObject({
      subject: leaver.place,
      subjectName: expect.stringMatching(/./),
    })
  })

  it('enters for a subject whom it does not want to come, as its lead may, and shows him his visit', async () => {
    const visitor = (await postsNow(app, draw.id)).find(({ personId }) => personId !== leaver.personId)!
    const own = (await (await app.as(visitor.accountId)).get('/me/assignments')).body as unknown as {
      items: readonly { subjects: readonly { code: string }[]; items: readonly string[] }[]
    }
    const visit = own.items.find(({ subjects }) => subjects.some(({ code }) => code === visitor.place))
    expect(visit).toMatchObject({ isSealed: false, authority: { id: visitor.authorityId } })
    expect(visit!.items.length).toBeGreaterThan(0)
    const path = `/draws/${draw.id}/recusal-requests`
    const said = { subject: visitor.place, alias: visitor.alias, statement: '检查对象称与其有债务纠纷' }
    for (const [person, status] of [
      [draw.cast.other.clerk, 403],
      [draw.cast.lead.clerk, 201],
    ] as const) {
      const client = await again(app, person)
      const { can } = (await client.get(`/draws/${draw.id}/events`)).body as unknown as {
        can: { request: object | null }
      }
      const given = await client.post(path, { ...said, evidence: await giveProof(client) })
      expect([status, can.request === null]).toEqual([given.status, status === 201])
      if (status === 201) expect(given.body).toMatchObject({ origin: 'subject', state: 'requested' })
    }
  })

  it('goes from the head to the leader, each another person, and no other way', async () => {
    const to = (path: string) => `/replacements/${id}/${path}`
    expect((await leader.client.post(to('approval'), {})).body).toMatchObject({
      code: 'replacement.review_first',
    })
    const self = await (await app.as(leaver.accountId)).post(to('review'))
    expect(self.status).toBe(403)
    const reviewed = await head.client.post(to('review'))
    expect(reviewed.status, reviewed.text).toBe(200)
    const again1 = await again(app, head)
    expect((await again1.post(to('approval'), {})).body).toMatchObject({
      code: 'replacement.leader_approves',
    })
    const approving = await again(app, leader)
    expect((await approving.post(to('approval'), { source: 'drand' })).body).toMatchObject({
      code: 'replacement.no_source',
    })
    // It waits for the thread until after the time that its source would have had.
    const path = join(app.folder, 'long.tsv')
    writeFileSync(path, Array.from({ length: 600_000 }, (_, k) => `${1_000_000 + k}\tA\t1\n`).join(''))
    const busy = runInWorker('index', { path, alg: 'sha256', out: `${path}.index` })
    const approval = approving.post(to('approval'), {})
    await wait(150)
    await app.later(180_000)
    const moved = app.clock.now().getTime()
    await busy
    const approved = await approval
    expect(approved.status, approved.text).toBe(200)
    expect(approved.body).toMatchObject({
      state: 'announced',
      event: { n: 1, source: 'dice', entered: null, settledAt: null },
    })
    born = await bornOf(1)
    expect(born).toBeGreaterThan(moved + 26_000)
  })

  it('draws who comes when dice that were thrown later have been read, and signed on phones that reckon for themselves', async () => {
    await app.growing.turn()
    await app.later(born - app.clock.now().getTime() + 1000)
    await settleDice(draw, { text: '3141592653', eventN: 1, source: 'fresh', sign: recordOnPhone })
    const seen = await until(
      'substitute',
      async () => (await head.client.get(`/replacements/${id}`)).body as { state?: string },
      ({ state }) => state === 'substituted',
    )
    const { entered } = (seen as unknown as { event: { entered: string } }).event
    const now = (await postsNow(app, draw.id)).filter(({ place }) => place === leaver.place)
    expect(now.find(({ alias }) => alias === leaver.alias)).toBeUndefined()
    expect(now.find(({ alias }) => alias === entered)).toMatchObject({
      authorityId: leaver.authorityId,
    })
    const mine = await (await app.as(leaver.accountId)).get('/me/posts')
    expect(mine.text).not.toContain(`"place":"${leaver.place}"`)
  })

  it('skips a subject on the word of two, and carries it into the next draw', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    const { items } = (await clerk.get(`/draws/${draw.id}/selected?limit=2`)).body as unknown as {
      items: readonly { code: string }[]
    }
    const code = items[0]!.code
    const said = { kind: 'skip', code, reason: 'ceased', statement: '两次上门，已停业' }
    const propose = async (more: object = {}) =>
      clerk.post(`/draws/${draw.id}/requests`, { ...said, ...more, evidence: await giveProof(clerk) })
    // Outside of the plan nothing comes after it.
    expect((await propose({ reason: 'not_found_twice' })).body).toMatchObject({
      status: 409,
      code: 'drawRequest.no_next_draw',
    })
    const ids: string[] = []
    for (const each of items) {
      const proposed = await propose({ code: each.code })
      expect(proposed.status, proposed.text).toBe(201)
      const { requests } = proposed.body as unknown as { requests: readonly { id: string; code: string }[] }
      ids.push(requests.find((request) => request.code === each.code)!.id)
    }
    const overseer = await again(app, draw.cast.overseer)
    const putBack = await alterList(app, draw, 'population.tsv')
    expect((await overseer.post(`/draw-requests/${ids[0]}/approval`)).body).toMatchObject({
      status: 409,
      code: 'draw.frozen_differs',
      params: { list: 'population.tsv' },
    })
    putBack()
    // Both are tried on the same state; whoever writes later is tried once more, after the first. Nobody waits for a trial.
    const order: string[] = []
    const approvals = ids.map(async (request) => {
      const approved = await overseer.post(`/draw-requests/${request}/approval`)
      order.push('approved')
      return approved
    })
    await wait(20)
    const act = { action: 'draw.show', about: { type: 'draw', id: draw.id } }
    const parts = { database: app.database, newId: app.newId }
    await record(parts, SYSTEM, act, (writer) => lockDrawItself(writer, draw.id))
    order.push('held')
    for (const approved of await Promise.all(approvals)) expect(approved.status, approved.text).toBe(200)
    expect(order).toEqual(['held', 'approved', 'approved'])
    const shownEvents = (await overseer.get(`/draws/${draw.id}/events`)).body as unknown as {
      events: readonly {
        n: number
        type: string
        stale: object | null
        code: string | null
        entered: string | null
      }[]
    }
    expect(shownEvents.events.map(({ n, type }) => [n, type])).toEqual([
      [1, 'substitute'],
      [2, 'skip'],
      [3, 'skip'],
    ])
    expect(shownEvents.events.map(({ stale }) => stale)).toEqual([null, null, null])
    const entered = shownEvents.events.slice(1).map((event) => event.entered)
    expect(new Set(entered).size).toBe(2)
    const after = (await clerk.get(`/draws/${draw.id}/selected?limit=200`)).body as unknown as {
      items: readonly { code: string; entered: number; left: number | null }[]
    }
    const left = items.map((each) => after.items.find((item) => item.code === each.code)?.left)
    expect(new Set(left)).toEqual(new Set([2, 3]))
    for (const n of [2, 3]) expect(after.items.filter((item) => item.entered === n)).toHaveLength(1)
  })

  it('leaves a bundle that verifies in every check', async () => {
    await app.growing.turn()
    const report = await verified(app, draw, 'L2')
    expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
    expect(report.verdict).toBe('verified')
  })

  it('ends a draw in the open: a head proposes before the close, the oversight decides, nobody closes it any more', async () => {
    const { cast } = draw
    const other = await committed(app, { cast: { ...cast, task: await agree(cast) } })
    const said = { kind: 'void', reason: 'cancelled', statement: '当事部门机构改革' }
    const clerk = await again(app, cast.lead.clerk)
    const byClerk = await clerk.post(`/draws/${other.id}/requests`, {
      ...said,
      evidence: await giveProof(clerk),
    })
    expect(byClerk.body).toMatchObject({ status: 409, code: 'drawRequest.head_proposes' })
    const proposing = await again(app, cast.lead.head)
    const evidence = await giveProof(proposing)
    const proposed = await proposing.post(`/draws/${other.id}/requests`, { ...said, evidence })
    expect(proposed.status, proposed.text).toBe(201)
    const { requests } = proposed.body as unknown as { requests: readonly { id: string }[] }
    const approval = `/draw-requests/${requests[0]!.id}/approval`
    expect((await proposing.post(approval)).body).toMatchObject({ code: 'drawRequest.own_proposal' })
    const overseer = await again(app, cast.overseer)
    const waiting = (await overseer.get('/todo')).text
    expect(waiting).toContain('drawRequest.void')
    const approved = await overseer.post(approval)
    expect(approved.status, approved.text).toBe(200)
    expect(await shown(other)).toMatchObject({ state: 'void', endReason: 'cancelled' })
    await app.growing.turn()
    const report = await verified(app, other, 'L1')
    expect(report.checks.filter(({ holds }) => holds === 'no')).toEqual([])
  })

  it('counts how often people are replaced against how often they were drawn', async () => {
    const given = await head.client.get('/replacement-rates?year=2026&by=person')
    expect(given.status, given.text).toBe(200)
    const { items } = given.body as unknown as { items: readonly { person: { id: string } }[] }
    expect(items.find(({ person }) => person.id === leaver.personId)).toMatchObject({
      drawn: 1,
      applied: 1,
      approved: 1,
      substituted: 1,
    })
  })

  /** From when on the source of an event may speak, in milliseconds. */
  async function bornOf(n: number): Promise<number> {
    const event = (await app.database.read((reader) => eventsOf(reader, draw.id))).find(
      (each) => each.n === n,
    )
    return firstValueTime([event!.source!]) * 1000
  }
})

/** What a phone signs of a substitute's value: computed from the event's own bytes and from what the room shows to everybody. */
async function recordOnPhone({ app, name, code }: ClosedDraw, eventN: number): Promise<string> {
  const room = await app.anonymous.get(`/public/rooms/${code}`)
  const { sources } = room.body as unknown as {
    sources: readonly {
      id: string
      eventN: number
      value: string
      at: string
      by: string[]
      recordHash: string
    }[]
  }
  const { id, value, at, by, recordHash: told } = sources.find((source) => source.eventN === eventN)!
  const file = await app.anonymous.get(
    `/public/draws/${name}/files/events-${String(eventN).padStart(4, '0')}.json`,
  )
  expect(file.status, file.text).toBe(200)
  const event = tag('sha256', 'event', file.text)
  const own = recordHash('sha256', { event }, { id, value, at: Math.floor(Date.parse(at) / 1000), by })
  expect(own).toBe(told)
  return own
}
