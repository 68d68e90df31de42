// A sealed draw: nobody sees who was drawn before it opens, but those who must send people, on record.

import { rename } from 'node:fs/promises'
import { join } from 'node:path'
import { fromHex, includes, saltedLeafHash, utf8 } from '@sunlot/draw'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { drawItself, preparedOf } from '../../src/draws/draws/draws.store.ts'
import { secretsOf } from '../../src/draws/draws/keys.ts'
import { listsOfDraw } from '../../src/draws/draws/lists.store.ts'
import { readyToOpen } from '../../src/draws/lists/opening.ts'
import { openSecrets } from '../../src/platform/secrets.ts'
import { onEachEngine } from '../support/engines.ts'
import {
  again,
  agree,
  certified,
  type ClosedDraw,
  drawsApp,
  type DrawsApp,
  type ShownDraw,
  shown,
  TIMES,
  until,
} from './draws-kit.ts'
import { alterList, toolsOf } from './tools-kit.ts'
import { verified } from './verified-kit.ts'

onEachEngine((kind) => {
  let app: DrawsApp
  let draw: ClosedDraw
  let other: ClosedDraw
  let codes: readonly string[]
  let putBackOther: () => Promise<void>

  beforeAll(async () => {
    app = await drawsApp(kind)
    draw = await certified(app, { isSealed: true, task: { drawnListPublished: false } })
    const task = await agree(draw.cast, { drawnListPublished: false })
    other = await certified(app, { isSealed: true, cast: { ...draw.cast, task } })
  }, 240_000)
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
    const path = `/draws/${draw.id}/sealed-lines/${codes[0]}`
    expect((await clerk.get(path)).body).toMatchObject({ status: 403, code: 'purpose_needed' })
    const given = await clerk.get(path, { purpose: encodeURIComponent('随通知书交给对象') })
    const proof = given.body as unknown as Proof
    expect(given.status, given.text).toBe(200)
    const leaf = saltedLeafHash('sha256', fromHex(proof.salt), utf8(proof.line))
    const place = { index: proof.index, size: proof.size, path: proof.path.map(fromHex) }
    expect(includes('sha256', leaf, place, fromHex(proof.root))).toBe(true)
    const { text } = await app.anonymous.get(`/public/draws/${draw.name}/files/certificate.json`)
    expect(text).toContain(proof.root)
  })

  it('is read by nobody where a list is not what was stored', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    const inspector = await app.as((await peopleOf(draw))[0]!)
    const lists = await app.database.read((reader) => listsOfDraw(reader, draw.id))
    const visits = lists.find(({ name }) => name.startsWith('assignment-'))!.name
    for (const list of ['selection.tsv', visits]) {
      const putBack = await alterList(app, draw, list)
      for (const [client, path] of [
        [clerk, `/draws/${draw.id}/sealed-list`],
        [inspector, '/me/assignments'],
        ...(list === 'selection.tsv' ? [[clerk, `/draws/${draw.id}/sealed-lines/${codes[0]}`] as const] : []),
      ] as const) {
        const refused = await client.get(path, purpose)
        expect(refused.body, path).toMatchObject({
          status: 409,
          code: 'draw.frozen_differs',
          params: { list },
        })
      }
      putBack()
    }
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

  it('lists every reading: of the list, of one line, and by whoever looks at his own part', async () => {
    const { openAt } = await shown(draw)
    let looked = 0
    for (const account of await peopleOf(draw)) {
      const own = (await (await app.as(account)).get('/me/assignments')).body as unknown as {
        items: readonly { draw: { id: string }; isSealed: boolean; openAt: string | null }[]
      }
      looked++
      const found = own.items.find((item) => item.draw.id === draw.id)
      if (!found) continue
      expect(found).toMatchObject({ isSealed: true, openAt })
      // Nothing moves before it opens; he is told so, and when.
      const posts = (await (await app.as(account)).get('/me/posts')).body as unknown as {
        items: readonly { draw: { id: string } }[]
        sealed: readonly { draw: { id: string }; openAt: string }[]
      }
      expect(posts.items.filter((item) => item.draw.id === draw.id)).toEqual([])
      expect(posts.sealed).toContainEqual(expect.objectContaining({ openAt }))
      break
    }
    const overseer = await again(app, draw.cast.overseer)
    const { items } = (await overseer.get(`/draws/${draw.id}/readings`)).body as unknown as {
      items: readonly { action: string; purpose: string | null; person: string | null }[]
    }
    expect(items.map(({ action, purpose: why }) => [action, why])).toEqual([
      ...Array.from({ length: looked }, () => ['sealedList.mine', null]),
      ['sealedList.prove', '随通知书交给对象'],
      ['sealedList.read', '安排检查人员'],
      ['sealedList.read', '安排检查人员'],
    ])
    expect(items.every(({ person }) => person !== null)).toBe(true)
  })

  it('tells each of those who visit a subject who comes along, and nobody else anything', async () => {
    const clerk = await again(app, draw.cast.lead.clerk)
    const { items } = (await clerk.get(`/draws/${draw.id}/sealed-list?limit=200`, purpose))
      .body as unknown as List
    const visits = (alias: string) =>
      items
        .filter(({ members }) => members.some((member) => member.alias === alias))
        .map(({ code, members }) => ({
          place: null,
          subjects: [code],
          with: members.filter((member) => member.alias !== alias).map((member) => member.alias),
        }))
    let seen = 0
    for (const account of await peopleOf(draw)) {
      const client = await app.as(account)
      const { items: aliases } = (await client.get('/me/aliases')).body as unknown as {
        items: readonly { draw: string; alias: string }[]
      }
      const { alias } = aliases.find((each) => each.draw === draw.name)!
      const own = (await client.get('/me/assignments')).body as unknown as { items: readonly Assignment[] }
      const shownTo = own.items
        .filter((item) => item.draw.id === draw.id)
        .map(({ place, subjects, with: all }) => ({
          place,
          subjects: subjects.map(({ code }) => code),
          with: all.map((mate) => mate.alias),
        }))
      expect(sorted(shownTo)).toEqual(sorted(visits(alias)))
      seen += shownTo.length
    }
    expect(seen).toBe(items.reduce((sum, { members }) => sum + members.length, 0))
    expect(items.every(({ members }) => members.length > 1)).toBe(true)
  })

  it('opens by itself at its time, or when what was in the way is gone: rows, event, a bundle that verifies', async () => {
    expect(
      (await (await again(app, draw.cast.lead.head)).post(`/draws/${draw.id}/opening`, {})).body,
    ).toMatchObject({ code: 'draw.sealed_before_open' })
    const putBack = await takeAway(draw, 'selection.tsv')
    putBackOther = await takeAway(other, 'selection.tsv')
    await app.later(TIMES.openAt)
    await failed(draw)
    await putBack()
    await app.later(60_000)
    await opened(draw)
    const clerk = await again(app, draw.cast.lead.clerk)
    const selected = (await clerk.get(`/draws/${draw.id}/selected?limit=200`)).body as unknown as List
    expect(selected.items.map(({ code }) => code).toSorted()).toEqual(codes.toSorted())
    const { text } = await app.anonymous.get(`/public/draws/${draw.name}.html`)
    expect(text).not.toMatch(/尚未产生|尚未公开/)
    expect(text).toContain('种子')
    for (const code of codes) expect(text).toContain(`<code>${code}</code>`)
    await app.growing.turn()
    const report = await verified(app, draw, 'L2')
    expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
  })

  it('is opened by hand as it opens by itself, rows and all; and started again where it stopped', async () => {
    await failed(other)
    const head = await again(app, draw.cast.lead.head)
    const resumed = await head.post(`/draws/${other.id}/resumption`)
    expect(resumed.status, resumed.text).toBe(202)
    await failed(other)
    const wrong = ['authority', 'oversight'].map((id) => ({ id, value: '0'.repeat(64) }))
    expect((await head.post(`/draws/${other.id}/opening`, { secrets: wrong })).body).toMatchObject({
      code: 'sealedList.secrets_wrong',
    })
    await putBackOther()
    await opensWithBrought()
    const given = await head.post(`/draws/${other.id}/opening`, {})
    expect(given.status, given.text).toBe(200)
    const clerk = await again(app, draw.cast.lead.clerk)
    const { figures, failure } = (await clerk.get(`/draws/${other.id}`)).body as unknown as ShownDraw
    expect(failure).toBeNull()
    const selected = (await clerk.get(`/draws/${other.id}/selected?limit=200`)).body as unknown as List
    expect(selected.items).toHaveLength(Number(figures?.strata.reduce((sum, { n }) => sum + n, 0)))
    const resume = await head.post(`/draws/${other.id}/resumption`)
    expect(resume.body).toMatchObject({ code: 'draw.not_in_this_state' })
  })

  /** Secrets that somebody brings open a draw whose kept ones no key opens; why somebody was left is then not computed again. */
  async function opensWithBrought(): Promise<void> {
    const { cipher, row } = await app.database.read(async (reader) => ({
      cipher: (await preparedOf(reader, other.id))?.secretsCipher ?? '',
      row: (await drawItself(reader, other.id))!,
    }))
    const { sealed } = secretsOf(app.secrets, cipher)
    // Another key file's, which opens nothing that was kept here.
    const tools = toolsOf(app, { secrets: openSecrets(join(app.folder, 'keys', 'another.key')) })
    const { superuser } = app.migrated
    const leave = (rows: number) =>
      superuser.query(
        `update draws.draw_list set rows = ${rows} where draw_id = '${other.id}' and name = 'unassigned.tsv'`,
      )
    await superuser.query('alter table draws.draw_list disable trigger user')
    await leave(1)
    await expect(readyToOpen(tools, row)).rejects.toThrow('draw.secret_lost')
    expect(await readyToOpen(tools, row, sealed)).toEqual({ secrets: sealed, left: [] })
    await leave(0)
    await superuser.query('alter table draws.draw_list enable trigger user')
  }

  /** The accounts of those in the pools of a draw. */
  async function peopleOf({ id }: ClosedDraw): Promise<readonly string[]> {
    const { rows } = await app.database.read((reader) =>
      sql<{ readonly id: string }>`
        select a.id from draws.drawn_from f
          join registers.inspector i on i.id = f.inspector_id
          join accounts.account a on a.person_id = i.person_id
         where f.draw_id = ${id} order by f.alias`.execute(reader),
    )
    return rows.map((row) => row.id)
  }

  /** Moves a list of a draw out of its place among the files; gives what puts it back. */
  async function takeAway({ id }: ClosedDraw, name: string): Promise<() => Promise<void>> {
    const lists = await app.database.read((reader) => listsOfDraw(reader, id))
    const hash = lists.find((list) => list.name === name)!.fileHash
    const path = join(app.folder, 'files', hash.slice(0, 2), hash)
    await rename(path, `${path}.away`)
    return () => rename(`${path}.away`, path)
  }

  // Nobody is signed in for as long as this takes.
  const seen = async (of: ClosedDraw, what: string, holds: (now: ShownDraw & Opened) => boolean) => {
    const clerk = await again(app, draw.cast.lead.clerk)
    const look = async () => (await clerk.get(`/draws/${of.id}`)).body as unknown as ShownDraw & Opened
    return until(what, look, holds)
  }
  const failed = (of: ClosedDraw) => seen(of, 'failure', ({ failure }) => failure !== null)
  const opened = (of: ClosedDraw) => seen(of, 'opening', ({ openedAt }) => typeof openedAt === 'string')
})

interface List {
  readonly items: readonly {
    readonly code: string
    readonly name: string | null
    readonly members: readonly { readonly alias: string }[]
  }[]
  readonly next?: string
}
interface Assignment {
  readonly draw: { readonly id: string }
  readonly place: string | null
  readonly subjects: readonly { readonly code: string }[]
  readonly with: readonly { readonly alias: string }[]
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

/** Visits in whatever order they are shown: by subject, companions by alias. */
function sorted(all: readonly { readonly subjects: readonly string[]; readonly with: readonly string[] }[]) {
  return all
    .map((one) => ({ ...one, with: one.with.toSorted() }))
    .toSorted((a, b) => (String(a.subjects) < String(b.subjects) ? -1 : 1))
}
