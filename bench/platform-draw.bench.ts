// A draw in the platform on PostgreSQL, from the press to the certificate:
// `npx tsx bench/platform-draw.bench.ts [MILLIONS [CAP]]`. CAP is the most subjects of one inspector: with the usual one nearly all
// of the drawn are visited; with 20 nearly nobody can be, and what would help is worked out too.
// Goals: at 1 million at most three times what the library takes by itself on the same rows in the same run; at 10 million
// the server stays below 2 GB. Build the verifier first. Said beside it: freeze, commitment, close.

import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { cpus, totalmem } from 'node:os'
import { fileURLToPath } from 'node:url'
import { buildCertificate, computeDraw, loadManifests } from '@sunlot/draw'
import pg from 'pg'
import { bundleFolder } from '../server/src/draws/draws/bundle.ts'
import { folderFiles } from '../server/src/draws/work/folder.ts'
import { Files } from '../server/src/platform/files/files.ts'
import {
  again,
  agreedTask,
  closeDraw,
  commitDraw,
  type DrawCast,
  type DrawsApp,
  drawsApp,
  joinRoom,
  openRoom,
  pressAll,
  settleDice,
  shown,
  TIMES,
} from '../server/test/draws/draws-kit.ts'
import { idOf } from '../server/test/registers/catalogue-kit.ts'
import {
  accept,
  type ConsultationCast,
  giveInspectors,
  giveJoint,
  partOf,
  settle,
} from '../server/test/tasks/consultation-kit.ts'
import { act } from '../server/test/tasks/tasks-kit.ts'
import { startPostgres } from '../tools/postgres.ts'
import { withoutIndexes } from './registers-population.ts'

const MOST_TIMES = 3
const MOST_BYTES = 2 * 2 ** 30
/** Of each authority: inspectors in the pool, and drawn. */
const POOL = 60
const DRAWN = 45
const CAP = 10_000

if (process.argv[2] === '--library') library(process.argv[3]!)
else await platform(Number(process.argv[2] ?? 1), Number(process.argv[3] ?? CAP))

/** The library by itself on a folder of lists: milliseconds, and the hash of its certificate, on the last line. */
function library(folder: string): void {
  const files = folderFiles(folder)
  const { commit, close, certificate } = loadManifests(files)
  if (!commit || !close || !certificate) throw new Error('not a certified bundle')
  const built = <T>(loaded: { readonly value: T; readonly hash: string }) => ({
    ...loaded,
    bytes: new Uint8Array(),
  })
  const { values, log, at } = certificate.value
  const began = performance.now()
  const result = computeDraw(built(commit), values, files)
  const made = buildCertificate(result, { commit: built(commit), close: built(close), values, log, at })
  console.log(JSON.stringify({ ms: performance.now() - began, hash: made.hash }))
}

async function platform(millions: number, cap: number): Promise<void> {
  const server = startPostgres({ settings: ['shared_buffers=1GB', 'max_wal_size=8GB'] })
  if ('why' in server) throw new Error(server.why)
  process.env['DATABASE_URL'] = server.url
  const app = await drawsApp('postgres')
  try {
    await measure(app, server.url, { millions, cap })
  } catch (error) {
    // Said before the server goes: whoever is still connected to it then dies of that.
    console.error(error)
    process.exitCode = 1
  } finally {
    await app.close()
    server.stop()
  }
}

async function measure(
  app: DrawsApp,
  url: string,
  { millions, cap }: { readonly millions: number; readonly cap: number },
): Promise<void> {
  const cast = await agreedTask(app)
  await fill(app, url, Math.round(millions * 1e6))
  say(`filled with ${millions} million`)
  const draw = await timed('freeze', async () => freeze(app, { ...cast, task: await task(app, cast, cap) }))
  await timed('commitment', () => commitDraw(draw))
  await app.growing.turn()
  const code = await openRoom(draw)
  const observers = [await joinRoom(app, code), await joinRoom(app, code)]
  await timed('close', () => closeDraw(draw))
  await app.growing.turn()
  await app.later(TIMES.dice + 1000)
  await settleDice({ ...draw, code, observers })
  await app.growing.turn()
  const began = performance.now()
  await pressAll(draw)
  await inState(draw, 'certified')
  const ms = performance.now() - began
  const bytes = peak()
  // A bundle holds what the log holds: the certificate too.
  await app.growing.turn()
  const alone = await libraryOn(app, draw)
  const times = ms / alone.ms
  const { certificateHash, figures } = await shown(draw)
  const drawn = figures?.strata.reduce((sum, { n }) => sum + n, 0)
  say(`${figures?.population} subjects, ${drawn} drawn; at most ${cap} of one inspector`)
  say(
    `${times <= MOST_TIMES ? 'ok  ' : 'SLOW'} press to certificate ${seconds(ms)}, the library alone ${seconds(alone.ms)}: ${times.toFixed(2)} times`,
  )
  say(
    `${bytes <= MOST_BYTES ? 'ok  ' : 'LARGE'} peak memory of the server ${Math.round(bytes / 2 ** 20)} MiB`,
  )
  if (alone.hash !== certificateHash) throw new Error('the library comes to another certificate')
  say(`${cpus().length} cores of ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB`)
}

