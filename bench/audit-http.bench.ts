// What the audit trail costs somebody who uses the platform: the same requests by 8 clients, on a real PostgreSQL that
// syncs, with the triggers of trail and log, and with them taken off. Goal: at least 60 % of the throughput is kept.
// `npx tsx bench/audit-http.bench.ts [SECONDS]` of a round.

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { loadDivisions } from '../server/src/agencies/index.ts'
import { buildApp } from '../server/src/app.ts'
import { buildExample } from '../server/src/example/build.ts'
import { codeAt, Speaker } from '../server/src/example/speaker.ts'
import { loadLaw } from '../server/src/law/index.ts'
import { readBirth } from '../server/src/operations/birth.store.ts'
import { openSequencing } from '../server/src/operations/sequencing.ts'
import { AdvancedClock, type Clock, machineClock } from '../server/src/platform/clock.ts'
import { openPostgres } from '../server/src/platform/database/engine.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { createLogin } from '../server/src/platform/database/roles.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { openSecrets } from '../server/src/platform/secrets.ts'
import { settingsFrom } from '../server/src/platform/settings.ts'
import { startPostgres } from '../tools/postgres.ts'

const CLIENTS = 8
const SECONDS = Number(process.argv[2] ?? 4)
const ROUNDS = 3
const SYNCING = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'shared_buffers=256MB']
const TRIGGERS = [
  ['audit.event', 'stamp'],
  ['agencies.authority', 'audit_insert'],
] as const

const server = startPostgres({ settings: SYNCING })
if ('why' in server) throw new Error(server.why)
const folder = mkdtempSync(join(tmpdir(), 'sunlot-bench-'))
const newId = idsOf(machineClock)
const admin = new pg.Pool({ connectionString: server.url })
await migrate(admin, { kind: 'simulated', newId })
await createLogin(admin, 'sunlot_bench', 'sunlot_bench')
const url = new URL(server.url)
url.username = 'sunlot_bench'
url.password = 'sunlot_bench'
const engine = await openPostgres(url.href, { connections: CLIENTS + 2 })
const law = loadLaw('law')
// A second factor is good once: the bench lets half a minute pass between signing up and signing in.
let aheadMs = 0
const machine: Clock = { now: () => new Date(Date.now() + aheadMs) }
// The county holds a draw: it moves the platform's clock, its jobs run, and its log grows.
const clock = new AdvancedClock(machine)
const secrets = openSecrets(join(folder, 'secrets.key'))
const { id: birth } = await readBirth(engine.pool)
const log = await openSequencing({
  engine,
  clock,
  machine,
  folder,
  birth,
  witnesses: [],
  onState: () => undefined,
})
const app = await buildApp({
  engine,
  clock,
  settings: settingsFrom({ SUNLOT_FOLDER: folder, SUNLOT_DRAND: 'none' }),
  secrets,
  law,
  log: log.published,
  logger: false,
})
await loadDivisions({ database: app.database, newId }, law.divisions.values())
await app.start()
await log.start()
const administrator = (await buildExample(app, clock))[0]
// What placing the leaves costs is another figure: here it is what each request pays.
await log.stop()
if (!administrator) throw new Error('the example has nobody')
aheadMs = 60_000
const speaker = new Speaker(app.server)
const code = codeAt(administrator.totpSecret, clock.now())
await speaker.post('/session', { username: administrator.username, password: administrator.password, code })

const rates: Record<'without' | 'with', number[]> = { without: [], with: [] }
for (let round = 0; round < ROUNDS; round++)
  for (const kind of ['without', 'with'] as const) {
    for (const [table, trigger] of TRIGGERS)
      await admin.query(`alter table ${table} ${kind === 'with' ? 'enable' : 'disable'} trigger ${trigger}`)
    rates[kind].push(await requestsPerSecond(`${kind}${round}`))
  }
const share = (median(rates.with) / median(rates.without)) * 100
console.log(`POST /authorities, ${CLIENTS} clients, requests a second over ${ROUNDS} rounds:`)
for (const kind of ['without', 'with'] as const)
  console.log(`  ${kind.padEnd(8)} ${rates[kind].map((rate) => rate.toFixed(0)).join(' / ')}`)
console.log(`  keeps ${share.toFixed(0)} % (goal: at least 60 %)`)

await app.close()
await engine.close()
await admin.end()
server.stop()
rmSync(folder, { recursive: true, force: true })

async function requestsPerSecond(name: string): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  let done = 0
  const client = async (number: number): Promise<void> => {
    for (let k = 0; performance.now() < until; k++) {
      const full = `青石县${name}第${number}-${k}局`
      await speaker.post('/authorities', {
        divisionCode: '990101',
        name: full,
        shortName: '示例局',
        inspects: true,
      })
      done++
    }
  }
  await Promise.all(Array.from({ length: CLIENTS }, (_, number) => client(number)))
  return done / SECONDS
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}
