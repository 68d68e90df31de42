// New credentials for an account whose owner can no longer sign in, or whose credentials somebody else may have.

import { SYSTEM } from '../platform/actor.ts'
import type { Writer } from '../platform/database/database.ts'
import { record, type Recording } from '../platform/record.ts'
import { found } from '../platform/refusal.ts'
import { resetCredential } from './accounts.store.ts'
import { findAccount, retireRecoveryCodes } from './credentials.store.ts'
import { hashPassword } from './password-hash.ts'
import { newSecretText } from './secret-text.ts'
import { endSessions } from './sessions.store.ts'

/** Takes password, second factor, recovery codes and sessions from an account. Gives a password that is good once. */
export async function resetAccount(writer: Writer, id: string, now: Date): Promise<string> {
  const password = newSecretText()
  await resetCredential(writer, id, { hash: await hashPassword(password), now })
  await retireRecoveryCodes(writer, id, now)
  await endSessions(writer, { accountId: id }, { reason: 'credentialChanged', now })
  return password
}

/**
 * The same by whoever operates the server, for anybody's account: the only way back in for somebody who decides, whom
 * nobody else may reset. Throws NotFound.
 */
export async function resetByOperator(
  recording: Recording,
  { username, purpose, now }: { readonly username: string; readonly purpose: string; readonly now: Date },
): Promise<string> {
  const account = found(
    await recording.database.read((reader) => findAccount(reader, { username })),
    'account',
  )
  const act = { action: 'account.reset', about: { type: 'account', id: account.id }, purpose }
  return record(recording, SYSTEM, act, (writer) => resetAccount(writer, account.id, now))
}
