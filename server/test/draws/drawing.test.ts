// The press, the job, the rows, the one certificate.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEachEngine } from '../support/engines.ts'
import {
  again,
  agree,
  type ClosedDraw,
  drawsApp,
  type DrawsApp,
  inState,
  settled,
  shown,
  until,
} from './draws-kit.ts'
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

  it('draws nothing from a list that was altered; put back, it comes to the same as ever', async () => {
    draw = await settled(app, await another())
    const { rows } = await app.database.read((reader) =>
      sql<{ readonly hash: string }>`
        select file_hash as hash from draws.draw_list where draw_id = ${draw.id} and name = 'conflicts.tsv'
        union all select file_hash from draws.draw_list where draw_id = ${draw.id} and name = 'population.tsv'`.execute(
        reader,
      ),
    )
    const hash = rows[1]!.hash
    const path = join(app.folder, 'files', hash.slice(0, 2), hash)
    const kept = readFileSync(path)
    const altered = Buffer.from(kept)
    altered[altered.length - 3]! ^= 1
    writeFileSync(path, altered)
    const head = await again(app, draw.cast.lead.head)
    expect((await head.post(`/draws/${draw.id}/presses`, { stage: 'objects' })).status).toBe(202)
    const failed = await until(
      'failure',
      () => shown(draw),
      ({ failure }) => failure !== null,
    )
    expect(failed).toMatchObject({
      state: 'drawing',
      failure: { code: 'draw.frozen_differs', params: { list: 'population.tsv' } },
    })
    expect(await rowsOf('draws.selected where')).toBe(0)
    writeFileSync(path, kept)
    const resumed = await head.post(`/draws/${draw.id}/resumption`)
    expect(resumed.status, resumed.text).toBe(202)
    expect((await inState(draw, 'certified')).certificateHash).not.toBeNull()
  })

  /** One more task of the same cast, where there is one. */
  async function another() {
    const { cast } = (draw as ClosedDraw | undefined) ?? {}
    return cast ? { cast: { ...cast, task: await agree(cast) } } : {}
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
