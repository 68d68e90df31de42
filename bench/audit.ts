// What the audit trail costs on a real PostgreSQL that syncs: the same writes with and without it, interleaved in one
// run. Goals: at least 60 % of the throughput at 8 writers, a bulk insert of 50,000 rows in at most 5 times the time.

import pg from 'pg'
import { machineClock } from '../server/src/platform/clock.ts'
import { migrate } from '../server/src/platform/database/migrate.ts'
import { idsOf } from '../server/src/platform/ids.ts'
import { startPostgres } from '../tools/postgres.ts'

const WRITERS = 8
const SECONDS = 4
const ROUNDS = 3
const BULK_ROWS = 50_000

const SYNCING = ['fsync=on', 'synchronous_commit=on', 'full_page_writes=on', 'shared_buffers=256MB']
const EVENT = `insert into audit.event (id, xid, transaction_began, at, action, outcome, actor_kind, salt)
               values (gen_random_uuid(), '0', now(), now(), 'bench.write', 'done', 'system', '')`

type Kind = 'plain' | 'watched'

const server = startPostgres({ settings: SYNCING })
if ('why' in server) throw new Error(server.why)
const admin = new pg.Pool({ connectionString: server.url })
await migrate(admin, { kind: 'simulated', newId: idsOf(machineClock) })
await admin.query('create schema bench; grant usage on schema bench to sunlot_app')
for (const kind of ['plain', 'watched'])
  await admin.query(
    `create table bench.${kind} (id bigint generated always as identity primary key, code text not null, name text not null, division_code text not null, note text);
     create index on bench.${kind} (code);
     grant select, insert on bench.${kind} to sunlot_app`,
  )
await admin.query(`call audit.watch('bench.watched', '{id}')`)

const throughput: Record<Kind, number[]> = { plain: [], watched: [] }
const bulk: Record<Kind, number[]> = { plain: [], watched: [] }
for (let round = 0; round < ROUNDS; round++)
  for (const kind of ['plain', 'watched'] as const) {
    throughput[kind].push(await writePerSecond(kind))
    bulk[kind].push(await bulkSeconds(kind))
  }

const kept = median(throughput.watched) / median(throughput.plain)
const times = median(bulk.watched) / median(bulk.plain)
console.log(
  `single rows, ${WRITERS} writers, tx/s: without ${shown(throughput.plain)}, with audit ${shown(throughput.watched)}`,
)
console.log(`  keeps ${(kept * 100).toFixed(0)} % of the throughput (goal: at least 60 %)`)
console.log(
  `${BULK_ROWS} rows in one statement, s: without ${shown(bulk.plain)}, with audit ${shown(bulk.watched)}`,
)
console.log(`  takes ${times.toFixed(2)} times as long (goal: at most 5)`)
await admin.end()
server.stop()

async function writePerSecond(kind: Kind): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  const counts = await Promise.all(Array.from({ length: WRITERS }, (_, k) => writer(kind, k, until)))
  return counts.reduce((a, b) => a + b, 0) / SECONDS
}

async function writer(kind: Kind, number: number, until: number): Promise<number> {
  const client = await admin.connect()
  let count = 0
  while (performance.now() < until) {
    await client.query('begin; set local role sunlot_app')
    if (kind === 'watched') await client.query(EVENT)
    await client.query(
      `insert into bench.${kind} (code, name, division_code, note) values ($1, '青石县某某店', '990101', null)`,
      [`${number}-${count}`],
    )
    await client.query('commit')
    count++
  }
  client.release()
  return count
}

async function bulkSeconds(kind: Kind): Promise<number> {
  const client = await admin.connect()
  const start = performance.now()
  await client.query('begin; set local role sunlot_app')
  if (kind === 'watched') await client.query(EVENT)
  await client.query(
    `insert into bench.${kind} (code, name, division_code, note)
     select 'c' || k, '青石县第' || k || '商店', '990101', null from generate_series(1, $1) k`,
    [BULK_ROWS],
  )
  await client.query('commit')
  client.release()
  return (performance.now() - start) / 1000
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0
}

function shown(values: readonly number[]): string {
  return values.map((v) => (v > 50 ? v.toFixed(0) : v.toFixed(2))).join(' / ')
}
