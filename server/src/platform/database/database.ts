// A database, as features see it: transactions that read, in the name of a role. Those that write are made by `record`.

import { Kysely, PostgresDialect, sql, type Transaction } from 'kysely'
import type { Pool } from 'pg'
import type { DatabaseRole } from './roles.ts'
import type { Tables } from './rows.gen.ts'

/** What a read may do. Its transaction is read-only, so that raw SQL cannot do more either. */
export type Reader = Pick<
  Transaction<Tables>,
  'selectFrom' | 'selectNoFrom' | 'with' | 'withRecursive' | 'getExecutor' | 'fn'
>

declare const recorded: unique symbol
/** What a write may do. Only `record` makes one, after it has written the event that every change demands. */
export type Writer = Transaction<Tables> & { readonly [recorded]: true }

// A transaction that waits for somebody who never comes back gives up, and one that is itself forgotten is ended.
const PATIENCE = [
  `set local lock_timeout = '15s'`,
  `set local statement_timeout = '120s'`,
  `set local idle_in_transaction_session_timeout = '60s'`,
].join('; ')

/** The connections of one database. */
export class Database {
  readonly #kysely: Kysely<Tables>
  readonly #afterCommit = new WeakMap<object, (() => void)[]>()
  readonly #onError: (error: Error) => void

  /** `onError`: told of work after a commit that failed, as the act itself is done whatever comes of it. */
  constructor(pool: Pool, onError: (error: Error) => void = (error) => process.emitWarning(error)) {
    this.#onError = onError
    this.#kysely = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  }

  /** Runs work in a read-only transaction, in the name of a role. */
  read<T>(work: (reader: Reader) => Promise<T>, role: DatabaseRole = 'sunlot_app'): Promise<T> {
    return this.#transaction(
      `begin isolation level repeatable read read only; set local role ${role}; ${PATIENCE}`,
      work,
    )
  }

  /**
   * Runs work in a transaction that may write, in the name of a role. For `record`, the jobs, the sessions and the
   * sequencer alone: an architecture test names the files that may call it. `opening` is SQL without parameters that goes
   * along with the beginning, in the same round trip.
   */
  transaction<T>(
    role: DatabaseRole,
    work: (transaction: Transaction<Tables>) => Promise<T>,
    opening?: string,
  ): Promise<T> {
    const begin = `begin; set local role ${role}; ${PATIENCE}`
    return this.#transaction(opening === undefined ? begin : `${begin}; ${opening}`, work)
  }

  /**
   * Runs work once a transaction has been committed; never where it is rolled back, nor where the process dies first. What it
   * throws is told, and neither fails the act nor keeps other work from being done.
   */
  afterCommit(transaction: Transaction<Tables>, work: () => void): void {
    const others = this.#afterCommit.get(transaction) ?? []
    this.#afterCommit.set(transaction, [...others, work])
  }

  async #transaction<T>(begin: string, work: (transaction: Transaction<Tables>) => Promise<T>): Promise<T> {
    const { result, after } = await this.#kysely.connection().execute(async (connection) => {
      try {
        await sql.raw(begin).execute(connection)
        // One connection, inside a transaction that was begun by hand in one round trip.
        const result = await work(connection as Transaction<Tables>)
        await sql.raw('commit').execute(connection)
        return { result, after: this.#afterCommit.get(connection) ?? [] }
      } catch (error) {
        await sql.raw('rollback').execute(connection)
        throw error
      }
    })
    for (const work of after) this.#attempt(work)
    return result
  }

  #attempt(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#onError(error instanceof Error ? error : new Error(String(error)))
    }
  }
}
