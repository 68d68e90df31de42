// The whole way of a register of a million rows through the product: upload, look, check, apply, with trail, log and
// pinyin, while others work; against PostgreSQL's COPY of the same rows into the same tables with the same indexes.
//
//   npx tsx bench/registers-import.bench.ts register.csv [rows]

import { createReadStream, createWriteStream, mkdtempSync, rmSync, statSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Worker } from 'node:worker_threads'
import pg from 'pg'
import { SESSION_COOKIE } from '../server/src/accounts/index.ts'
import { loadDivisions } from '../server/src/agencies/index.ts'
import { buildApp } from '../server/src/app.ts'
import { loadLaw } from '../server/src/law/index.ts'
import { machineClock } from '../server/src/platform/clock.ts'
import { openPostgres } from '../server/src/platform/database/engine.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { createLogin } from '../server/src/platform/database/roles.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { TileFolder } from '../server/src/platform/log/index.ts'
import { openSecrets } from '../server/src/platform/secrets.ts'
import { settingsFrom } from '../server/src/platform/settings.ts'
import { Client, openSession, type TestApp } from '../server/test/support/app.ts'
import { giveAuthority, givePerson } from '../server/test/support/people.ts'
import { startOwnPostgres } from '../tools/postgres.ts'

const [path = '', most] = process.argv.slice(2)
if (path === '') {
  console.log(
    'no register named, nothing measured: npx tsx bench/registers-import.bench.ts register.csv [rows]',
  )
  process.exit(0)
}
const NATION = '000000'
const REQUESTS_A_SECOND = 20
// As a machine of its own would be set up: what is answered is on disk.
const SETTINGS = [
  'fsync=on',
  'synchronous_commit=on',
  'full_page_writes=on',
  'shared_buffers=1GB',
  'max_wal_size=4GB',
  'maintenance_work_mem=256MB',
  'work_mem=64MB',
]

const postgres = startOwnPostgres({ settings: SETTINGS })
if ('why' in postgres) throw new Error(postgres.why)
const folder = mkdtempSync(join(tmpdir(), 'sunlot-import-'))
const newId = idsOf(machineClock)
const admin = new pg.Pool({ connectionString: postgres.url, max: 2 })
await migrate(admin, { kind: 'simulated', newId })
await createLogin(admin, 'sunlot_bench', 'sunlot_bench')
const url = new URL(postgres.url)
url.username = 'sunlot_bench'
url.password = 'sunlot_bench'
const engine = await openPostgres(url.href, { connections: 12 })
const law = loadLaw('law')
const secrets = openSecrets(join(folder, 'secrets.key'))
const app = await buildApp({
  engine,
  clock: machineClock,
  settings: settingsFrom({ SUNLOT_FOLDER: folder }),
  secrets,
  law,
  log: {
    tiles: new TileFolder(folder),
    policy: { log: { name: 'none', alg: 'ed25519', key: '' }, witnesses: [], quorum: 0 },
  },
  logger: false,
})
await app.start()
await loadDivisions({ database: app.database, newId }, law.divisions.values())
const bench = {
  ...app,
  clock: machineClock,
  secrets,
  newId,
  as: async (accountId: string) =>
    new Client(app, await openSession({ database: app.database, newId, clock: machineClock }, accountId)),
} as unknown as TestApp
await giveAuthority(bench, { division: NATION, name: '示例总局' })
const clerk = await givePerson(bench, {
  roles: ['clerk'],
  division: NATION,
  authority: await giveAuthority(bench, { division: NATION, name: '示例总局' }),
})
await app.server.listen({ port: 0, host: '127.0.0.1' })
const port = (app.server.server.address() as { port: number }).port
const cookie = `${SESSION_COOKIE}=${clerk.client.token ?? ''}`

const file = most === undefined ? path : await firstRows(path, Number(most))
const started = Date.now()
const atRest = process.memoryUsage.rss()
let peak = 0
const memory = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 100)
const others = new Worker(
  `const { parentPort, workerData: { port, cookie, every } } = require('node:worker_threads')
   const paths = ['/api/v1/me', '/api/v1/authorities?q=示例', '/api/v1/todo', '/api/v1/register-imports', '/api/v1/subjects?q=贸易', '/api/v1/subjects?limit=50', '/api/v1/people?limit=50']
   const times = []
   let n = 0, failed = 0
   const timer = setInterval(async () => {
     const path = paths[n++ % paths.length], from = performance.now()
     try { const r = await fetch('http://127.0.0.1:' + port + encodeURI(path), { headers: { cookie } }); await r.text(); if (r.status >= 500) failed++ } catch { failed++ }
     times.push(performance.now() - from)
   }, every)
   parentPort.on('message', () => { clearInterval(timer); times.sort((a, b) => a - b)
     const at = (q) => Math.round(times[Math.floor(times.length * q)] ?? 0)
     parentPort.postMessage({ requests: times.length, failed, p50: at(0.5), p95: at(0.95), p99: at(0.99), most: Math.round(times.at(-1) ?? 0) }); parentPort.close() })`,
  { eval: true, workerData: { port, cookie, every: 1000 / REQUESTS_A_SECOND } },
)

const stages: Record<string, number> = {}
let stage = 'upload'
let since = Date.now()
const enter = (next: string): void => {
  if (next === stage) return
  stages[stage] = (stages[stage] ?? 0) + (Date.now() - since) / 1000
  since = Date.now()
  stage = next
}

