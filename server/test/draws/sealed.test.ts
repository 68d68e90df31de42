// A sealed draw: nobody sees who was drawn before it opens, but those who must send people, on record.

import { fromHex, includes, saltedLeafHash, utf8 } from '@sunlot/draw'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { onEachEngine } from '../support/engines.ts'
import {
  again,
  certified,
  type ClosedDraw,
  drawsApp,
  type DrawsApp,
  shown,
  TIMES,
  until,
} from './draws-kit.ts'
import { verified } from './verified-kit.ts'

onEachEngine((kind) => {
  let app: DrawsApp
  let draw: ClosedDraw
  let codes: readonly string[]

  beforeAll(async () => {
    app = await drawsApp(kind)
    draw = await certified(app, { isSealed: true, task: { drawnListPublished: false } })
  })
  afterAll(async () => app.close())

  const purpose = { purpose: encodeURIComponent('安排检查人员') }

  it('is read by those who must send people, with a purpose, and each reading is listed', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    expect((await clerk.get(`/draws/${draw.id}/sealed-list`)).body).toMatchObject({ code: 'purpose_needed' })
    const first = await clerk.get(`/draws/${draw.id}/sealed-list?limit=1`, purpose)
    expect(first.status, first.text).toBe(200)
    const { next } = first.body as unknown as List
    const rest = await clerk.get(`/draws/${draw.id}/sealed-list?after=${next}`, purpose)
    const lines = [first, rest].flatMap(({ body }) => (body as unknown as List).items)
    codes = lines.map(({ code }) => code)
    const { figures } = await shown(draw)
    expect(codes).toHaveLength(Number(figures?.strata.reduce((sum, { n }) => sum + n, 0)))
    expect(lines.every(({ name, members }) => name !== null && members.length >= 2)).toBe(true)
    const overseer = await again(app, draw.cast.overseer)
    const readings = await overseer.get(`/draws/${draw.id}/readings`)
    expect((readings.body as unknown as { items: unknown[] }).items).toHaveLength(2)
    expect(readings.text).toContain('安排检查人员')
    // He may read it, and gives no subject its notice.
    expect(readings.body['can']).toEqual({ read: null, prove: { code: 'not_allowed' } })
    expect((await clerk.get(`/draws/${draw.id}/readings`)).body['can']).toEqual({ read: null, prove: null })
    const other = await again(app, draw.cast.other.clerk)
    expect((await other.get(`/draws/${draw.id}/sealed-list`, purpose)).status).toBe(403)
  })

  it('gives a subject its own line with salt and path, which lead to the certified root', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    const given = await clerk.get(`/draws/${draw.id}/sealed-lines/${codes[0]}`)
    const proof = given.body as unknown as Proof
    expect(given.status, given.text).toBe(200)
    const leaf = saltedLeafHash('sha256', fromHex(proof.salt), utf8(proof.line))
    const place = { index: proof.index, size: proof.size, path: proof.path.map(fromHex) }
    expect(includes('sha256', leaf, place, fromHex(proof.root))).toBe(true)
    const { text } = await app.anonymous.get(`/public/draws/${draw.name}/files/certificate.json`)
    expect(text).toContain(proof.root)
  })

  it('shows no code and no hash of a list anywhere before it opens', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    for (const page of ['selected', 'posts'])
      expect((await clerk.get(`/draws/${draw.id}/${page}`)).body).toMatchObject({
        status: 409,
        code: 'draw.sealed_before_open',
      })
    const { rows: lists } = await app.database.read((reader) =>
      sql<{
        readonly hash: string
      }>`select file_hash as hash from draws.draw_list where draw_id = ${draw.id} and bytes > 0`.execute(
        reader,
      ),
    )
    const open = ['plan', 'commit', 'close', 'certificate', 'proofs', 'signatures']
    const answers = await Promise.all([
      ...['', '/ceremony', '/presses', '/findings', '/manifests/commit.json'].map((page) =>
        clerk.get(`/draws/${draw.id}${page}`),
      ),
      ...['', '.html', ...open.map((name) => `/files/${name}.json`)].map((page) =>
        app.anonymous.get(`/public/draws/${draw.name}${page}`),
      ),
      app.anonymous.get(`/public/rooms/${draw.code}`),
    ])
    const { rows: images } = await app.database.read((reader) =>
      sql<{ readonly text: string }>`
        select coalesce(before, '') || coalesce(after, '') as text from audit.change where table_name like 'draws.%'`.execute(
        reader,
      ),
    )
    const said = [...answers.map(({ text }) => text), ...images.map(({ text }) => text)].join('\n')
    for (const secret of [...codes, ...lists.map(({ hash }) => hash)]) expect(said).not.toContain(secret)
    for (const list of ['population.tsv', 'selection.tsv', 'teams.tsv'])
      expect((await app.anonymous.get(`/public/draws/${draw.name}/files/${list}`)).status).toBe(404)
  })

  it('opens by itself at its time: rows, event, and a bundle that verifies', async () => {
    expect(
      (await (await again(app, draw.cast.lead.head)).post(`/draws/${draw.id}/opening`, {})).body,
    ).toMatchObject({ code: 'draw.sealed_before_open' })
    await app.later(TIMES.openAt)
    const clerk = await again(app, draw.cast.lead.clerk)
    await until(
      'opening',
      async () => (await clerk.get(`/draws/${draw.id}`)).body as unknown as Opened,
      ({ openedAt }) => typeof openedAt === 'string',
    )
    const selected = (await clerk.get(`/draws/${draw.id}/selected?limit=200`)).body as unknown as List
    expect(selected.items.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
    await app.growing.turn()
    const report = await verified(app, draw, 'L2')
    expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
  })
})

interface List {
  readonly items: readonly {
    readonly code: string
    readonly name: string | null
    readonly members: readonly object[]
  }[]
  readonly next?: string
}
interface Opened {
  readonly openedAt: string | null
}
interface Proof {
  readonly line: string
  readonly salt: string
  readonly index: number
  readonly size: number
  readonly path: readonly string[]
  readonly root: string
}
