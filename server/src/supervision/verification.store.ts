import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Reader, Writer } from '../platform/database/database.ts'

/** The id of the job of one night (`YYYY-MM-DD`): the same in every server, so that there is only one. */
export function idOfNight(day: string): string {
  const hex = createHash('sha256').update(`log.verify ${day}`).digest('hex')
  // RFC 9562, version 8: a UUID made of whatever its maker likes.
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** Whether there is such a job, in whatever state. */
export async function isJobThere(reader: Reader, id: string): Promise<boolean> {
  const row = await reader.selectFrom('platform.job').select('id').where('id', '=', id).executeTakeFirst()
  return row !== undefined
}

/** No other server asks for the verification of a night until this transaction ends. */
export async function lockNights(writer: Writer): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('log.verify', 0))`.execute(writer)
}
