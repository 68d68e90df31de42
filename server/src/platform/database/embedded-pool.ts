// An ordinary pg.Pool over the one connection of a PGlite.

import type { PGlite } from '@electric-sql/pglite'
import { createPgConfig, type PGlitePgConfig } from '@electric-sql/pglite/node-postgres'
import pg from 'pg'
import { COLUMN_TYPES, SESSION } from './column-types.ts'
import type { FirstFailure } from './embedded-failure.ts'

const WAIT_MILLISECONDS = 10_000

/** The pool of one connection. A session begins fresh whenever one was thrown away, with no transaction left open. */
export function embeddedPool(db: PGlite, first: FirstFailure, waitMilliseconds = WAIT_MILLISECONDS): pg.Pool {
  const pool = new OneConnectionPool({
    Client: embeddedClient(db, first),
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
  pool.on('connect', (client) => client.on('error', () => undefined))
  return pool
}

/**
 * A client of its own connection, which begins when the one before it has said its last word: the pool throws a client
 * away after each failed statement and makes the next at once, and on a shared connection the farewell of the one would
 * end the other. After a failure it runs nothing.
 */
function embeddedClient(db: PGlite, first: FirstFailure): typeof pg.Client {
  let silent: Promise<unknown> = Promise.resolve()
  return class extends pg.Client {
    constructor(config: object) {
      const embedded = createPgConfig(db)
      watch(embedded.connection, first)
      super({ ...config, ...embedded } as pg.ClientConfig)
    }

    // The driver's methods have up to a dozen overloads; these only stand before them.
    override connect = (async (callback: (error?: Error) => void) => {
      await silent
      super.connect(callback)
    }) as unknown as pg.Client['connect']

    override end = (async (callback?: () => void) => {
      silent = super.end()
      await silent
      callback?.()
    }) as pg.Client['end']

    override query = ((...args: readonly unknown[]) => {
      const broken = first.failure
      const send = super.query.bind(this) as (...given: readonly unknown[]) => unknown
      if (!broken) return send(...args)
      const callback = args.findLast((argument) => typeof argument === 'function')
      if (!callback) return Promise.reject(broken)
      process.nextTick(callback as (error: Error) => void, broken)
      return undefined
    }) as pg.Client['query']
  }
}

/** What PostgreSQL ends for, and what throws out of the engine itself, leaves it in a state that nobody knows. */
function watch(connection: PGlitePgConfig['connection'], first: FirstFailure): void {
  connection.on('errorMessage', (error: Error & { severity?: string }) => {
    if (error.severity === 'PANIC' || error.severity === 'FATAL') first.note(error)
  })
  connection.on('error', (error: Error) => first.note(error))
}

/** Says what a wait that has no end means here, and keeps the process alive to say it. */
class OneConnectionPool extends pg.Pool {
  override connect(): Promise<pg.PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<pg.PoolClient> | void {
    // The pool's own timer does not keep a process alive, and PGlite has no socket that would.
    const alive = setTimeout(() => undefined, this.options.connectionTimeoutMillis! + 1_000)
    if (callback)
      return super.connect((error, client, done) => {
        clearTimeout(alive)
        callback(explained(error), client, done)
      })
    return super
      .connect()
      .catch((error: Error) => {
        throw explained(error)
      })
      .finally(() => clearTimeout(alive))
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
