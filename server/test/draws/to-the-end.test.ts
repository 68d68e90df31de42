// Each way of a draw to its end, by what people do: a beacon, a lottery beside dice, teams of several authorities, a certificate
// that is withheld.

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { timeOfRound } from '@sunlot/draw'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { idOf } from '../registers/catalogue-kit.ts'
import { onEachEngine } from '../support/engines.ts'
import { givePerson } from '../support/people.ts'
import { accept, act, giveJoint, partOf, settle } from '../tasks/consultation-kit.ts'
import {
  afresh,
  again,
  agree,
  agreedTask,
  certified,
  closed,
  type ClosedDraw,
  diceAfter,
  drawsApp,
  type DrawsApp,
  type DrawsCast,
  inState,
  pressAll,
  settleDice,
  shown,
  TIMES,
  until,
} from './draws-kit.ts'
import { giveProof, postsNow } from './events-kit.ts'
import { verified } from './verified-kit.ts'

const path = new URL('../../../draw/vectors/drand.json', import.meta.url)
const { beacons } = JSON.parse(readFileSync(path, 'utf8')) as {
  beacons: readonly { chain: string; round: number; signature: string; randomness: string }[]
}
const beacon = beacons.find(({ chain }) => chain === 'quicknet')!

onEachEngine((kind) => {
  it('draws with a beacon, fetched when its round exists, to a certificate that verifies', async () => {
    const asked: string[] = []
    const server = createServer((request, answer) => {
      asked.push(String(request.url))
      answer.end(JSON.stringify({ round: beacon.round, signature: beacon.signature }))
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    // The hour in which this very round became known: the commitment names it by its time alone.
    const at = new Date(timeOfRound(beacon.round) * 1000 - 60_000 - TIMES.closeBy)
    const app = await drawsApp(kind, { at, env: { SUNLOT_DRAND: `http://127.0.0.1:${port}` } })
    try {
      const draw = await closed(app, { commit: { sources: [{ kind: 'drand' }] } })
      expect(asked).toEqual([])
      await app.later(TIMES.dice + 4000)
      const clerk = await again(app, draw.cast.lead.clerk)
      await until(
        'value of the beacon',
        async () => (await clerk.get(`/draws/${draw.id}/ceremony`)).text,
        (text) => text.includes(beacon.randomness),
      )
      expect(asked[0]).toContain(`/public/${beacon.round}`)
      await certifiedNow(app, draw)
      const values = await app.anonymous.get(`/public/draws/${draw.name}/files/certificate.json`)
      expect(values.text).toContain(beacon.randomness)
    } finally {
      await app.close()
      server.close()
    }
  }, 240_000)

  describe('in the hour of now', () => {
    let app: DrawsApp
    let cast: DrawsCast
    /** Of whole teams. */
    let draw: ClosedDraw

    beforeAll(async () => {
      app = await drawsApp(kind)
      cast = await agreedTask(app)
    }, 240_000)
    afterAll(async () => app?.close())

    const another = async (): Promise<{ readonly cast: DrawsCast }> => {
      const there = await afresh(app, cast)
      return { cast: { ...there, task: await agree(there) } }
    }

    it('draws with a lottery beside dice, each read by two and signed by two', async () => {
      const lottery = { kind: 'lottery', game: 'ssq', issue: '2026135' }
      const sources = [lottery, diceAfter(app)]
      const draw = await closed(app, { ...(await another()), commit: { sources } })
      await app.later(TIMES.dice + 1000)
      await settleDice(draw, { source: 'lottery', text: '3.9.11.20.25.33./7./' })
      const early = await (
        await again(app, cast.lead.head)
      ).post(`/draws/${draw.id}/presses`, { stage: 'objects' })
      expect(early.status, early.text).toBe(409)
      await settleDice(draw)
      await certifiedNow(app, draw)
    })

    it('sends whole teams, with people of every authority, to each of the drawn', async () => {
      draw = await certified(app, { cast: await inTeams(await afresh(app, cast)) })
      const posts = await postsNow(app, draw.id)
      const teams = new Map(
        posts.map(({ place }) => [place, posts.filter((post) => post.place === place)] as const),
      )
      expect(teams.size).toBe(2)
      const authorities = [cast.lead.authority, cast.other.authority, cast.third.authority].toSorted()
      for (const members of teams.values()) {
        expect([...new Set(members.map(({ authorityId }) => authorityId))].toSorted()).toEqual(authorities)
        expect(new Set(members.map(({ personId }) => personId)).size).toBe(members.length)
      }
      const clerk = await again(app, cast.lead.clerk)
      const { items } = (await clerk.get(`/draws/${draw.id}/selected?limit=200`)).body as unknown as {
        items: readonly { code: string; place: string }[]
      }
      expect(items.length).toBeGreaterThan(0)
      for (const { code, place } of items) {
        const members = teams.get(place)!
        const one = await app.as(members[0]!.accountId)
        const own = (await one.get('/me/assignments')).body as unknown as {
          items: readonly {
            draw: { id: string }
            place: string
            with: object[]
            subjects: { code: string }[]
          }[]
        }
        const visit = own.items.find((item) => item.draw.id === draw.id)!
        expect(visit).toMatchObject({ place })
        expect(visit.subjects.map((subject) => subject.code)).toContain(code)
        expect(visit.with).toHaveLength(members.length - 1)
      }
      await verifiedWhole(app, draw)
    })

    it('replaces somebody at a subject’s request: he makes it his own, two agree, and who comes is drawn', async () => {
      const clerk = await again(app, cast.lead.clerk)
      const { items } = (await clerk.get(`/draws/${draw.id}/selected?limit=200`)).body as unknown as {
        items: readonly { code: string; place: string }[]
      }
      // Not every team has a subject: chance may have given all of them to the other.
      const leaver = (await postsNow(app, draw.id)).find((post) => post.place === items[0]!.place)!
      const authority = leaver.authorityId
      const head = await givePerson(app, { authority, roles: ['unitHead'] })
      const leader = await givePerson(app, { authority, roles: ['leaderInCharge'] })
      const asked = await clerk.post(`/draws/${draw.id}/recusal-requests`, {
        subject: items[0]!.code,
        alias: leaver.alias,
        statement: '检查对象称与其有债务纠纷',
        evidence: await giveProof(clerk),
      })
      expect(asked.status, asked.text).toBe(201)
      const to = (step: string) => `/replacements/${idOf(asked)}/${step}`
      const own = await app.as(leaver.accountId)
      expect((await own.get('/todo')).text).toContain('replacement.accede')
      const acceded = await own.post(to('application'))
      expect(acceded.body, acceded.text).toMatchObject({ origin: 'subject', state: 'applied' })
      expect((await head.client.post(to('review'))).body).toMatchObject({ state: 'reviewed' })
      const approved = await leader.client.post(to('approval'), {})
      expect(approved.body, approved.text).toMatchObject({ state: 'announced', event: { n: 1 } })
      await app.growing.turn()
      await app.later(120_000)
      await settleDice(draw, { text: '3141592653', eventN: 1, source: 'fresh' })
      const { event } = await until(
        'substitute',
        async () =>
          (await clerk.get(`/replacements/${idOf(asked)}`)).body as unknown as {
            state: string
            event: { entered: string }
          },
        ({ state }) => state === 'substituted',
      )
      const now = (await postsNow(app, draw.id)).filter(({ place }) => place === leaver.place)
      expect(now.map(({ alias }) => alias)).not.toContain(leaver.alias)
      expect(now.find(({ alias }) => alias === event.entered)).toMatchObject({ authorityId: authority })
      expect((await own.get('/me/posts')).text).not.toContain(draw.id)
      await verifiedWhole(app, draw)
    })

    it('stays to be seen as withheld where its certificate does not come', async () => {
      const late = await closed(app, await another())
      const state = async () =>
        (await app.anonymous.get(`/public/draws/${late.name}`)).body as unknown as {
          state: string
          certifyBy: string
        }
      const { state: before, certifyBy } = await state()
      expect(before).toBe('closed')
      await app.later(new Date(certifyBy).getTime() - app.clock.now().getTime() + 1000)
      expect(await state()).toMatchObject({ state: 'withheld' })
      const { items } = (await app.anonymous.get('/public/draws')).body as unknown as {
        items: readonly { name: string; state: string }[]
      }
      expect(items.find(({ name }) => name === late.name)).toMatchObject({ state: 'withheld' })
      const page = await app.anonymous.get(`/public/draws/${late.name}.html`)
      expect(page.text).toContain('未按期出证')
    })

    it('says which drawn subjects no team may visit, why, and what would help', async () => {
      // Each subject has one person of each authority who may not come: where these stand in both teams, nobody may.
      const there = await afresh(app, cast)
      const { client } = there.lead.clerk
      for (const [k, id] of there.subjects.entries()) {
        const { code } = (await client.get(`/subjects/${id}`)).body as unknown as { code: string }
        for (const by of [there.lead, there.other, there.third]) {
          const inspectorId = there.inspectors.get(by.authority)![k % 5]
          const said = { inspectorId, kind: 'kinship', subjectCode: code, subjectName: '示例' }
          const declared = await by.clerk.client.post('/declarations', said)
          expect(declared.status, declared.text).toBe(201)
        }
      }
      let left: readonly Infeasible[] = []
      // Chance decides who stands where: that every one of the drawn finds a team happens in one of five draws.
      for (let k = 0; k < 8 && left.length === 0; k++) {
        const tried = await certified(app, { cast: await inTeams(await afresh(app, cast)) })
        left = ((await shown(tried)) as unknown as { infeasible: readonly Infeasible[] }).infeasible
        await verifiedWhole(app, tried)
      }
      expect(left.length).toBeGreaterThan(0)
      for (const one of left) {
        expect(one.others.map(({ reason }) => reason)).toEqual(['conflict'])
        expect(one.repairs.map(({ kind, solved }) => [kind, solved])).toContainEqual(['add_inspectors', true])
        expect(one.repairs.map(({ kind }) => kind)).toContain('lift_conflict')
      }
    })
  })
})

/** A task of two whole teams, of two people of each authority. */
async function inTeams(cast: DrawsCast): Promise<DrawsCast> {
  const task = await giveJoint(cast, { matching: 'teams', teamCount: 2 })
  for (const by of [cast.lead, cast.other, cast.third]) {
    if (by === cast.other) {
      const sent = await act(cast.lead.head.client, task, 'dispatch', { replyBy: '2026-11-30' })
      expect(sent.status, sent.text).toBe(200)
    }
    const settled = await settle(cast, by, task, { drawn: 4 })
    expect(settled.status, settled.text).toBe(200)
    if (by === cast.lead) continue
    const given = await accept(by.head.client, await partOf(by.head.client, task, by.authority))
    expect(given.status, given.text).toBe(200)
  }
  return { ...cast, task }
}

async function certifiedNow(app: DrawsApp, draw: ClosedDraw): Promise<void> {
  await app.growing.turn()
  await pressAll(draw)
  await inState(draw, 'certified')
  await verifiedWhole(app, draw)
}

async function verifiedWhole(app: DrawsApp, draw: ClosedDraw): Promise<void> {
  await app.growing.turn()
  const report = await verified(app, draw, 'L2')
  expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
  expect(report.verdict).toBe('verified')
}

interface Infeasible {
  readonly others: readonly { readonly reason: string }[]
  readonly repairs: readonly { readonly kind: string; readonly solved: boolean }[]
}
