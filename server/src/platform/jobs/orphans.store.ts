// Jobs whose server was killed: a running job says every few seconds that it lives; one that says nothing is given back.

import { sql } from 'kysely'
import type { Writer } from '../database/database.ts'
import { queueWithin } from './queue.ts'

/** How often a running job says that it lives. */
export const HEARTBEAT_MS = 15_000
/** How long it may say nothing. */
export const SILENCE_MS = 90_000

/**
 * Says that a job is being done. False where it is another server's now, or over. By the clock of the database's machine
 * alone: those of servers may differ, and the simulated one may stand still.
 */
export async function hear(
  writer: Writer,
  { id, attempt }: { readonly id: string; readonly attempt: number },
): Promise<boolean> {
  const { rows } = await sql`
    update platform.job set heard_at = clock_timestamp()
     where id = ${id} and attempts = ${attempt} and state = 'running' returning id`.execute(writer)
  return rows.length > 0
}

/** Gives jobs back to the queue that nobody does any more; `mine` are done by this server. Gives how many. */
export async function giveBackOrphans(
  writer: Writer,
  { mine, silenceMs }: { readonly mine: readonly string[]; readonly silenceMs: number },
): Promise<number> {
  const silent = sql`clock_timestamp() - ${silenceMs}::int * interval '1 millisecond'`
  // Whoever gives a job back says so on it, so that no second server does, while it is on its way.
  const { rows } = await sql<{ readonly id: string }>`
    update platform.job set heard_at = clock_timestamp()
     where state = 'running' and not id = any (${mine}::uuid[]) and coalesce(heard_at, '-infinity') <= ${silent}
    returning id`.execute(writer)
  // Also what the queue holds for done: a server that lost its job to another ends it there, and the other may die too.
  if (rows.length > 0) await queueAgain(writer, rows, 'true', [])
  // The queue gave it out, and the server died before it began; or it stopped, and died before it had said so.
  const waiting = await sql<{ readonly id: string }>`
    select id from platform.job where state = 'waiting' and not id = any (${mine}::uuid[])`.execute(writer)
  if (waiting.rows.length > 0)
    await queueAgain(
      writer,
      waiting.rows,
      `state = 'active' and started_on <= clock_timestamp() - $2::int * interval '1 millisecond'`,
      [silenceMs],
    )
  return rows.length
}

async function queueAgain(
  writer: Writer,
  jobs: readonly { readonly id: string }[],
  which: string,
  values: readonly unknown[],
): Promise<void> {
  await queueWithin(writer).executeSql(
    `update pgboss.job set state = 'retry', start_after = now(), completed_on = null
      where data ->> 'id' = any ($1) and ${which}`,
    [jobs.map(({ id }) => id), ...values],
  )
}
