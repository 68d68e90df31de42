// Sessions live in the database; the cookie carries 32 random bytes, of which only the SHA-256 stands there.

import { createHash, randomBytes } from 'node:crypto'
import type { Grant, Person, Role } from '../platform/actor.ts'
import { dayOf } from '../platform/clock.ts'
import type { Database, Reader, Writer } from '../platform/database/database.ts'

/** How a session comes to be. */
export interface NewSession {
  readonly id: string
  readonly accountId: string
  readonly stage: 'enrol' | 'full'
  readonly method: 'password' | 'oidc'
  readonly secondFactor: boolean
  readonly actingAuthorityId: string
  readonly device: string
  readonly address: string
  readonly reauthenticatedAt: Date | null
  readonly now: Date
}

/** How long a session holds, in milliseconds. */
export interface SessionLimits {
  readonly idleMs: number
  readonly absoluteMs: number
}

export type EndReason = 'signedOut' | 'idle' | 'expired' | 'revoked' | 'rotated' | 'credentialChanged'

/** What changes where a session gets another token. */
export interface Rotation {
  readonly stage?: 'enrol' | 'full'
  readonly secondFactor?: true
  readonly reauthenticatedAt?: Date
}

// Written at most this often: a session that is used all day need not cost a write for each request.
const SEEN_EVERY_MS = 60_000

/** Puts a session into the database and gives the token for its cookie. */
export async function insertSession(writer: Writer, session: NewSession): Promise<string> {
  const token = newToken()
  await writer
    .insertInto('accounts.session')
    .values({
      id: session.id,
      token_hash: hashOf(token),
      account_id: session.accountId,
      stage: session.stage,
      method: session.method,
      second_factor: session.secondFactor,
      acting_authority_id: session.actingAuthorityId,
      device: session.device,
      address: session.address,
      created_at: session.now,
      seen_at: session.now,
      reauthenticated_at: session.reauthenticatedAt,
    })
    .execute()
  return token
}

/** Gives a session another token: whoever holds the old one holds nothing. It stays as old as it is. */
export async function rotateSession(writer: Writer, id: string, rotation: Rotation): Promise<string> {
  const token = newToken()
  await writer
    .updateTable('accounts.session')
    .set({
      token_hash: hashOf(token),
      ...(rotation.stage ? { stage: rotation.stage } : {}),
      ...(rotation.secondFactor ? { second_factor: true } : {}),
      ...(rotation.reauthenticatedAt ? { reauthenticated_at: rotation.reauthenticatedAt } : {}),
    })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow()
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
  const { sessionId } = session.person
  const idle = now.getTime() - session.seenAt.getTime()
  const age = now.getTime() - session.createdAt.getTime()
  if (idle > limits.idleMs || age > limits.absoluteMs) {
    await end(database, sessionId, { reason: idle > limits.idleMs ? 'idle' : 'expired', now })
    return undefined
  }
  if (idle > SEEN_EVERY_MS) await touch(database, sessionId, now)
  return session.person
}

/** Which sessions: of an account or of a person, one of them or all but one, all or those of one way of signing in. */
export interface SessionsChosen {
  readonly accountId?: string
  readonly personId?: string
  readonly id?: string
  readonly except?: string
  readonly method?: 'password' | 'oidc'
}

/** Ends sessions, and says how many. What is already over stays as it ended. */
export async function endSessions(
  writer: Writer,
  chosen: SessionsChosen,
  { reason, now }: { readonly reason: EndReason; readonly now: Date },
): Promise<number> {
  const { accountId, personId, id, except, method } = chosen
  const { numUpdatedRows } = await writer
    .updateTable('accounts.session')
    .set({ ended_at: now, end_reason: reason })
    .where('ended_at', 'is', null)
    .$if(accountId !== undefined, (q) => q.where('account_id', '=', accountId!))
    .$if(personId !== undefined, (q) =>
      q.where('account_id', 'in', (eb) =>
        eb.selectFrom('accounts.account').select('id').where('person_id', '=', personId!),
      ),
    )
    .$if(id !== undefined, (q) => q.where('id', '=', id!))
    .$if(except !== undefined, (q) => q.where('id', '<>', except!))
    .$if(method !== undefined, (q) => q.where('method', '=', method!))
    .executeTakeFirstOrThrow()
  return Number(numUpdatedRows)
}

