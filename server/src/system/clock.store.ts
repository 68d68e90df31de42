import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'

/** Whether the database is real or simulated. */
export async function readKind(reader: Reader): Promise<'real' | 'simulated'> {
  const { kind } = await reader.selectFrom('platform.birth').select('kind').executeTakeFirstOrThrow()
  return kind as 'real' | 'simulated'
}

/** By how many milliseconds the clock of a simulated database runs ahead of the machine. */
export async function readAheadMs(reader: Reader): Promise<number> {
  const row = await reader
    .selectFrom('platform.simulated_clock')
    .select(sql<number>`round(extract(epoch from ahead) * 1000)::bigint`.as('ms'))
    .executeTakeFirst()
  return row?.ms ?? 0
}

/** Sets it. The trigger refuses in a real database, and backwards. */
export async function setAhead(writer: Writer, ms: number): Promise<void> {
  const ahead = sql<string>`make_interval(secs => ${ms / 1000})`
  await writer
    .insertInto('platform.simulated_clock')
    .values({ ahead })
    .onConflict((conflict) => conflict.column('one').doUpdateSet({ ahead }))
    .execute()
}
