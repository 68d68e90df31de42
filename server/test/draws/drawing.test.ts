// The press, the job, the rows, the one certificate.

import { receiptHash } from '@sunlot/draw'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { idOf } from '../registers/catalogue-kit.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'
import { BEACON_WAIT_HOURS } from '../../src/draws/events/requests.rules.ts'
import {
  afresh,
  again,
  agree,
  closed,
  closeDraw,
  type ClosedDraw,
  committed,
  DICE,
  type DrawCast,
  drawsApp,
  type DrawsApp,
  inRoom,
  inState,
  joinRoom,
  openRoom,
  pressAll,
  settled,
  type ShownDraw,
  shown,
  TIMES,
  until,
} from './draws-kit.ts'
import { apply, giveProof, postsNow } from './events-kit.ts'
import { alterList } from './tools-kit.ts'
import { verified } from './verified-kit.ts'

// On the embedded database they only queue.
const ATTEMPTS = { pglite: 50, postgres: 200 }
const ROUNDS = process.env['SOAK'] === '1' ? 50 : 1

onEachEngine((kind) => {
  let app: DrawsApp
  let draw: ClosedDraw

  beforeAll(async () => {
    app = await drawsApp(kind)
  })
  afterAll(async () => app.close())

  it('draws once, however many press at once: one certificate, one leaf', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      draw = await settled(app, await another())
      const head = await again(app, draw.cast.lead.head)
      app.growing.pause(true)
      const answers = await Promise.all(
        Array.from({ length: ATTEMPTS[kind] }, () =>
          head.post(`/draws/${draw.id}/presses`, { stage: 'objects' }),
        ),
      )
      const statuses = answers.map(({ status }) => status)
      expect(statuses.filter((status) => status === 202)).toHaveLength(1)
      expect(statuses.filter((status) => status === 409)).toHaveLength(ATTEMPTS[kind] - 1)
      await inState(draw, 'certified')
      expect(await rowsOf("draws.manifest where name = 'certificate.json' and")).toBe(1)
      expect(await rowsOf("draws.leaf where type = 'cert' and")).toBe(1)
      expect(await rowsOf('draws.press where')).toBe(1)
    }
    const early = await verified(app, draw, 'L1')
    app.growing.pause(false)
    expect(early.checks.filter(({ holds }) => holds === 'no')).toEqual([])
    expect(early.verdict).toBe('indeterminate')
    const late = await (
      await again(app, draw.cast.lead.head)
    ).post(`/draws/${draw.id}/presses`, { stage: 'objects' })
    expect(late.body).toMatchObject({ status: 409, code: 'draw.pressed_already' })
  })

  it('keeps as rows what its lists say, and names people to its parties alone', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    const { figures } = await shown(draw)
    const drawn = figures?.strata.reduce((sum, { n }) => sum + n, 0)
    const selected = (await clerk.get(`/draws/${draw.id}/selected?limit=200`)).body as unknown as Selected
    expect(selected.items).toHaveLength(Number(drawn))
    const order = selected.items.map(({ stratum, ticket, code }) => `${stratum} ${ticket} ${code}`)
    expect(order).toEqual(order.toSorted())
    const first = (await clerk.get(`/draws/${draw.id}/selected?limit=1`)).body as unknown as Selected
    const after = await clerk.get(`/draws/${draw.id}/selected?limit=1&after=${first.next}`)
    expect(after.status, after.text).toBe(200)
    const second = after.body as unknown as Selected
    expect([...first.items, ...second.items].map(({ code }) => code)).toEqual(
      selected.items.slice(0, 2).map(({ code }) => code),
    )
    const teams = (await clerk.get(`/draws/${draw.id}/posts`)).body as unknown as Posts
    expect(teams.items.flatMap(({ members }) => members).every(({ person }) => person !== null)).toBe(true)
    const visits = teams.items.reduce((sum, { load }) => sum + load, 0)
    expect(visits).toBe(selected.items.filter(({ place }) => place !== null).length)
  })

  it('gives an oversight bundle that verifies in every check', async () => {
    await app.growing.turn()
    const report = await verified(app, draw, 'L2')
    expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
    expect(report.verdict).toBe('verified')
  })

  it('lets nobody enter whose event no witness had seen before its source', async () => {
    const place = (await postsNow(app, draw.id))[0]!
    const asked = await apply(app, draw, place, { subject: place.place })
    expect(asked.status, asked.text).toBe(201)
    const { authorityId: authority } = place
    const [reviewing, approving] = [
      await givePerson(app, { authority, roles: ['unitHead'] }),
      await givePerson(app, { authority, roles: ['leaderInCharge'] }),
    ]
    expect((await reviewing.client.post(`/replacements/${idOf(asked)}/review`)).status).toBe(200)
    await app.growing.turn()
    app.growing.pause(true)
    const approved = await approving.client.post(`/replacements/${idOf(asked)}/approval`, {})
    expect(approved.status, approved.text).toBe(200)
    const { n } = (approved.body as unknown as { event: { n: number } }).event
    // There is time yet.
    expect((await app.anonymous.get(`/public/draws/${draw.name}`)).body).toMatchObject({
      events: [{ n, isSettled: false, stale: null }],
    })
    await app.later(61_000)
    app.growing.pause(false)
    await app.growing.turn()
    const clerk = await again(app, draw.cast.lead.clerk)
    const typed = await clerk.post(`/draws/${draw.id}/values/fresh/typings`, {
      text: '3141592653',
      eventN: n,
    })
    expect(typed.body).toMatchObject({ status: 409, code: 'replacement.not_fresh' })
    const page = (await clerk.get(`/draws/${draw.id}/ceremony?eventN=${n}`)).text
    expect(page).toContain('replacement.not_fresh')
    const stale = { code: 'replacement.not_fresh', params: { until: expect.any(String) as string } }
    const events = await clerk.get(`/draws/${draw.id}/events`)
    expect(events.body).toMatchObject({ events: [{ n, entered: null, settledAt: null, stale }] })
    const { body } = await app.anonymous.get(`/public/draws/${draw.name}`)
    expect(body).toMatchObject({ events: [{ n, entered: null, isSettled: false, stale }] })
    const { text: zh } = await app.anonymous.get(`/public/draws/${draw.name}.html`)
    expect(zh).toMatch(/截至 [^，]+，这一变更没有得到足够的见证/)
    expect(zh).not.toContain('等待新的随机值')
    const { text: en } = await app.anonymous.get(`/public/draws/${draw.name}.html?lang=en`)
    expect(en).toContain('not enough witnesses had seen this by')
  })

  it('draws nothing from a list that was altered; put back, it comes to the same as ever', async () => {
    draw = await settled(app, await another())
    const putBack = await alterList(app, draw, 'population.tsv')
    const head = await again(app, draw.cast.lead.head)
    expect((await head.post(`/draws/${draw.id}/presses`, { stage: 'objects' })).status).toBe(202)
    expect(await failed(draw)).toMatchObject({
      state: 'drawing',
      failure: { code: 'draw.frozen_differs', params: { list: 'population.tsv' } },
    })
    expect(await rowsOf('draws.selected where')).toBe(0)
    putBack()
    const resumed = await head.post(`/draws/${draw.id}/resumption`)
    expect(resumed.status, resumed.text).toBe(202)
    expect((await inState(draw, 'certified')).certificateHash).not.toBeNull()
  })

  it('killed in the middle of its rows, is begun again and has every row once', async () => {
    draw = await settled(app, await another())
    // What stops it is the machine's own: no rule of the application.
    await app.migrated.superuser.query(`
      create function draws.fail() returns trigger language plpgsql as $$ begin raise exception 'killed'; end $$`)
    await app.migrated.superuser.query(
      'create trigger fail before insert on draws.post for each statement execute function draws.fail()',
    )
    await pressAll(draw)
    const stopped = await failed(draw)
    expect(stopped).toMatchObject({
      state: 'drawing',
      failure: { code: 'draw.failed' },
      certificateHash: null,
    })
    const drawn = Number(stopped.figures?.strata.reduce((sum, { n }) => sum + n, 0))
    expect(await rowsOf('draws.selected where')).toBe(drawn)
    await app.migrated.superuser.query('drop trigger fail on draws.post')
    const { certificateHash } = await inState(draw, 'certified')
    expect(await rowsOf('draws.selected where')).toBe(drawn)
    const inTeams = await rowsOf('draws.post where')
    expect(inTeams).toBe(await rowsOf('(select distinct draw_id, place, alias from draws.post) p where'))
    expect(inTeams).toBeGreaterThan(0)
    expect(await rowsOf("draws.leaf where type = 'cert' and")).toBe(1)
    await app.growing.turn()
    const report = await verified(app, draw, 'L2')
    expect([report.verdict, report.facts['certificate']]).toEqual(['verified', certificateHash])
  })

  it('does not go on where the close was seen too late: nothing is typed or pressed, and nobody ends it before witnesses had their day', async () => {
    const late = await committed(app, await another())
    const code = await openRoom(late)
    await signReceipt(late, code)
    // The receipt is of a close that is not there yet.
    expect((await verified(app, late, 'L1')).checks.filter(({ holds }) => holds === 'no')).toEqual([])
    app.growing.pause(true)
    await app.growing.turn()
    await closeDraw(late)
    await app.later(TIMES.dice + 1000)
    app.growing.pause(false)
    await app.growing.turn()
    const stale = { code: 'draw.not_fresh' }
    const page = await shown(late)
    expect(page).toMatchObject({ state: 'closed', stale, can: { press: stale, void: null } })
    const room = await app.anonymous.get(`/public/rooms/${code}`)
    expect(room.body).toMatchObject({ stale, presses: [{ done: false }] })
    const clerk = await again(app, late.cast.lead.clerk)
    const typed = await clerk.post(`/draws/${late.id}/values/dice/typings`, { text: DICE })
    const head = await again(app, late.cast.lead.head)
    const pressed = await head.post(`/draws/${late.id}/presses`, { stage: 'objects' })
    for (const refused of [typed, pressed]) expect(refused.body).toMatchObject({ status: 409, ...stale })
    // Whoever held cosignatures back and does not like what he sees has no veto at once.
    expect((await propose(late)).body).toMatchObject({ status: 409, code: 'drawRequest.wait' })
    await app.later(BEACON_WAIT_HOURS * 3_600_000)
    await ended(late)
  })

  it('is not closed any more where no witness could see it in time', async () => {
    const late = await committed(app, await another())
    await app.later(TIMES.closeBy - 14_000)
    const clerk = await again(app, late.cast.lead.clerk)
    const refused = await clerk.post(`/draws/${late.id}/closing`)
    expect(refused.body).toMatchObject({ status: 409, code: 'draw.close_unseen', params: { seconds: 15 } })
    expect((await shown(late)).can['closing']?.code).toBe('draw.close_unseen')
  })

  it('is ended where a beacon never came, when it was waited for, and stays to be seen', async () => {
    const absent = await closed(app, { ...(await another()), commit: { sources: [{ kind: 'drand' }] } })
    await app.later(TIMES.dice + 60_000)
    const waiting = await propose(absent)
    expect(waiting.body).toMatchObject({ status: 409, code: 'drawRequest.wait' })
    await app.later(BEACON_WAIT_HOURS * 3_600_000)
    await ended(absent)
    const press = await (
      await again(app, absent.cast.lead.head)
    ).post(`/draws/${absent.id}/presses`, { stage: 'objects' })
    expect(press.body).toMatchObject({ status: 409, code: 'draw.not_in_this_state' })
    const [observer] = absent.observers
    const signed = await inRoom(app, absent.code, observer!).sign('contrib', '0'.repeat(64), observer!)
    // Though it was opened more than a day ago: a room ends a day after its draw.
    expect(signed.body).toMatchObject({ code: 'room.over' })
  })

  /** Somebody comes in, adds something and signs his receipt. */
  async function signReceipt(of: DrawCast, code: string): Promise<void> {
    const observer = await joinRoom(app, code)
    const phone = inRoom(app, code, observer)
    const { body } = await phone.contribute('42')
    const { commitHash } = await shown(of)
    const receipt = receiptHash('sha256', String(commitHash), body as never)
    expect((await phone.sign('contrib', receipt, observer)).status).toBe(200)
  }

  async function propose({ cast, id }: DrawCast) {
    const head = await again(app, cast.lead.head)
    const evidence = await giveProof(head)
    const said = { kind: 'void', reason: 'beacon_absent', statement: '约定的值没有产生', evidence }
    return head.post(`/draws/${id}/requests`, said)
  }

  /** Two end it in the open, and its bundle says so without a contradiction. */
  async function ended(of: DrawCast): Promise<void> {
    const proposed = await propose(of)
    expect(proposed.status, proposed.text).toBe(201)
    const { requests } = proposed.body as unknown as { requests: readonly { id: string }[] }
    const overseer = await again(app, of.cast.overseer)
    const approved = await overseer.post(`/draw-requests/${requests[0]!.id}/approval`)
    expect(approved.status, approved.text).toBe(200)
    const { body } = await overseer.get(`/draws/${of.id}`)
    expect(body).toMatchObject({
      state: 'void',
      endReason: 'beacon_absent',
      certificateHash: null,
    })
    await app.growing.turn()
    const report = await verified(app, of, 'L1')
    expect(report.checks.filter(({ holds }) => holds === 'no')).toEqual([])
    expect(report.verdict).toBe('indeterminate')
  }

  /** One more task of the same cast, where there is one. */
  async function another() {
    const { cast } = (draw as ClosedDraw | undefined) ?? {}
    if (!cast) return {}
    const there = await afresh(app, cast)
    return { cast: { ...there, task: await agree(there) } }
  }

  async function rowsOf(from: string): Promise<number> {
    const { rows } = await app.database.read((reader) =>
      sql<{
        readonly rows: number
      }>`select count(*)::int as rows from ${sql.raw(from)} draw_id = ${draw.id}`.execute(reader),
    )
    return rows[0]!.rows
  }
})

/** A draw that did not go on. */
function failed(draw: ClosedDraw): Promise<ShownDraw> {
  return until(
    'failure',
    () => shown(draw),
    ({ failure }) => failure !== null,
  )
}

interface Selected {
  readonly items: readonly {
    readonly code: string
    readonly stratum: string
    readonly ticket: string
    readonly place: string | null
  }[]
  readonly next?: string
}
interface Posts {
  readonly items: readonly {
    readonly load: number
    readonly members: readonly { readonly person: string | null }[]
  }[]
}
