// What an office does in a month, as the application does it: under its role, each act with its event.

import { randomUUID } from 'node:crypto'
import type { SqlRunner } from '../../src/platform/log/sql.ts'

/** Runs statements in one transaction that begins with an event. */
export function act(sql: SqlRunner, action: string, work: (tx: SqlRunner) => Promise<void>): Promise<void> {
  return sql.transaction('sunlot_app', async (tx) => {
    await tx.query(
      `insert into audit.event (id, xid, transaction_began, at, action, outcome, actor_kind, object_type, object_id, salt)
       values ($1, '0', now(), now(), $2, 'done', 'system', 'county', '990101', '')`,
      [randomUUID(), action],
    )
    await work(tx)
  })
}

/** Divisions, authorities, units, people and accounts of 青石县: single rows, bulk inserts, updates. */
export async function fillCounty(sql: SqlRunner, people = 40): Promise<void> {
  await act(sql, 'division.import', async (tx) => {
    await tx.query(`insert into agencies.division (code, name, level, status) values
      ('990000', '示例省', 'province', 'fictional'), ('990100', '青石市', 'prefecture', 'fictional'),
      ('990101', '青石县', 'county', 'fictional')`)
  })
  const authority = randomUUID()
  await act(sql, 'authority.create', async (tx) => {
    await tx.query(
      `insert into agencies.authority (id, division_code, name, short_name) values ($1, '990101', '青石县市场监督管理局', '市监局')`,
      [authority],
    )
  })
  await act(sql, 'person.import', async (tx) => {
    await tx.query(
      `insert into agencies.person (id, authority_id, name, staff_number)
       select gen_random_uuid(), $1, '检查员' || n, 'S' || n from generate_series(1, $2::int) n`,
      [authority, people],
    )
  })
  await act(sql, 'account.import', async (tx) => {
    await tx.query(`insert into accounts.account (id, person_id, username, state)
      select gen_random_uuid(), id, 'user-' || substr(staff_number, 2), 'active' from agencies.person`)
    await tx.query(`insert into accounts.credential (account_id, password_hash, password_set_at)
      select id, '$argon2id$' || username, now() from accounts.account`)
  })
  for (const n of [1, 2, 3])
    await act(sql, 'person.edit', async (tx) => {
      await tx.query(
        `update agencies.person set post = '科员', version = version + 1 where staff_number = $1`,
        [`S${n}`],
      )
    })
  await act(sql, 'person.edit', async (tx) => {
    await tx.query(
      `update agencies.person set post = '股长', version = version + 1 where staff_number in ('S2', 'S5', 'S6')`,
    )
  })
}
