// Sessions live in the database; the cookie carries 32 random bytes, of which only the SHA-256 stands there.

import { createHash, randomBytes } from 'node:crypto'
import type { Grant, Person, Role } from '../platform/actor.ts'
import { dayOf } from '../platform/clock.ts'
import type { Database, Reader } from '../platform/database/database.ts'

/** How a session comes to be. */
export interface NewSession {
  readonly id: string
  readonly accountId: string
  readonly stage: 'enrol' | 'full'
  readonly method: 'password' | 'oidc'
  readonly device: string
  readonly address: string
  readonly now: Date
}

/** How long a session holds, in milliseconds. */
export interface SessionLimits {
  readonly idleMs: number
  readonly absoluteMs: number
}

export type EndReason = 'signedOut' | 'idle' | 'expired' | 'revoked' | 'rotated' | 'credentialChanged'

// Written at most this often: a session that is used all day need not cost a write for each request.
const SEEN_EVERY_MS = 60_000

/** Opens a session and gives the token for the cookie. `device` and `address` are what its owner recognises it by. */
export async function openSession(database: Database, session: NewSession): Promise<string> {
  const token = randomBytes(32).toString('base64url')
  await database.transaction('sunlot_app', async (transaction) => {
    const acting = await transaction
      .selectFrom('accounts.account as a')
      .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
      .select('p.authority_id')
      .where('a.id', '=', session.accountId)
      .executeTakeFirstOrThrow()
    await transaction
      .insertInto('accounts.session')
      .values({
        id: session.id,
        token_hash: hashOf(token),
        account_id: session.accountId,
        stage: session.stage,
        method: session.method,
        acting_authority_id: acting.authority_id,
        device: session.device,
        address: session.address,
        created_at: session.now,
        seen_at: session.now,
        reauthenticated_at: session.stage === 'full' ? session.now : null,
      })
      .execute()
  })
  return token
}

/** The person behind a token; nothing where the session is over, its account suspended or the person gone. */
export async function findPerson(
  database: Database,
  token: string,
  { now, limits }: { readonly now: Date; readonly limits: SessionLimits },
): Promise<Person | undefined> {
  const session = await database.read((reader) => findSession(reader, token, now))
  if (!session || session.accountState !== 'active' || session.personLeft) return undefined
  const idle = now.getTime() - session.seenAt.getTime()
  const age = now.getTime() - session.createdAt.getTime()
  if (idle > limits.idleMs || age > limits.absoluteMs) {
    await endSessions(database, {
      ids: [session.person.sessionId],
      reason: idle > limits.idleMs ? 'idle' : 'expired',
      now,
    })
    return undefined
  }
  if (idle > SEEN_EVERY_MS) await touch(database, session.person.sessionId, now)
  return session.person
}

/** Ends sessions. What is already over stays as it ended. */
export async function endSessions(
  database: Database,
  { ids, reason, now }: { readonly ids: readonly string[]; readonly reason: EndReason; readonly now: Date },
): Promise<void> {
  if (ids.length === 0) return
  await database.transaction('sunlot_app', (transaction) =>
    transaction
      .updateTable('accounts.session')
      .set({ ended_at: now, end_reason: reason })
      .where('id', 'in', [...ids])
      .where('ended_at', 'is', null)
      .execute(),
  )
}

async function findSession(reader: Reader, token: string, now: Date) {
  const row = await reader
    .selectFrom('accounts.session as s')
    .innerJoin('accounts.account as a', 'a.id', 's.account_id')
    .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
    .leftJoin('agencies.authority as au', 'au.id', 's.acting_authority_id')
    .select(['s.id', 's.account_id', 's.stage', 's.created_at', 's.seen_at', 's.reauthenticated_at'])
    .select([
      's.acting_authority_id',
      'a.state',
      'p.id as person_id',
      'p.name',
      'p.left_on',
      'au.division_code',
    ])
    .where('s.token_hash', '=', hashOf(token))
    .where('s.ended_at', 'is', null)
    .executeTakeFirst()
  if (!row) return undefined
  const allGrants = await grantsInForce(reader, row.person_id, now)
  const person: Person = {
    kind: 'person',
    personId: row.person_id,
    accountId: row.account_id,
    sessionId: row.id,
    name: row.name,
    stage: row.stage as Person['stage'],
    acting:
      row.acting_authority_id && row.division_code
        ? { authorityId: row.acting_authority_id, divisionCode: row.division_code }
        : undefined,
    grants: allGrants.filter(({ authorityId }) => authorityId === row.acting_authority_id),
    allGrants,
    reauthenticatedAt: row.reauthenticated_at ?? undefined,
  }
  const personLeft = row.left_on !== null && row.left_on <= dayOf(now)
  return { person, accountState: row.state, personLeft, seenAt: row.seen_at, createdAt: row.created_at }
}

async function grantsInForce(reader: Reader, personId: string, now: Date): Promise<readonly Grant[]> {
  const today = dayOf(now)
  const rows = await reader
    .selectFrom('agencies.role_grant as g')
    .innerJoin('agencies.authority as a', 'a.id', 'g.authority_id')
    .select(['g.id', 'g.role', 'g.authority_id', 'g.division_code', 'a.name'])
    .where('g.person_id', '=', personId)
    .where('g.state', '=', 'effective')
    .where('g.valid_from', '<=', today)
    .where((eb) => eb.or([eb('g.valid_until', 'is', null), eb('g.valid_until', '>=', today)]))
    .where('a.closed_on', 'is', null)
    .orderBy('a.name')
    .orderBy('g.role')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    role: row.role as Role,
    authorityId: row.authority_id,
    authorityName: row.name,
    divisionCode: row.division_code,
  }))
}

async function touch(database: Database, id: string, now: Date): Promise<void> {
  await database.transaction('sunlot_app', (transaction) =>
    transaction.updateTable('accounts.session').set({ seen_at: now }).where('id', '=', id).execute(),
  )
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