/** Subjects like those of the cast, in its county, of all four classes. */
async function fill(app: DrawsApp, url: string, rows: number): Promise<void> {
  const { rows: found } = await app.migrated.engine.pool.query<{ name: string }>(
    'select current_database() as name',
  )
  const database = new URL(url)
  database.pathname = `/${found[0]!.name}`
  const client = new pg.Client({ connectionString: database.href })
  await client.connect()
  await withoutIndexes(client, async () => {
    await client.query(
      `insert into registers.subject
       select made.*
         from (select code, row_number() over (order by code) - 1 as at, count(*) over () as all from registers.subject) given
         join registers.subject s on s.code = given.code
         join generate_series(1, $1::int) n on n % given.all = given.at
        cross join lateral jsonb_populate_record(s, jsonb_build_object('id', gen_random_uuid(),
                'code', '91990101MA' || lpad(n::text, 8, '0'), 'name', '示例商行' || n,
                'credit_class', (array['A', 'B', 'C', 'D'])[1 + n / given.all % 4])) made`,
      [rows],
    )
    await client.query(
      `insert into registers.subject_identity (code, subject_id, division_code)
       select code, id, division_code from registers.subject order by code on conflict do nothing`,
    )
  })
  await client.query('vacuum analyze registers.subject')
  await client.query('vacuum analyze registers.subject_identity')
  await client.end()
}

/** A joint task whose pools are large enough for so many visits. */
async function task(app: DrawsApp, cast: ConsultationCast, loadCap: number): Promise<string> {
  const inspectors = new Map<string, readonly string[]>()
  for (const one of [cast.lead, cast.other, cast.third])
    inspectors.set(one.authority, await giveInspectors(app, one, POOL))
  const large = { ...cast, inspectors }
  const id = await giveJoint(large, { loadCap })
  const more = { drawn: DRAWN }
  good(await settle(large, cast.lead, id, more))
  good(await act(cast.lead.head.client, id, 'dispatch', { replyBy: '2026-11-30' }))
  for (const one of [cast.other, cast.third]) {
    good(await settle(large, one, id, more))
    good(await accept(one.head.client, await partOf(one.head.client, id, one.authority)))
  }
  // The last answer concludes it by itself, where nothing has changed since it was sent out.
  const after = await cast.lead.head.client.get(`/tasks/${id}`)
  if ((after.body as unknown as { state: string }).state !== 'agreed')
    good(await act(cast.lead.head.client, id, 'conclusion'))
  return id
}

async function freeze(app: DrawsApp, cast: DrawCast['cast']): Promise<DrawCast> {
  const clerk = await again(app, cast.lead.clerk)
  const given = good(await clerk.post(`/tasks/${cast.task}/draws`, {}))
  const draw = { app, cast, id: idOf(given as Parameters<typeof idOf>[0]), name: '' }
  await inState(draw, 'frozen')
  return draw
}

async function inState(draw: DrawCast, state: string): Promise<void> {
  for (;;) {
    const { state: now, failure } = await shown(draw)
    if (now === state) return
    if (failure || now === 'discarded') throw new Error(`${now}: ${JSON.stringify(failure)}`)
    await wait(100)
  }
}

/** What the library takes by itself on the lists of the draw, in a process of its own. */
function libraryOn(app: DrawsApp, { id }: DrawCast): Promise<{ readonly ms: number; readonly hash: string }> {
  const { database, newId, secrets, log } = app
  const files = new Files(join(app.folder, 'files'), secrets)
  const tools = { recording: { database, newId }, log: log.published, files, secrets }
  return bundleFolder(tools, { drawId: id, level: 'L2' }, (folder) => {
    const here = fileURLToPath(import.meta.url)
    const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', here, '--library', folder], {
      encoding: 'utf8',
    })
    const last = stdout.trim().split('\n').at(-1)
    if (!last) throw new Error(stderr)
    return Promise.resolve(JSON.parse(last) as { ms: number; hash: string })
  })
}

/** VmHWM of this process, which is the server, in bytes. */
function peak(): number {
  return process.resourceUsage().maxRSS * 1024
}

function good<T extends { readonly status: number; readonly text: string }>(given: T): T {
  if (given.status >= 300) throw new Error(given.text)
  return given
}

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now()
  const result = await work()
  say(
    `${what}: ${seconds(performance.now() - began)}, memory ${Math.round(peak() / 2 ** 20)} MiB at most so far`,
  )
  return result
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}

function say(text: string): void {
  console.log(text)
}
