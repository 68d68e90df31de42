// Writes until it is killed, and says each number only after its commit was answered.
// usage: pglite <directory> | postgres <url>

import { writeSync } from 'node:fs'
import { openEmbedded, openPostgres, type Engine } from '../../src/platform/database/engine.ts'

const [kind, place = ''] = process.argv.slice(2)
const say = (line: string): void => void writeSync(1, `${line}\n`)

const TABLES = `
  create table if not exists event (number int8 primary key, at timestamptz not null default now(), words text);
  create table if not exists draw (number int8 primary key references event, words text);
  create table if not exists counter (single boolean primary key default true check (single), value int8 not null);
  insert into counter (value) values (0) on conflict do nothing;
  create extension if not exists amcheck`

/** How far each table has come: all four are the same, or a transaction was torn. */
const STATE = `
  select value, (select count(*) from event) as events, (select count(*) from draw) as draws,
         (select coalesce(max(e.number), 0) from event e join draw d using (number)) as last
    from counter`

const INDEXES = `
  select count(bt_index_check(c.oid, true)) from pg_class c join pg_am a on a.oid = c.relam
   where a.amname = 'btree' and c.relkind = 'i' and c.relpersistence = 'p'`

say('opening')
const engine = kind === 'pglite' ? await openEmbedded({ directory: place }) : await openServer()
await engine.pool.query(TABLES)
await engine.pool.query(INDEXES)
say(`state ${JSON.stringify((await engine.pool.query(STATE)).rows[0])}`)
for (;;) {
  const number = await writeOne(engine)
  say(`ack ${number}`)
  if (number % 50 === 0) await engine.pool.query('checkpoint')
}

function openServer(): Promise<Engine> {
  return openPostgres(place, { allowSuperuser: true, allowUnsafe: true })
}

async function writeOne({ pool }: Engine): Promise<number> {
  const client = await pool.connect()
  await client.query('begin')
  const { rows } = await client.query<{ value: number }>(
    'update counter set value = value + 1 returning value',
  )
  const { value } = rows[0]!
  const words = '双随机、一公开'.repeat(value % 40)
  await client.query('insert into event (number, words) values ($1, $2)', [value, words])
  await client.query('insert into draw (number, words) values ($1, $2)', [value, words])
  await client.query('commit')
  client.release()
  return value
}
