// Accounts as administrators see and change them, and whom of the identity provider they are bound to.

import { sql, type SqlBool } from 'kysely'
import { DECIDERS } from '../platform/actor.ts'
import { containing } from '../platform/database/like.ts'
import type { Reader, Writer } from '../platform/database/database.ts'
import { type Reach, within } from '../platform/reach.ts'

/** Which accounts are asked for; `after` is the username of the last of the page before. */
export interface AccountFilter {
  readonly q?: string | undefined
  readonly authority?: string | undefined
  readonly state?: 'active' | 'suspended' | undefined
  readonly after: readonly string[] | undefined
  readonly limit: number
}

export type AccountRow = Awaited<ReturnType<typeof listAccounts>>[number]

/** One more than the limit, by username. `today` as YYYY-MM-DD. */
export function listAccounts(reader: Reader, reach: Reach, today: string, filter: AccountFilter) {
  const { q, authority, state, after, limit } = filter
  const part = containing(q ?? '')
  return shown(reader, reach, today)
    .$if(q !== undefined, (query) =>
      query.where((eb) => eb.or([eb('p.name', 'like', part), eb('a.username', 'like', part)])),
    )
    .$if(authority !== undefined, (query) => query.where('p.authority_id', '=', authority!))
    .$if(state !== undefined, (query) => query.where('a.state', '=', state!))
    .$if(after !== undefined, (query) => query.where('a.username', '>', after![0]!))
    .orderBy('a.username')
    .limit(limit + 1)
    .execute()
}

/** One account. */
export function findAccountRow(reader: Reader, reach: Reach, today: string, id: string) {
  return shown(reader, reach, today).where('a.id', '=', id).executeTakeFirst()
}

/** The identities that accounts are bound to now. */
export async function listIdentities(reader: Reader, accountIds: readonly string[]) {
  if (accountIds.length === 0) return []
  return reader
    .selectFrom('accounts.identity')
    .select(['id', 'account_id', 'issuer', 'bound_at'])
    .where('account_id', 'in', [...accountIds])
    .where('withdrawn_at', 'is', null)
    .orderBy('bound_at')
    .orderBy('id')
    .execute()
}

/** Somebody who works here and may be given an account. */
export function findCandidate(reader: Reader, reach: Reach, personId: string) {
  return reader
    .selectFrom('agencies.person as p')
    .innerJoin('agencies.authority as au', 'au.id', 'p.authority_id')
    .select(['p.id', 'p.left_on'])
    .where('p.id', '=', personId)
    .where(within(reach, { authority: 'p.authority_id', division: 'au.division_code', person: 'p.id' }))
    .executeTakeFirst()
}

/** An account whose password is good once. */
export async function insertAccount(
  writer: Writer,
  account: {
    readonly id: string
    readonly personId: string
    readonly username: string
    readonly hash: string
    readonly now: Date
  },
): Promise<void> {
  const { id, personId: person_id, username, hash, now } = account
  await writer.insertInto('accounts.account').values({ id, person_id, username, state: 'active' }).execute()
  await writer
    .insertInto('accounts.credential')
    .values({ account_id: id, password_hash: hash, password_set_at: now, must_change_password: true })
    .execute()
}

/** Suspends an account or resumes it. */
export async function setState(writer: Writer, id: string, state: 'active' | 'suspended'): Promise<void> {
  await writer
    .updateTable('accounts.account')
    .set((eb) => ({ state, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
}

/** A password that is good once, and no second factor any more. */
export async function resetCredential(
  writer: Writer,
  id: string,
  { hash, now }: { readonly hash: string; readonly now: Date },
): Promise<void> {
  await writer
    .updateTable('accounts.credential')
    .set({
      password_hash: hash,
      password_set_at: now,
      must_change_password: true,
      totp_cipher: null,
      totp_pending_cipher: null,
    })
    .where('account_id', '=', id)
    .executeTakeFirstOrThrow()
}

/** Binds a subject of the identity provider to an account. */
export async function bindIdentity(
  writer: Writer,
  identity: {
    readonly id: string
    readonly accountId: string
    readonly issuer: string
    readonly fingerprint: Buffer
    readonly now: Date
  },
): Promise<void> {
  await writer
    .insertInto('accounts.identity')
    .values({
      id: identity.id,
      account_id: identity.accountId,
      issuer: identity.issuer,
      subject_fingerprint: identity.fingerprint,
      bound_at: identity.now,
    })
    .execute()
}

/** Withdraws an identity. False where it is not bound to this account. */
export async function withdrawIdentity(
  writer: Writer,
  { id, accountId, now }: { readonly id: string; readonly accountId: string; readonly now: Date },
): Promise<boolean> {
  const { numUpdatedRows } = await writer
    .updateTable('accounts.identity')
    .set({ withdrawn_at: now })
    .where('id', '=', id)
    .where('account_id', '=', accountId)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirstOrThrow()
  return numUpdatedRows > 0n
}

/** The account that a subject of the provider is bound to. */
export async function findBoundAccount(
  reader: Reader,
  { issuer, fingerprint }: { readonly issuer: string; readonly fingerprint: Buffer },
): Promise<string | undefined> {
  const row = await reader
    .selectFrom('accounts.identity')
    .select('account_id')
    .where('issuer', '=', issuer)
    .where('subject_fingerprint', '=', fingerprint)
    .where('withdrawn_at', 'is', null)
    .executeTakeFirst()
  return row?.account_id
}

function shown(reader: Reader, reach: Reach, today: string) {
  return reader
    .selectFrom('accounts.account as a')
    .innerJoin('accounts.credential as c', 'c.account_id', 'a.id')
    .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
    .innerJoin('agencies.authority as au', 'au.id', 'p.authority_id')
    .select(['a.id', 'a.username', 'a.state', 'a.version', 'c.must_change_password as passwordChangeNeeded'])
    .select(['p.id as personId', 'p.name', 'au.id as authorityId', 'au.name as authorityName'])
    .select(['au.division_code as divisionCode'])
    .select(sql<SqlBool>`c.totp_cipher is not null`.as('hasTotp'))
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('agencies.role_grant as g')
            .select('g.id')
            .whereRef('g.person_id', '=', 'p.id')
            .where('g.role', 'in', [...DECIDERS])
            .where('g.state', 'in', ['proposed', 'effective'])
            .where((grant) =>
              grant.or([grant('g.valid_until', 'is', null), grant('g.valid_until', '>=', today)]),
            ),
        )
        .as('decides'),
    )
    .where(within(reach, { authority: 'p.authority_id', division: 'au.division_code', person: 'p.id' }))
}
