// Token buckets in the database, so that all processes of a server take from the same ones.

import { sql, type Transaction } from 'kysely'
import type { Database } from '../platform/database/database.ts'
import type { Tables } from '../platform/database/rows.gen.ts'
import { Refused } from '../platform/refusal.ts'
import { type Bucket, msUntilToken } from './throttle.rules.ts'

/** Too many attempts. News is the first of this bucket in an hour: a flood must not flood the trail. */
export class TooManyAttempts extends Refused {
  override readonly isNews: boolean

  constructor(seconds: number, isNews: boolean) {
    super({ code: 'too_many_attempts', params: { seconds } }, 429)
    this.isNews = isNews
  }
}

const TOLD_EVERY_MS = 3_600_000

/**
 * Takes a token out of each bucket, or out of none. Buckets are always given in the same order, so that two attempts
 * never wait for each other. Throws TooManyAttempts where one is empty.
 */
export async function takeTokens(database: Database, buckets: readonly Bucket[], now: Date): Promise<void> {
  const refused = await database
    .transaction('sunlot_app', async (transaction) => {
      for (const bucket of buckets) if (!(await take(transaction, bucket, now))) throw new Empty(bucket)
      return undefined
    })
    .catch((error: unknown) => {
      if (error instanceof Empty) return error.bucket
      throw error
    })
  if (refused) throw await refusalOf(database, refused, now)
}

/** Puts the tokens back: the attempt was no guess. */
export async function giveTokensBack(database: Database, buckets: readonly Bucket[]): Promise<void> {
  await database.transaction('sunlot_app', async (transaction) => {
    for (const { key, capacity } of buckets)
      await transaction
        .updateTable('accounts.throttle')
        .set({ tokens: sql<number>`least(${capacity}::float8, tokens + 1)` })
        .where('bucket', '=', key)
        .execute()
  })
}

/** Takes away buckets that nobody took from for so long that they are full. Says how many. */
export async function sweepThrottle(database: Database, now: Date): Promise<number> {
  const { numDeletedRows } = await database.transaction('sunlot_app', (transaction) =>
    transaction
      .deleteFrom('accounts.throttle')
      .where('at', '<', new Date(now.getTime() - FULL_AFTER_MS))
      .executeTakeFirstOrThrow(),
  )
  return Number(numDeletedRows)
}

// The slowest bucket fills up in an hour.
const FULL_AFTER_MS = 24 * 3_600_000

class Empty extends Error {
  readonly bucket: Bucket

  constructor(bucket: Bucket) {
    super('an empty bucket')
    this.bucket = bucket
  }
}

async function take(
  transaction: Transaction<Tables>,
  { key, capacity, perHour }: Bucket,
  now: Date,
): Promise<boolean> {
  // A process whose clock is behind takes nothing away from the time that has passed.
  const refilled = sql<number>`least(${capacity}::float8, t.tokens + ${perHour}::float8 / 3600 * greatest(0, extract(epoch from ${now}::timestamptz - t.at)))`
  const { rows } = await sql`
    insert into accounts.throttle as t (bucket, tokens, at) values (${key}, ${capacity - 1}, ${now})
    on conflict (bucket) do update set tokens = ${refilled} - 1, at = greatest(t.at, excluded.at)
    where ${refilled} >= 1
    returning bucket`.execute(transaction)
  return rows.length === 1
}

/** How long to wait, and whether that was not told yet: in one transaction, because a flood comes through here. */
async function refusalOf(database: Database, bucket: Bucket, now: Date): Promise<TooManyAttempts> {
  return database.transaction('sunlot_app', async (transaction) => {
    const row = await transaction
      .selectFrom('accounts.throttle')
      .select(['tokens', 'at', 'told_at'])
      .where('bucket', '=', bucket.key)
      .executeTakeFirst()
    const elapsedMs = now.getTime() - (row?.at ?? now).getTime()
    const waitMs = msUntilToken(bucket, { tokens: row?.tokens ?? 1, elapsedMs })
    const isDue = now.getTime() - (row?.told_at?.getTime() ?? 0) >= TOLD_EVERY_MS
    const isNews = isDue && (await tell(transaction, bucket, now))
    return new TooManyAttempts(Math.max(1, Math.ceil(waitMs / 1000)), isNews)
  })
}

/** False where another request has told it meanwhile. */
async function tell(transaction: Transaction<Tables>, { key }: Bucket, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await transaction
    .updateTable('accounts.throttle')
    .set({ told_at: now })
    .where('bucket', '=', key)
    .where((eb) =>
      eb.or([eb('told_at', 'is', null), eb('told_at', '<=', new Date(now.getTime() - TOLD_EVERY_MS))]),
    )
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}
