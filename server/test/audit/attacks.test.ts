// The 12 attacks on the audit trail and the log that the application's own role must not be able to make. On PostgreSQL
// the role is a boundary; on PGlite the same grants are exercised, but whoever holds the process holds the superuser.

import type { PoolClient } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../src/platform/actor.ts'
import { machineClock } from '../../src/platform/clock.ts'
import { idsOf } from '../../src/platform/ids.ts'
import { record } from '../../src/platform/record.ts'
import { freshMigrated, type Migrated } from '../support/database.ts'
import { onEachEngine } from '../support/engines.ts'

const newId = idsOf(machineClock)
const EVENT = `insert into audit.event (id, xid, transaction_began, at, action, outcome, actor_kind, salt)
               values (gen_random_uuid(), '0', now(), now(), 'division.load', 'done', 'system', '')`
const DIVISION = `insert into agencies.division (code, name, level, status) values ('990000', '示例省', 'province', 'fictional')`

/** Name → what is tried, and what must be said. */
const ATTACKS: readonly (readonly [name: string, sql: string, error: RegExp])[] = [
  ['change an event', `update audit.event set actor_id = null`, /permission denied/],
  ['delete an event', `delete from audit.event`, /permission denied/],
  ['empty the trail', `truncate audit.event`, /permission denied/],
  [
    'write a change by hand',
    `insert into audit.change (event_id, leaf_id, leaf_ordinal, table_name, row_key, op, salt) values (gen_random_uuid(), 1, 0, 'x', 'x', 'insert', '')`,
    /permission denied/,
  ],
  ['delete changes', `delete from audit.change`, /permission denied/],
  [
    'write a leaf by hand',
    `insert into log.leaf (body, hash) values ('{}', sha256(''))`,
    /permission denied/,
  ],
  ['turn back the numbers of the leaves', `select setval('log.leaf_id_seq', 1)`, /permission denied/],
  ['change a leaf', `update log.leaf set body = '{}'`, /permission denied/],
  ['take the trigger off', `alter table agencies.division disable trigger audit_insert`, /must be owner/],
  [
    'replace the trigger function',
    `create or replace function audit.log_rows() returns trigger language plpgsql as $$ begin return null; end $$`,
    /permission denied|must be owner/,
  ],
  ['switch triggers off for the session', `set session_replication_role = replica`, /permission denied/],
  ['write without an event', DIVISION, /without an audit event/],
]

