// A POST that is sent twice is done once: the answer is kept under its key in the transaction that did the work.

import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Writer } from '../database/database.ts'
import { Refused } from '../refusal.ts'
import type { Reply } from './route.ts'

/** The key of a POST, for one account, and what the request was. */
export interface Idempotency {
  readonly accountId: string
  readonly key: string
  readonly requestHash: Buffer
}

/** As much of a request as says what it asks for. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

// What handlers read beside the body: the version, the name of an upload, the purpose.
const HEADERS_THAT_MATTER = ['if-match', 'file-name', 'purpose'] as const

/**
 * What a request is, for telling a repetition from another request under the same key. `actingFor`: the authority that
 * its sender acts for, which decides what he may do, and where what he makes belongs.
 */
export function requestHash({ method, url, headers, body }: Asked, actingFor: string | undefined): Buffer {
  const stated = HEADERS_THAT_MATTER.map((name) => headers[name] ?? null)
  return createHash('sha256')
    .update(`${JSON.stringify([method, url, actingFor ?? null, ...stated])}\n`)
    .update(Buffer.isBuffer(body) ? body : JSON.stringify(body ?? null))
    .digest()
}

/**
 * The answer that was given under the key, if there was one. Until the transaction ends nobody else gets past this with
 * the same key. Throws Refused (422) where the key was used for another request.
 */
export async function earlierAnswer(
  writer: Writer,
  { accountId, key, requestHash }: Idempotency,
): Promise<Reply | undefined> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${accountId} ${key}`}, 0))`.execute(writer)
  const row = await writer
    .selectFrom('platform.idempotency_key')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('key', '=', key)
    .executeTakeFirst()
  if (!row) return undefined
  if (!row.request_hash.equals(requestHash)) throw new Refused({ code: 'idempotency_key_reused' }, 422)
  const body: unknown = JSON.parse(row.reply)
  return {
    status: row.status,
    body,
    headers: { ...(row.headers as Record<string, string>), 'idempotent-replay': 'true' },
  }
}

/** Keeps an answer under its key. */
export async function keepAnswer(
  writer: Writer,
  { accountId, key, requestHash }: Idempotency,
  reply: Reply,
): Promise<void> {
  await writer
    .insertInto('platform.idempotency_key')
    .values({
      account_id: accountId,
      key,
      request_hash: requestHash,
      status: reply.status,
      reply: JSON.stringify(reply.body ?? null),
      headers: JSON.stringify(reply.headers ?? {}),
    })
    .execute()
}