const { hash } = await upload(file)
enter('look')
const made = await clerk.client.post('/register-imports', {
  file: hash,
  fileName: 'register.csv',
  register: 'subject',
  mode: 'merge',
})
if (made.status !== 201) throw new Error(made.text)
const { id, guess } = made.body as unknown as { id: string; guess: object }
enter('check')
await clerk.client.post(`/register-imports/${id}/check`, { mapping: { columns: guess, division: 'resolve' } })
const checked = await settle('checked')
console.log('rows:', checked)
await clerk.client.post(`/register-imports/${id}/application`)
await settle('applied')
enter('end')
clearInterval(memory)
const total = (Date.now() - started) / 1000
const latency = await new Promise((tell) => {
  others.once('message', tell)
  others.postMessage('stop')
})
const ours = await admin.query<{ subjects: number; leaves: number; changes: number }>(
  `select (select count(*)::int from registers.subject) as subjects, (select count(*)::int from log.leaf) as leaves, (select count(*)::int from audit.change) as changes`,
)
console.log('register:', ours.rows[0])
const { end: _end, ...times } = stages
console.log(
  'stages, s:',
  Object.fromEntries(Object.entries(times).map(([name, s]) => [name, Math.round(s * 10) / 10])),
)
console.log('others meanwhile, ms:', latency)
console.log(
  `memory of the server: ${Math.round(peak / 1048576)} MiB at its peak (goal 700); ${Math.round(atRest / 1048576)} MiB before the upload`,
)

const peer = await copyInto()
const settled = stages['settle'] ?? 0
const ratio = (ours: number, theirs: number): string =>
  `${theirs.toFixed(1)} s; ours ${ours.toFixed(1)} s: ${(ours / theirs).toFixed(2)} ×`
console.log(`COPY into the same tables and indexes: ${ratio(total, peer.copied)} (≤ 5, goal 3)`)
console.log(`  both without taking statistics: ${ratio(total - settled, peer.copied)}`)
console.log(`  both with: ${ratio(total, peer.copied + peer.analysed)}`)
await app.close()
await engine.close()
await admin.end()
postgres.stop()
rmSync(folder, { recursive: true, force: true })
process.exit(0)

function upload(from: string): Promise<{ hash: string }> {
  return new Promise((tell, fail) => {
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/api/v1/files',
        headers: { cookie, 'content-type': 'text/csv', 'content-length': statSync(from).size },
      },
      (answer) => {
        let text = ''
        answer
          .setEncoding('utf8')
          .on('data', (part: string) => (text += part))
          .on('end', () => tell(JSON.parse(text) as { hash: string }))
      },
    )
    sent.on('error', fail)
    createReadStream(from).pipe(sent)
  })
}

async function whyFailed(): Promise<string> {
  // The job says it a moment after the import.
  await new Promise((go) => setTimeout(go, 3000))
  const { rows } = await admin.query<{ failure: object }>(
    'select failure from platform.job where failure is not null',
  )
  return JSON.stringify(rows)
}

async function settle(wanted: string): Promise<object> {
  for (;;) {
    const { rows } = await admin.query<{
      state: string
      counts: object
      failure: object
      step: string | null
    }>(
      'select i.state, i.counts, i.failure, j.step from registers.import i left join platform.job j on j.id = i.job_id where i.id = $1',
      [id],
    )
    const [row] = rows
    if (row?.step) enter(row.step)
    if (row?.state === wanted) return row.counts
    if (row && !['checking', 'applying'].includes(row.state))
      throw new Error(`${JSON.stringify(row)} ${await whyFailed()}`)
    await new Promise((go) => setTimeout(go, 100))
  }
}

/** The same rows once more, by COPY, into the same tables, emptied, without the triggers. */
async function copyInto(): Promise<{ readonly copied: number; readonly analysed: number }> {
  const client = await admin.connect()
  const tables = ['registers.subject_identity', 'registers.subject']
  await client.query(`set session_replication_role = replica`)
  for (const table of tables)
    await client.query(`copy (select * from ${table}) to program 'cat > /tmp/${table}.copy'`)
  for (const table of tables)
    await client.query(`create table public.peer_${table.split('.')[1]} (like ${table} including all)`)
  await client.query('checkpoint')
  const from = Date.now()
  for (const table of tables)
    await client.query(`copy public.peer_${table.split('.')[1]} from program 'cat /tmp/${table}.copy'`)
  const copied = (Date.now() - from) / 1000
  const index = await client.query<{ name: string }>(
    `select indexrelid::regclass::text as name from pg_index join pg_am am on am.amname = 'gin'
       join pg_class c on c.oid = indexrelid and c.relam = am.oid where indrelid = 'public.peer_subject'::regclass`,
  )
  await client.query(`alter index ${index.rows[0]?.name} alter column 1 set statistics 1000`)
  const since = Date.now()
  for (const table of tables) await client.query(`analyze public.peer_${table.split('.')[1]}`)
  const analysed = (Date.now() - since) / 1000
  for (const table of tables) await client.query(`copy (select 1) to program 'rm /tmp/${table}.copy'`)
  client.release()
  return { copied, analysed }
}

async function firstRows(from: string, rows: number): Promise<string> {
  const to = join(folder, 'part.csv')
  const sink = createWriteStream(to)
  let n = 0
  for await (const line of createInterface({ input: createReadStream(from) })) {
    sink.write(`${line}\n`)
    if (++n > rows) break
  }
  await new Promise((go) => sink.end(go))
  return to
}
