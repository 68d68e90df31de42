// Who am I: one person, his account, his session, and for whom he may act.

import type { Person } from '../platform/actor.ts'
import type { Reader } from '../platform/database/database.ts'
import { countRecoveryCodes } from './credentials.store.ts'
import { remainingSteps, type Standing } from './enrolment.rules.ts'
import type { Me } from './schema.ts'
import { getSession, type SessionLimits } from './sessions.store.ts'

/** How long things of a session hold, in milliseconds. */
export interface Holding extends SessionLimits {
  readonly reauthenticationMs: number
}

/** The signed-in person as he sees himself. */
export async function showMe(
  reader: Reader,
  person: Person,
  { holding, now }: { readonly holding: Holding; readonly now: Date },
): Promise<Me> {
  const session = await getSession(reader, person.sessionId)
  const account = await getAccount(reader, person.accountId)
  const standing = standingOf(session, account)
  const authorities = await showAuthorities(reader, [
    ...person.allGrants.map(({ authorityId }) => authorityId),
    ...(session.acting_authority_id ? [session.acting_authority_id] : []),
  ])
  const mayActFor = new Set(person.allGrants.map(({ authorityId }) => authorityId))
  return {
    accountId: person.accountId,
    personId: person.personId,
    name: person.name,
    username: account.username,
    acting: authorities.find(({ authorityId }) => authorityId === session.acting_authority_id) ?? null,
    authorities: authorities.filter(({ authorityId }) => mayActFor.has(authorityId)),
    grants: person.allGrants.filter(({ authorityId }) => authorityId === session.acting_authority_id),
    allGrants: [...person.allGrants],
    stage: person.stage,
    steps: [...remainingSteps(standing)],
    passwordChangeNeeded: account.must_change_password,
    hasTotp: standing.hasTotp,
    recoveryCodesLeft: await countRecoveryCodes(reader, person.accountId),
    session: showSession(session, holding, now),
  }
}

/** How a session and the account behind it stand. */
export async function findStanding(reader: Reader, person: Person): Promise<Standing> {
  const session = await getSession(reader, person.sessionId)
  return standingOf(session, await getAccount(reader, person.accountId))
}

type SessionRow = Awaited<ReturnType<typeof getSession>>

function standingOf(
  session: SessionRow,
  account: { readonly must_change_password: boolean; readonly totp_cipher: string | null },
): Standing {
  return {
    method: session.method as Standing['method'],
    secondFactor: session.second_factor,
    mustChangePassword: account.must_change_password,
    hasTotp: account.totp_cipher !== null,
  }
}

function showSession(session: SessionRow, holding: Holding, now: Date): Me['session'] {
  const after = (instant: Date, ms: number): string => new Date(instant.getTime() + ms).toISOString()
  const { reauthenticated_at: proved } = session
  const holds = proved !== null && now.getTime() - proved.getTime() <= holding.reauthenticationMs
  return {
    id: session.id,
    method: session.method as Standing['method'],
    idleEndsAt: after(session.seen_at, holding.idleMs),
    endsAt: after(session.created_at, holding.absoluteMs),
    reauthenticatedUntil: holds ? after(proved, holding.reauthenticationMs) : null,
  }
}

function getAccount(reader: Reader, accountId: string) {
  return reader
    .selectFrom('accounts.account as a')
    .innerJoin('accounts.credential as c', 'c.account_id', 'a.id')
    .select(['a.username', 'c.must_change_password', 'c.totp_cipher'])
    .where('a.id', '=', accountId)
    .executeTakeFirstOrThrow()
}

async function showAuthorities(reader: Reader, ids: readonly string[]): Promise<Me['authorities']> {
  if (ids.length === 0) return []
  const rows = await reader
    .selectFrom('agencies.authority as a')
    .innerJoin('agencies.division as d', 'd.code', 'a.division_code')
    .select(['a.id', 'a.name', 'a.division_code', 'd.name as division_name'])
    .where('a.id', 'in', [...new Set(ids)])
    .orderBy('a.division_code')
    .orderBy('a.name')
    .execute()
  return rows.map((row) => ({
    authorityId: row.id,
    authorityName: row.name,
    divisionCode: row.division_code,
    divisionName: row.division_name,
  }))
}
