// Jobs whose server was killed: a running job says every few seconds that it lives; one that says nothing is given back.

import { sql } from 'kysely'
import type { Database, Writer } from '../database/database.ts'
import { queueWithin } from './queue.ts'

/** How often a running job says that it lives. */
export const HEARTBEAT_MS = 15_000
/** How long it may say nothing. */
export const SILENCE_MS = 90_000

/** Says that a job is being done. By the clock of the machine: the simulated one may stand still. */
export async function hear(database: Database, id: string): Promise<void> {
  await database.transaction('sunlot_app', (transaction) =>
    sql`update platform.job set heard_at = clock_timestamp() where id = ${id} and state = 'running'`.execute(
      transaction,
    ),
  )
}

/** Gives jobs back to the queue that nobody does any more; `mine` are done by this server. Gives how many. */
export async function giveBackOrphans(
  database: Database,
  { mine, silenceMs }: { readonly mine: readonly string[]; readonly silenceMs: number },
): Promise<number> {
  return database.transaction('sunlot_app', async (transaction) => {
    const { rows } = await sql<{ readonly id: string }>`
      select id from platform.job
       where state = 'running' and not id = any (${mine}::uuid[])
         and coalesce(heard_at, '-infinity') <= clock_timestamp() - ${silenceMs}::int * interval '1 millisecond'`.execute(
      transaction,
    )
    if (rows.length === 0) return 0
    await queueWithin(transaction as Writer).executeSql(
      `update pgboss.job set state = 'retry', start_after = now() where state = 'active' and data ->> 'id' = any ($1)`,
      [rows.map(({ id }) => id)],
    )
    return rows.length
  })
}
