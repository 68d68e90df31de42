// Signing in: by password and code here, or by whom the identity provider vouches for (oidc.ts).

import type { Person } from '../platform/actor.ts'
import { dayOf } from '../platform/clock.ts'
import { record } from '../platform/record.ts'
import { Refused } from '../platform/refusal.ts'
import type { Secrets } from '../platform/secrets.ts'
import { attempt, type Circumstances, nameMark, recordSignInRefusal, signInBuckets } from './attempts.ts'
import { type AccountFound, findAccount, lockAsFound, refreshPasswordHash } from './credentials.store.ts'
import { stageAfter } from './enrolment.rules.ts'
import { hashPassword, isOutdated, isPasswordOf } from './password-hash.ts'
import { type CodeFound, findCode, useCode } from './second-factor.ts'
import { chooseActing, endSessions, insertSession } from './sessions.store.ts'

/** What somebody typed at the door. */
export interface Credentials {
  readonly username: string
  readonly password: string
  readonly code?: string
}

/** A session that was just opened. The token is for its cookie and stands nowhere else. */
export interface Opened {
  readonly token: string
  readonly stage: 'enrol' | 'full'
  readonly username: string
}

/** How it was made sure who somebody is. */
export interface Evidence {
  readonly method: 'password' | 'oidc'
  readonly secondFactor: boolean
  /** When he last proved it, where that was just now. */
  readonly reauthenticatedAt: Date | null
  /** The code that was given, to be used up. */
  readonly code?: CodeFound | undefined
  /** The password, where its hash is to be made anew. */
  readonly password?: string
}

/**
 * Opens a session by password and, where an authenticator app is bound, its code or a recovery code. An unknown name, a
 * wrong password, a wrong code, a suspended account are one refusal, and take the same time.
 */
export async function signIn(context: Circumstances, secrets: Secrets, typed: Credentials): Promise<Opened> {
  const username = typed.username.trim().toLowerCase()
  try {
    return await attempt(context, signInBuckets(context, secrets, username), async () => {
      const { account, code } = await check(context, secrets, { ...typed, username })
      return openSession(context, account, {
        method: 'password',
        secondFactor: code !== undefined,
        reauthenticatedAt: context.now,
        code,
        password: typed.password,
      })
    })
  } catch (error) {
    await recordSignInRefusal(context, {
      action: 'session.signIn',
      name: nameMark(secrets, username),
      error,
    })
    throw error
  }
}

/** Opens a session of an account, in place of the one that the browser had. Throws Refused where the code is used up. */
export async function openSession(
  context: Circumstances,
  account: AccountFound,
  evidence: Evidence,
): Promise<Opened> {
  const { recording, now, newId, actor } = context
  const acting = await recording.database.read((reader) => chooseActing(reader, account, now))
  const stage = stageAfter({
    ...evidence,
    mustChangePassword: account.must_change_password,
    hasTotp: account.totp_cipher !== null,
  })
  const id = newId()
  const about = { type: 'session', id }
  const act = { action: 'session.signIn', about, requestId: context.requestId }
  const token = await record(recording, personSigningIn(account, { id, acting }), act, async (writer) => {
    const { code, password } = evidence
    // Between the check and here the account may have been reset or suspended, and all its sessions ended.
    if (!(await lockAsFound(writer, account))) throw signInRefused()
    if (code && !(await useCode(writer, account.id, { found: code, now }))) throw signInRefused()
    if (password !== undefined && isOutdated(account.password_hash))
      await refreshPasswordHash(writer, account.id, {
        from: account.password_hash,
        to: await hashPassword(password),
      })
    if (actor.kind === 'person')
      await endSessions(writer, { id: actor.sessionId }, { reason: 'rotated', now })
    const from = { device: context.device, address: context.address, now }
    return insertSession(writer, {
      id,
      accountId: account.id,
      stage,
      actingAuthorityId: acting.authorityId,
      method: evidence.method,
      secondFactor: evidence.secondFactor,
      reauthenticatedAt: evidence.reauthenticatedAt,
      ...from,
    })
  })
  return { token, stage, username: account.username }
}

/** The one refusal of signing in. */
export function signInRefused(): Refused {
  return new Refused({ code: 'sign_in_refused' }, 401)
}

/** Whether an account may be signed in to at all. */
export function isOpen(account: AccountFound, now: Date): boolean {
  return account.state === 'active' && (account.left_on === null || account.left_on > dayOf(now))
}

/** Does all its work in any case, and says only at the end whether it was right. */
async function check(
  { recording, now }: Circumstances,
  secrets: Secrets,
  { username, password, code = '' }: Credentials,
): Promise<{ readonly account: AccountFound; readonly code: CodeFound | undefined }> {
  const { account, found } = await recording.database.read(async (reader) => {
    const account = await findAccount(reader, { username })
    return { account, found: await findCode(reader, secrets, { code, account, now }) }
  })
  const fits = await isPasswordOf(account?.password_hash, password)
  if (!account || !fits || !isOpen(account, now)) throw signInRefused()
  if (account.totp_cipher === null) return { account, code: undefined }
  if (!found) throw signInRefused()
  return { account, code: found }
}

/** Who the event of a sign-in says it was. */
function personSigningIn(
  account: AccountFound,
  { id, acting }: { readonly id: string; readonly acting: NonNullable<Person['acting']> },
): Person {
  return {
    kind: 'person',
    personId: account.person_id,
    accountId: account.id,
    sessionId: id,
    name: account.name,
    stage: 'enrol',
    acting,
    grants: [],
    allGrants: [],
    reauthenticatedAt: undefined,
  }
}