onEachEngine((kind) => {
  let migrated: Migrated
  beforeAll(async () => {
    migrated = await freshMigrated(kind)
    await record(
      { database: migrated.database, newId },
      SYSTEM,
      { action: 'division.load' },
      async (writer) => {
        await writer
          .insertInto('agencies.division')
          .values({ code: '980000', name: '旧例省', level: 'province', status: 'fictional' })
          .execute()
      },
    )
  })
  afterAll(() => migrated.close())

  /** Runs statements as the application's role in a transaction that is always rolled back. */
  async function asApplication<T>(work: (client: PoolClient) => Promise<T>): Promise<T> {
    const client = await migrated.engine.pool.connect()
    try {
      await client.query('begin; set local role sunlot_app')
      return await work(client)
    } finally {
      await client.query('rollback')
      client.release()
    }
  }

  it.each(ATTACKS)('refuses to let the application %s', async (_name, sql, error) => {
    await asApplication((client) => expect(client.query(sql)).rejects.toThrow(error))
  })

  // On PGlite the process itself is the superuser; the page foot says that it is no boundary.
  if (kind === 'postgres')
    it('refuses to let the application become the owner', async () => {
      for (const role of ['sunlot_owner', 'sunlot', 'postgres'])
        await asApplication((client) =>
          expect(client.query(`set role ${role}`)).rejects.toThrow(/permission denied|does not exist/),
        )
    })

  it('refuses to let the application put a type of its own into what runs as the owner', async () => {
    await asApplication(async (client) => {
      // A migrated database refuses it; a copy of one from a template forgets that, and then it must have no effect.
      await client.query('savepoint before')
      await client
        .query('create domain pg_temp.text as pg_catalog.text check (false)')
        .catch(() => client.query('rollback to before'))
      await client.query(EVENT)
      expect((await client.query(DIVISION)).rowCount).toBe(1)
    })
  })

  it('has no function that runs as the owner and looks for types in a session', async () => {
    const { rows } = await migrated.superuser.query(
      `select p.oid::regprocedure::text as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
        where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')
          and not coalesce(p.proconfig, '{}') @> '{"search_path=pg_catalog, pg_temp"}'`,
    )
    expect(rows).toEqual([])
  })

  it('refuses them also where the transaction has an honest event', async () => {
    for (const [name, sql, error] of ATTACKS.slice(0, -1))
      await asApplication(async (client) => {
        await client.query(EVENT)
        await expect(client.query(sql), name).rejects.toThrow(error)
      })
  })

  it('lets the same write through with an event: the refusals are not of everything', async () => {
    await asApplication(async (client) => {
      await client.query(EVENT)
      const { rowCount } = await client.query(DIVISION)
      expect(rowCount).toBe(1)
      const { rows } = await client.query(`select row_key, op from audit.change where row_key = '990000'`)
      expect(rows).toEqual([{ row_key: '990000', op: 'insert' }])
    })
  })

  it('does not take an event of an earlier transaction for one of this', async () => {
    await asApplication(async (client) => {
      await expect(client.query(DIVISION)).rejects.toThrow('without an audit event')
    })
  })

  it('stamps an event with its own transaction and moment, whatever was sent', async () => {
    await asApplication(async (client) => {
      await client.query(EVENT.replace(`now(), now(),`, `'2001-01-01', '2001-01-01',`))
      const { rows } = await client.query<{ honest: boolean }>(
        `select xid = pg_current_xact_id() and transaction_began = transaction_timestamp() and at > now() - interval '1 minute' as honest
           from audit.event order by at desc limit 1`,
      )
      expect(rows).toEqual([{ honest: true }])
    })
  })

  it('cannot set the clock of a real database', async () => {
    const real = await freshMigrated(kind, 'real')
    try {
      const set = record({ database: real.database, newId }, SYSTEM, { action: 'clock.set' }, (writer) =>
        writer.insertInto('platform.simulated_clock').values({ ahead: '1 day' }).execute(),
      )
      await expect(set).rejects.toThrow('a real database cannot be set')
    } finally {
      await real.close()
    }
  })

  describe('the written-once tables', () => {
    const tables = [
      'audit.event',
      'audit.change',
      'log.leaf',
      'log.sequence',
      'log.checkpoint',
      'log.cosignature',
    ]

    it.each(tables)('stop even a superuser who changes %s by accident', async (table) => {
      await expect(migrated.superuser.query(`truncate ${table} cascade`)).rejects.toThrow('written once')
      const { rows } = await migrated.superuser.query(`select 1 from ${table} limit 1`)
      if (rows.length > 0)
        await expect(migrated.superuser.query(`delete from ${table}`)).rejects.toThrow('written once')
    })
  })

  it('has every table under the trail, or in the reviewed list with its reason', async () => {
    const { rows } = await migrated.superuser.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema', 'pgboss')
          and not exists (select from pg_trigger t where t.tgrelid = c.oid and t.tgname = 'audit_update' and t.tgenabled = 'O')
          and not exists (select from audit.exempt e where e.table_name = n.nspname || '.' || c.relname)`,
    )
    expect(rows).toEqual([])
  })

  it('gives the application no DELETE and no TRUNCATE but on sessions, counters, and staged rows of files', async () => {
    const { rows } = await migrated.superuser.query<{ name: string }>(
      `select table_schema || '.' || table_name as name from information_schema.role_table_grants
        where grantee in ('sunlot_app', 'sunlot_portal', 'sunlot_sequencer')
          and privilege_type in ('DELETE', 'TRUNCATE', 'TRIGGER', 'REFERENCES') order by 1`,
    )
    expect(rows.map(({ name }) => name)).toEqual([
      'accounts.session',
      'accounts.throttle',
      'registers.import_row',
    ])
  })
})
