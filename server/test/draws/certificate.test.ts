import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Certificate, explainer, memoryFiles, type Policy, verify } from '@sunlot/draw'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SESSION_COOKIE } from '../../src/accounts/index.ts'
import type { RoomState } from '../../src/draws/ceremony/room-state.ts'
import { countDrawn } from '../../src/draws/drawing/rows.store.ts'
import { groupsOf } from '../../src/draws/monitor/monitor.store.ts'
import { SYSTEM } from '../../src/platform/actor.ts'
import type { Writer } from '../../src/platform/database/database.ts'
import { record } from '../../src/platform/record.ts'
import { projectPath } from '../../src/platform/root.ts'
import type { Client } from '../support/app.ts'
import { onEachEngine } from '../support/engines.ts'
import { agree, certified, type ClosedDraw, committed, drawsApp, type DrawsApp } from './draws-kit.ts'
import { postsNow } from './events-kit.ts'
import { alterList } from './tools-kit.ts'

onEachEngine((kind) => {
  describe('the certificate of a draw', () => {
    let app: DrawsApp
    let draw: ClosedDraw
    let files: ReadonlyMap<string, Uint8Array>
    beforeAll(async () => {
      app = await drawsApp(kind)
      draw = await certified(app)
      files = await bundle(app, draw.name)
    })
    afterAll(() => app.close())

    it('verifies from the public bundle, and leaves open only what needs the names of people', async () => {
      const { body } = await app.anonymous.get('/public/draws/policy.json')
      const report = verify(memoryFiles(files), { policy: body as unknown as Policy })
      const by = (holds: string) => report.checks.filter((check) => check.holds === holds).map(({ id }) => id)
      expect(by('no')).toEqual([])
      expect(by('unknown')).toEqual(['close.preflight', 'match', 'pair'])
      expect(report.checks.find(({ id }) => id === 'close.observers')?.detail.params['observers']).toBe(2)
    })

    it('is the same zip each time, and verifies by the script alone, without network', async () => {
      const [one, other] = [await zip(app, draw.name), await zip(app, draw.name)]
      expect(one.equals(other)).toBe(true)
      const folder = mkdtempSync(join(tmpdir(), 'sunlot-bundle-'))
      try {
        for (const [name, bytes] of files) {
          mkdirSync(dirname(join(folder, name)), { recursive: true })
          writeFileSync(join(folder, name), bytes)
        }
        expect([...files.keys()]).toEqual(expect.arrayContaining(['verifier.html', 'check.py', 'verify.sh']))
        const said = run('python3', [join(folder, 'check.py'), folder])
        expect(said.code, said.text).toBe(INDETERMINATE)
        const command = run(process.execPath, [projectPath('cli', 'sunlot.mjs'), 'verify', folder])
        expect(command.code, command.text).toBe(INDETERMINATE)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    })

    it('tells the hall how many inspectors were drawn of how many, and who goes where, by alias alone', async () => {
      const room = (await app.anonymous.get(`/public/rooms/${draw.code}`)).body as unknown as RoomState
      const { inspectors } = JSON.parse(
        new TextDecoder().decode(files.get('certificate.json')),
      ) as Certificate
      expect(room.inspectors.map(({ pool, drawn }) => [pool, drawn])).toEqual(
        inspectors.map(({ rows, n }) => [rows, n]),
      )
      for (const { least, most } of room.inspectors) expect(most).toBeGreaterThanOrEqual(least)
      const posts = await postsNow(app, draw.id)
      const drawn = lines(files, 'selection.tsv')
      expect(room.visits.map(({ code }) => code).toSorted()).toEqual([...drawn].toSorted())
      for (const { code, name, aliases } of room.visits) {
        expect(name).not.toBe('')
        const theirs = posts.filter(({ place }) => place === code).map(({ alias }) => alias)
        expect(theirs.length).toBeGreaterThan(0)
        expect(aliases).toEqual(theirs.toSorted())
      }
      expect(room.teams).toEqual([])
    })

    it('says of every subject what the library says from the bundle', async () => {
      const explain = explainer(memoryFiles(files))
      const codes = [
        ...lines(files, 'population.tsv'),
        ...lines(files, 'exclusions.tsv'),
        '91990000000000000X',
      ]
      for (const code of codes) {
        const given = await app.anonymous.get(`/public/draws/${draw.name}/subjects/${code}`)
        expect(given.status, given.text).toBe(200)
        const { name: _, code: __, ticket, proofs, ...fate } = given.body as unknown as Fate
        const { ticket: theirs, proofs: all, ...expected } = explain(code) as unknown as Fate
        expect(sorted(fate)).toEqual(sorted(expected))
        expect(proofs).toEqual(all?.filter(({ of }) => of !== 'register'))
        if (theirs) {
          const { rank: _rank, ...rest } = theirs
          expect(ticket).toEqual(rest)
        }
      }
      expect(codes.length).toBeGreaterThan(20)
    })

    it('shows a page that prints, in both languages, that anybody may keep', async () => {
      const page = await app.anonymous.get(`/public/draws/${draw.name}.html`)
      expect(page.headers['cache-control']).toMatch(/^public, max-age=/)
      expect(page.headers['content-security-policy']).toContain(`default-src 'none'`)
      const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page.text) ?? []
      const hash = createHash('sha256').update(style).digest('base64')
      expect(page.headers['content-security-policy']).toContain(`'sha256-${hash}'`)
      expect(page.text).not.toContain('<script')
      expect(page.text).not.toMatch(/[{}]\w+[}]/)
      expect(page.text).toContain('<svg')
      expect(page.text).toContain('抽取证书')
      for (const line of lines(files, 'selection.tsv')) expect(page.text).toContain(`<code>${line}</code>`)
      // Who signed what fell: by mark and role, never by name.
      expect(page.text).toContain('w001（人大代表）、w002（人大代表）')
      // Strata in words, with the code that the bytes hold behind them.
      expect(page.text).toMatch(/(?:信用风险 [A-D] 类|未作信用风险分类|全部（不分层）) <code>/)
      const english = await app.anonymous.get(`/public/draws/${draw.name}.html?lang=en`)
      expect(english.text).toContain('<html lang="en"')
      expect(english.text).toContain('Certificate of a draw')
      const [code = ''] = lines(files, 'population.tsv')
      const at = `/public/draws/${draw.name}/why`
      expect((await app.anonymous.get(`${at}?code=`)).text).toContain('没有写代码')
      expect((await app.anonymous.get(`${at}?code=%3Cb%3Ex`)).text).toContain('“&lt;b&gt;x”不是代码')
      expect((await app.anonymous.get(at)).text).not.toContain('没有写代码')
      const why = await app.anonymous.get(`/public/draws/${draw.name}/why?code=${code.toLowerCase()}`)
      expect(why.text).toContain(`${code} 是其中之一`)
      expect((await app.anonymous.get('/public/draws.html')).text).toContain(draw.name)
      expect((await app.anonymous.get(`/public/draws/${draw.name}/changes.html`)).status).toBe(200)
    })

    it('is in the public list with its number, and its changes of the register beside it', async () => {
      const list = await app.anonymous.get('/public/draws?division=990101')
      const { items } = list.body as unknown as { items: readonly Record<string, unknown>[] }
      expect(items[0]).toMatchObject({ name: draw.name, seq: 1, state: 'certified' })
      const changes = await app.anonymous.get(`/public/draws/${draw.name}/changes`)
      expect(changes.status, changes.text).toBe(200)
      expect(changes.body).toMatchObject({ count: expect.any(Number) as number })
      const shown = await app.anonymous.get(`/public/draws/${draw.name}`)
      const num = expect.any(String) as string
      expect(shown.body['pair']).toEqual({ num, den: num })
    })

    it('lets an inspector prove his alias to anybody, and nobody else', async () => {
      const mine = await draw.cast.lead.clerk.client.get('/me/aliases')
      expect(mine.body).toEqual({ items: [] })
      const inspector = await someInspector(app, draw)
      const { items } = (await inspector.get('/me/aliases')).body as unknown as {
        items: readonly { draw: string; alias: string; salt: string; staffNumber: string }[]
      }
      const own = items.find((each) => each.draw === draw.name)!
      const { draw: name, alias, salt, staffNumber } = own
      const claim = { draw: name, alias, salt, staffNumber }
      const placed = [...files].filter(([file]) => /^(teams|assignment-d\d+)\.tsv$/.test(file))
      expect(placed.length).toBeGreaterThan(0)
      const drawn = placed.some(([, bytes]) => new TextDecoder().decode(bytes).includes(alias))
      const holds = await app.anonymous.post('/public/alias-checks', claim)
      expect(holds.body).toEqual({ alias, matches: true, isInPool: true, isDrawn: drawn })
      const other = await app.anonymous.post('/public/alias-checks', { ...claim, staffNumber: 'somebody' })
      expect(other.body).toMatchObject({ matches: false })
      const otherSalt = `${salt.startsWith('0') ? '1' : '0'}${salt.slice(1)}`
      const salted = await app.anonymous.post('/public/alias-checks', { ...claim, salt: otherSalt })
      expect(salted.body).toMatchObject({ matches: false })
    })

    it('gives the bundle with what is known of people to the oversight authority alone, and verifies there', async () => {
      const path = `/draws/${draw.id}/oversight-bundle.zip`
      expect((await app.anonymous.get(path)).status).toBe(401)
      expect((await draw.cast.lead.head.client.get(path)).status).toBe(403)
      const overseer = await app.as(draw.cast.overseer.accountId)
      const given = await bytesAt(app, path, overseer.token)
      const { body } = await app.anonymous.get('/public/draws/policy.json')
      const report = verify(memoryFiles(new Map(Object.entries(unzipSync(given)))), {
        policy: body as unknown as Policy,
      })
      expect(report.checks.filter(({ holds }) => holds !== 'yes')).toEqual([])
      expect(report.verdict).toBe('verified')
    })

    it('gives no bundle, and no list, that is not what was stored', async () => {
      const overseer = await app.as(draw.cast.overseer.accountId)
      const putBack = await alterList(app, draw, 'population.tsv')
      const [nobodys] = lines(files, 'population.tsv')
      for (const [client, path] of [
        [app.anonymous, `/public/draws/${draw.name}/subjects/${nobodys}`],
        [app.anonymous, `/public/draws/${draw.name}/files/population.tsv`],
        [app.anonymous, `/public/draws/${draw.name}/bundle.zip`],
        [overseer, `/draws/${draw.id}/oversight-bundle.zip`],
      ] as const)
        expect((await client.get(path)).body, path).toMatchObject({
          status: 409,
          code: 'draw.frozen_differs',
          params: { list: 'population.tsv' },
        })
      // Another list of it is.
      expect((await app.anonymous.get(`/public/draws/${draw.name}/files/selection.tsv`)).status).toBe(200)
      putBack()
      expect((await app.anonymous.get(`/public/draws/${draw.name}/bundle.zip`)).status).toBe(200)
    })

    it('shows of a sealed draw how many, and nothing of anybody, on page, list and bundle', async () => {
      const task = await agree(draw.cast, { drawnListPublished: false })
      const { name } = await committed(app, { isSealed: true, cast: { ...draw.cast, task } })
      const sealed = await bundle(app, name)
      expect([...sealed.keys()].filter((file) => file.endsWith('.tsv'))).toEqual([])
      const [code = ''] = lines(files, 'population.tsv')
      const asked = await app.anonymous.get(`/public/draws/${name}/subjects/${code}`)
      expect(asked.body).toMatchObject({ kind: 'sealed' })
      const page = await app.anonymous.get(`/public/draws/${name}.html`)
      expect(page.text).not.toContain('/why')
    })

    it('counts who was drawn by what he was when he was frozen, whatever he became since', async () => {
      const before = await drawnKinds(app, draw.id)
      expect(before.some(({ drawn }) => drawn > 0)).toBe(true)
      const parts = { database: app.database, newId: app.newId }
      const drawn = sql`select s.* from registers.subject s join draws.selected c on c.subject_id = s.id where c.draw_id = ${draw.id}`
      const become = async (writer: Writer, code: string): Promise<void> => {
        app.clock.advance(60_000)
        await sql`
          insert into registers.subject_change
                 (id, division_code, subject_id, kind, state, fields, source, proposed_at, decided_at)
          select gen_random_uuid(), s.division_code, s.id, 'changed', 'effective',
                 jsonb_build_object('industry_code', jsonb_build_array(s.industry_code, ${code}::text)), 'import',
                 ${app.clock.now()}::timestamptz, ${app.clock.now()}::timestamptz
            from (${drawn}) s`.execute(writer)
        await sql`update registers.subject set industry_code = ${code} where id in (select s.id from (${drawn}) s)`.execute(
          writer,
        )
      }
      await record(parts, SYSTEM, { action: 'draw.count' }, async (writer) => {
        await become(writer, 'A0111')
        await become(writer, 'C1311')
        await countDrawn(writer, draw.id)
      })
      expect(await drawnKinds(app, draw.id)).toEqual(before)
    })

    it('names nobody on any public address', async () => {
      const names = await namesOf(app)
      const addresses = [
        '/public/draws',
        `/public/draws/${draw.name}`,
        `/public/draws/${draw.name}.html`,
        `/public/draws/${draw.name}/changes`,
        `/public/draws/${draw.name}/why?code=${lines(files, 'population.tsv')[0]}`,
      ]
      const texts = await Promise.all(
        addresses.map(async (address) => (await app.anonymous.get(address)).text),
      )
      // Of the businesses of this county, whose names are public, some hold a person's.
      const withoutShops = texts.map((text) => text.replaceAll(/青石县示例\d+号店/g, ''))
      const all = [
        ...withoutShops,
        ...[...files]
          .filter(([name]) => !/html|py|sh$/.test(name))
          .map(([, bytes]) => new TextDecoder().decode(bytes)),
      ]
      expect(names.filter((name) => all.some((text) => text.includes(name)))).toEqual([])
    })
  })
})

