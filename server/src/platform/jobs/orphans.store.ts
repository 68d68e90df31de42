// Jobs whose server was killed: a running job says every few seconds that it lives; one that says nothing is given back.

import { sql } from 'kysely'
import type { Writer } from '../database/database.ts'
import { queueWithin } from './queue.ts'

/** How often a running job says that it lives. */
export const HEARTBEAT_MS = 15_000
/** How long it may say nothing. */
export const SILENCE_MS = 90_000

/** Says that a job is being done. By the clock of the machine: the simulated one may stand still. */
export async function hear(writer: Writer, id: string): Promise<void> {
  await sql`update platform.job set heard_at = clock_timestamp() where id = ${id} and state = 'running'`.execute(
    writer,
  )
}

/** Gives jobs back to the queue that nobody does any more; `mine` are done by this server. Gives how many. */
export async function giveBackOrphans(
  writer: Writer,
  { mine, silenceMs }: { readonly mine: readonly string[]; readonly silenceMs: number },
): Promise<number> {
  const { rows } = await sql<{ readonly id: string }>`
    select id from platform.job
     where state = 'running' and not id = any (${mine}::uuid[])
       and coalesce(heard_at, '-infinity') <= clock_timestamp() - ${silenceMs}::int * interval '1 millisecond'`.execute(
    writer,
  )
  if (rows.length > 0)
    await queueWithin(writer).executeSql(
      `update pgboss.job set state = 'retry', start_after = now() where state = 'active' and data ->> 'id' = any ($1)`,
      [rows.map(({ id }) => id)],
    )
  return rows.length
}
