// What the log needs of a database, and no more: so that it runs on each engine and for each role.

import { CompiledQuery } from 'kysely'
import type { Pool, PoolClient } from 'pg'
import type { Reader } from '../database/database.ts'

/** One row of an answer, by column name. */
export type Row = Readonly<Record<string, unknown>>

/** Runs SQL with `$1`-style parameters; `transaction` runs `work` in one transaction under a database role. */
export interface SqlRunner {
  query(sql: string, params?: readonly unknown[]): Promise<{ readonly rows: readonly Row[] }>
  transaction<T>(role: string, work: (sql: SqlRunner) => Promise<T>): Promise<T>
}

/** The only role that writes log.sequence, log.checkpoint and log.cosignature. */
export const SEQUENCER_ROLE = 'sunlot_sequencer'

/** A runner each of whose queries runs in a transaction of its own under a role: the login itself may read nothing. */
export function asRole(sql: SqlRunner, role: string): SqlRunner {
  return { ...sql, query: (text, params) => sql.transaction(role, (tx) => tx.query(text, params)) }
}

/** A runner inside a transaction that reads: the embedded engine has no second connection. */
export function runnerWithin(reader: Reader): SqlRunner {
  return {
    query: (sql, params = []) =>
      reader.getExecutor().executeQuery(CompiledQuery.raw(sql, [...params])) as never,
    transaction: () => Promise.reject(new Error('a transaction inside a transaction')),
  }
}

/** A runner over a pool of connections. A transaction holds one of them until it ends. */
export function runnerOf(pool: Pool): SqlRunner {
  return {
    query: (sql, params = []) => pool.query<Row>(sql, [...params]),
    transaction: async (role, work) => {
      const client = await pool.connect()
      try {
        return await inTransaction(client, role, work)
      } finally {
        client.release()
      }
    },
  }
}

async function inTransaction<T>(
  client: PoolClient,
  role: string,
  work: (sql: SqlRunner) => Promise<T>,
): Promise<T> {
  const runner: SqlRunner = {
    query: (sql, params = []) => client.query<Row>(sql, [...params]),
    transaction: () => Promise.reject(new Error('a transaction inside a transaction')),
  }
  await client.query(`begin; set local role ${role}`)
  try {
    const result = await work(runner)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