const INDETERMINATE = 2

/** How many of each kind were drawn, as the monitor counts them. */
function drawnKinds(app: DrawsApp, drawId: string) {
  return app.database.read((reader) => groupsOf(reader, [drawId]))
}

/** The library names the members of a team authority by authority. */
function sorted(fate: object): object {
  const { visit } = fate as { readonly visit?: { readonly aliases: readonly string[] } }
  return visit ? { ...fate, visit: { ...visit, aliases: visit.aliases.toSorted() } } : fate
}

interface Fate {
  readonly name: string
  readonly code: string
  readonly ticket?: { readonly rank?: number }
  readonly proofs?: readonly { readonly of: string }[]
}

function zip(app: DrawsApp, name: string): Promise<Buffer> {
  return bytesAt(app, `/public/draws/${name}/bundle.zip`)
}

/** What is answered, byte for byte. */
async function bytesAt(app: DrawsApp, path: string, token?: string): Promise<Buffer> {
  const headers = token === undefined ? {} : { cookie: `${SESSION_COOKIE}=${token}` }
  const given = await app.server.inject({ method: 'GET', url: `/api/v1${path}`, headers })
  expect(given.statusCode, given.body).toBe(200)
  return given.rawPayload
}

/** One of the inspectors in the pools, signed in. */
async function someInspector(app: DrawsApp, draw: ClosedDraw): Promise<Client> {
  const [inspector] = draw.cast.inspectors.get(draw.cast.lead.authority) ?? []
  const account = await app.database.read((reader) =>
    reader
      .selectFrom('registers.inspector as i')
      .innerJoin('accounts.account as a', 'a.person_id', 'i.person_id')
      .select('a.id')
      .where('i.id', '=', inspector!)
      .executeTakeFirstOrThrow(),
  )
  return app.as(account.id)
}

/** Names, warrant numbers and staff numbers of everybody in the county. */
async function namesOf(app: DrawsApp): Promise<readonly string[]> {
  const people = await app.database.read((reader) =>
    reader.selectFrom('agencies.person').select(['name', 'staff_number as staff']).execute(),
  )
  return people.flatMap(({ name, staff }) => (staff === null ? [name] : [name, staff]))
}

async function bundle(app: DrawsApp, name: string): Promise<ReadonlyMap<string, Uint8Array>> {
  return new Map(Object.entries(unzipSync(await zip(app, name))))
}

function lines(files: ReadonlyMap<string, Uint8Array>, name: string): readonly string[] {
  const text = new TextDecoder().decode(files.get(name))
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => line.split('\t')[0]!)
}

function run(command: string, args: readonly string[]): { readonly code: number; readonly text: string } {
  try {
    return { code: 0, text: execFileSync(command, args, { encoding: 'utf8' }) }
  } catch (error) {
    const { status, stdout, stderr } = error as { status: number; stdout: string; stderr: string }
    return { code: status, text: `${stdout}${stderr}` }
  }
}
