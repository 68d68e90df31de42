// What the audit trail costs on a real PostgreSQL that syncs, interleaved in one run. `bare` writes the row alone; `plain`
// also writes an event, into tables like ours but without triggers: the same statements; `watched` is the product. Goals:
// triggers and leaves keep at least 60 % of the throughput of the same statements at 8 writers, and a bulk insert of
// 50,000 rows takes at most 5 times as long as without any audit.

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
const event = (
  table: string,
) => `insert into ${table} (id, xid, transaction_began, at, action, outcome, actor_kind, salt)
               values (gen_random_uuid(), '0', now(), now(), 'bench.write', 'done', 'system', '')`

const KINDS = ['bare', 'plain', 'watched'] as const
type Kind = (typeof KINDS)[number]

const EVENTS: Readonly<Record<Kind, string | undefined>> = {
  bare: undefined,
  plain: event('bench.event'),
  watched: event('audit.event'),
}

const server = startPostgres({ settings: SYNCING })
if ('why' in server) throw new Error(server.why)
const admin = new pg.Pool({ connectionString: server.url })
await migrate(admin, { kind: 'simulated', newId: idsOf(machineClock) })
await admin.query('create schema bench; grant usage on schema bench to sunlot_app')
for (const kind of KINDS)
  await admin.query(
    `create table bench.${kind} (id bigint generated always as identity primary key, code text not null, name text not null, division_code text not null, note text);
     create index on bench.${kind} (code);
     grant select, insert on bench.${kind} to sunlot_app`,
  )
await admin.query(`call audit.watch('bench.watched', '{id}')`)
await admin.query(
  'create table bench.event (like audit.event including all); grant insert on bench.event to sunlot_app',
)

const throughput: Record<Kind, number[]> = { bare: [], plain: [], watched: [] }
const bulk: Record<Kind, number[]> = { bare: [], plain: [], watched: [] }
for (let round = 0; round < ROUNDS; round++)
  for (const kind of KINDS) {
    throughput[kind].push(await writePerSecond(kind))
    bulk[kind].push(await bulkSeconds(kind))
  }

const share = (of: Kind): string =>
  `${((median(throughput.watched) / median(throughput[of])) * 100).toFixed(0)} %`
console.log(
  `single rows, ${WRITERS} writers, transactions a second (bare / plain / watched, ${ROUNDS} rounds each):`,
)
for (const kind of KINDS) console.log(`  ${kind.padEnd(8)} ${shown(throughput[kind])}`)
console.log(
  `  keeps ${share('plain')} of the same statements without triggers (goal: at least 60 %), ${share('bare')} of no audit`,
)
console.log(`${BULK_ROWS} rows in one statement, seconds:`)
for (const kind of KINDS) console.log(`  ${kind.padEnd(8)} ${shown(bulk[kind])}`)
console.log(
  `  takes ${(median(bulk.watched) / median(bulk.bare)).toFixed(2)} times as long as without audit (goal: at most 5)`,
)
await admin.end()
server.stop()

/** As `record` does it: the event goes along with the beginning. */
function beginning(kind: Kind): string {
  return ['begin', 'set local role sunlot_app', EVENTS[kind]].filter((part) => part !== undefined).join('; ')
}

async function writePerSecond(kind: Kind): Promise<number> {
  const until = performance.now() + SECONDS * 1000
  const counts = await Promise.all(Array.from({ length: WRITERS }, (_, k) => writer(kind, k, until)))
  return counts.reduce((a, b) => a + b, 0) / SECONDS
}

async function writer(kind: Kind, number: number, until: number): Promise<number> {
  const client = await admin.connect()
  let count = 0
  while (performance.now() < until) {
    await client.query(beginning(kind))
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
  await client.query(beginning(kind))
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
