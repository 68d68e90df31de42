// How many protected values (a mobile number, an ID-card number) one person may see in a day: whoever may see each of them
// must not be able to copy out all of them (I17).

import { sql } from 'kysely'
import { type Actor } from './actor.ts'
import { dayOf } from './clock.ts'
import type { Reader } from './database/database.ts'
import { Refused } from './refusal.ts'

/** Enough to telephone everybody of a task; an office's measure, no law. */
export const REVEALS_A_DAY = 30

/**
 * Throws Refused (403) where the actor has had his share of this day. To be asked inside a recorded read: the event of the
 * read that asks is already there, and every action whose verb begins with `reveal` counts.
 */
export async function demandRevealsLeft(reader: Reader, actor: Actor, now: Date): Promise<void> {
  if (actor.kind !== 'person') return
  const { personId } = actor
  // One after the other, so that many at once are counted as well.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`reveals ${personId}`}, 0))`.execute(reader)
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from audit.event
     where actor_id = ${personId} and outcome = 'read' and action like '%.reveal%'
       and at >= ${`${dayOf(now)} 00:00:00+08`}::timestamptz`.execute(reader)
  const seen = (rows[0]?.count ?? 0) - 1
  if (seen >= REVEALS_A_DAY)
    throw new Refused({ code: 'reveal.quota_used', params: { seen, most: REVEALS_A_DAY } }, 403)
}
