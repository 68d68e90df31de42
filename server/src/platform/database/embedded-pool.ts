// An ordinary pg.Pool over the one connection of a PGlite.

import type { PGlite } from '@electric-sql/pglite'
import { createPgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import { COLUMN_TYPES, SESSION } from './column-types.ts'

const WAIT_MILLISECONDS = 10_000

/** What the pool asks before each statement, and tells after each failure. */
export interface PoolGuard {
  /** Why nothing may run any more. */
  readonly failure: () => Error | undefined
  readonly waitMilliseconds?: number
}

/** The pool of one connection. A session begins fresh whenever one was thrown away, with no transaction left open. */
export function embeddedPool(db: PGlite, guard: PoolGuard): pg.Pool {
  const waitMilliseconds = guard.waitMilliseconds ?? WAIT_MILLISECONDS
  const pool = new OneConnectionPool({
    ...createPgConfig(db),
    Client: guardedClient(guard.failure),
    types: COLUMN_TYPES,
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: waitMilliseconds,
    onConnect: async (client: pg.ClientBase) => {
      await client.query('rollback')
      await client.query('discard all')
      await client.query(SESSION)
    },
  } as pg.PoolConfig)
  // A connection that breaks while idle is thrown away by the pool; the next statement says what is wrong.
  pool.on('error', () => undefined)
  return pool
}

/** A client that runs nothing after a failure: what it would answer could be undone by the disk. */
function guardedClient(failure: () => Error | undefined): typeof pg.Client {
  return class extends pg.Client {
    // The driver's query has a dozen overloads; this one only stands before them.
    override query: pg.Client['query'] = ((...args: readonly unknown[]) => {
      const broken = failure()
      const send = super.query.bind(this) as (...given: readonly unknown[]) => unknown
      if (!broken) return send(...args)
      const callback = args.findLast((argument) => typeof argument === 'function')
      if (!callback) return Promise.reject(broken)
      process.nextTick(callback as (error: Error) => void, broken)
      return undefined
    }) as pg.Client['query']
  }
}

/** Says what a wait that has no end means here. */
class OneConnectionPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    if (callback) return super.connect((error, client, done) => callback(explained(error), client, done))
    return super.connect().catch((error: Error) => {
      throw explained(error)
    })
  }
}

type ConnectCallback = Parameters<typeof pg.Pool.prototype.connect>[0] & {}

function explained<E extends Error | undefined>(error: E): E | Error {
  if (error?.message !== 'timeout exceeded when trying to connect') return error
  return new Error(
    'The embedded database has one connection, and it did not come free. A query outside an open transaction waits ' +
      'for that transaction, and the transaction for the query: run it on the connection of the transaction.',
    { cause: error },
  )
}