/** Ends all sessions of a person who left, or whose roles are no longer what they were when he signed in. */
export function endSessionsOfPerson(
  writer: Writer,
  { personId, now }: { readonly personId: string; readonly now: Date },
): Promise<number> {
  return endSessions(writer, { personId }, { reason: 'revoked', now })
}

/** For another authority from now on. The token stays: the session could act for it before, too. */
export async function actFor(writer: Writer, sessionId: string, authorityId: string): Promise<void> {
  await writer
    .updateTable('accounts.session')
    .set({ acting_authority_id: authorityId })
    .where('id', '=', sessionId)
    .executeTakeFirstOrThrow()
}

/** The sessions of an account that are not over, the last used first. */
export function listSessions(
  reader: Reader,
  accountId: string,
  limits: SessionLimits & { readonly now: Date },
) {
  const before = (ms: number): Date => new Date(limits.now.getTime() - ms)
  return reader
    .selectFrom('accounts.session')
    .select(['id', 'device', 'address', 'method', 'stage', 'created_at', 'seen_at'])
    .where('account_id', '=', accountId)
    .where('ended_at', 'is', null)
    .where('seen_at', '>=', before(limits.idleMs))
    .where('created_at', '>=', before(limits.absoluteMs))
    .orderBy('seen_at', 'desc')
    .orderBy('id')
    .execute()
}

/** One session, as it is. */
export function getSession(reader: Reader, id: string) {
  return reader.selectFrom('accounts.session').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}

/** Takes away sessions that have been over for so long: device and address are personal data. Says how many. */
export async function sweepSessions(
  database: Database,
  { now, keptMs, limits }: { readonly now: Date; readonly keptMs: number; readonly limits: SessionLimits },
): Promise<number> {
  const before = new Date(now.getTime() - keptMs)
  const begunBefore = new Date(before.getTime() - limits.absoluteMs)
  const { numDeletedRows } = await database.transaction('sunlot_app', (transaction) =>
    transaction
      .deleteFrom('accounts.session')
      .where((eb) => eb.or([eb('ended_at', '<', before), eb('created_at', '<', begunBefore)]))
      .executeTakeFirstOrThrow(),
  )
  return Number(numDeletedRows)
}

/** For whom a new session acts: his own authority where he holds a role for it, else the first for which he does. */
export async function chooseActing(
  reader: Reader,
  { person_id, authority_id }: { readonly person_id: string; readonly authority_id: string },
  now: Date,
): Promise<NonNullable<Person['acting']>> {
  const grants = await grantsInForce(reader, person_id, now)
  const hasOwn = grants.some(({ authorityId }) => authorityId === authority_id)
  const authorityId = hasOwn ? authority_id : (grants[0]?.authorityId ?? authority_id)
  const { division_code: divisionCode } = await reader
    .selectFrom('agencies.authority')
    .select('division_code')
    .where('id', '=', authorityId)
    .executeTakeFirstOrThrow()
  return { authorityId, divisionCode }
}

/** The roles that a person holds today, of all authorities. */
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
    .orderBy('g.division_code')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    role: row.role as Role,
    authorityId: row.authority_id,
    authorityName: row.name,
    divisionCode: row.division_code,
  }))
}

async function findSession(reader: Reader, token: string, now: Date) {
  const row = await reader
    .selectFrom('accounts.session as s')
    .innerJoin('accounts.account as a', 'a.id', 's.account_id')
    .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
    .leftJoin('agencies.authority as au', 'au.id', 's.acting_authority_id')
    .select(['s.id', 's.account_id', 's.stage', 's.created_at', 's.seen_at', 's.reauthenticated_at'])
    .select(['s.acting_authority_id', 'a.state', 'p.id as person_id', 'p.name', 'p.left_on'])
    .select('au.division_code')
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

async function end(
  database: Database,
  id: string,
  { reason, now }: { readonly reason: EndReason; readonly now: Date },
): Promise<void> {
  await database.transaction('sunlot_app', (transaction) =>
    transaction
      .updateTable('accounts.session')
      .set({ ended_at: now, end_reason: reason })
      .where('id', '=', id)
      .where('ended_at', 'is', null)
      .execute(),
  )
}

async function touch(database: Database, id: string, now: Date): Promise<void> {
  await database.transaction('sunlot_app', (transaction) =>
    transaction.updateTable('accounts.session').set({ seen_at: now }).where('id', '=', id).execute(),
  )
}

function newToken(): string {
  return randomBytes(32).toString('base64url')
}

function hashOf(token: string): Buffer {
  return createHash('sha256').update(token).digest()
}
