// What an account is signed in to with: password, authenticator app, recovery codes.

import type { Reader, Writer } from '../platform/database/database.ts'

/** An account as signing in needs it. */
export type AccountFound = NonNullable<Awaited<ReturnType<typeof findAccount>>>

/** The account of a username or of an id, with what it is signed in to with. */
export function findAccount(
  reader: Reader,
  by: { readonly username: string } | { readonly accountId: string },
) {
  return reader
    .selectFrom('accounts.account as a')
    .innerJoin('accounts.credential as c', 'c.account_id', 'a.id')
    .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
    .select(['a.id', 'a.username', 'a.state', 'a.person_id', 'p.name', 'p.authority_id', 'p.left_on'])
    .select(['c.password_hash', 'c.must_change_password', 'c.totp_cipher', 'c.totp_pending_cipher'])
    .$if('username' in by, (q) => q.where('a.username', '=', (by as { username: string }).username))
    .$if('accountId' in by, (q) => q.where('a.id', '=', (by as { accountId: string }).accountId))
    .executeTakeFirst()
}

/** Another password, chosen by its owner. */
export async function setPassword(
  writer: Writer,
  accountId: string,
  { hash, now }: { readonly hash: string; readonly now: Date },
): Promise<void> {
  await writer
    .updateTable('accounts.credential')
    .set({ password_hash: hash, password_set_at: now, must_change_password: false })
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
}

/**
 * Whether an account still is as it was found when its owner was checked, outside any transaction: same password, same
 * app, same state, still in office. Until the transaction ends nobody resets or suspends it.
 */
export async function lockAsFound(writer: Writer, account: AccountFound): Promise<boolean> {
  const row = await writer
    .selectFrom('accounts.account as a')
    .innerJoin('accounts.credential as c', 'c.account_id', 'a.id')
    .innerJoin('agencies.person as p', 'p.id', 'a.person_id')
    .select(['a.state', 'p.left_on', 'c.password_hash', 'c.totp_cipher'])
    .where('a.id', '=', account.id)
    .forUpdate(['a', 'c'])
    .executeTakeFirst()
  return (
    row?.state === account.state &&
    row.left_on === account.left_on &&
    row.password_hash === account.password_hash &&
    row.totp_cipher === account.totp_cipher
  )
}

/** The same password, hashed anew. `from`: its hash until now; where there is another by now, nothing is done. */
export async function refreshPasswordHash(
  writer: Writer,
  accountId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await writer
    .updateTable('accounts.credential')
    .set({ password_hash: to })
    .where('account_id', '=', accountId)
    .where('password_hash', '=', from)
    .execute()
}

/** Keeps a secret that an app is being given. */
export async function keepPendingTotp(writer: Writer, accountId: string, cipher: string): Promise<void> {
  await writer
    .updateTable('accounts.credential')
    .set({ totp_pending_cipher: cipher })
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
}

/** From now on the pending secret is the one in force. */
export async function confirmTotp(writer: Writer, accountId: string): Promise<void> {
  await writer
    .updateTable('accounts.credential')
    .set((eb) => ({ totp_cipher: eb.ref('totp_pending_cipher'), totp_pending_cipher: null }))
    .where('account_id', '=', accountId)
    .where('totp_pending_cipher', 'is not', null)
    .executeTakeFirstOrThrow()
}

/** Uses up a step of the app, and all before it. False where it, or a later one, was used already. */
export async function useStep(writer: Writer, accountId: string, step: number): Promise<boolean> {
  const used = await writer
    .insertInto('accounts.totp_step')
    .values({ account_id: accountId, last_step: step })
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet({ last_step: step })
        .where('accounts.totp_step.last_step', '<', step),
    )
    .returning('account_id')
    .execute()
  return used.length === 1
}

/** Whether an account has an unused recovery code of this hash. */
export async function hasRecoveryCode(reader: Reader, accountId: string, hash: Buffer): Promise<boolean> {
  const row = await reader
    .selectFrom('accounts.recovery_code')
    .select('batch')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('replaced_at', 'is', null)
    .executeTakeFirst()
  return row !== undefined
}

/** Uses up a recovery code. False where there is none that is still good. */
export async function useRecoveryCode(
  writer: Writer,
  accountId: string,
  { hash, now }: { readonly hash: Buffer; readonly now: Date },
): Promise<boolean> {
  const used = await writer
    .updateTable('accounts.recovery_code')
    .set({ used_at: now })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('replaced_at', 'is', null)
    .returning('batch')
    .execute()
  return used.length === 1
}

/** Puts a new batch of recovery codes in the place of what is left of the old one. */
export async function replaceRecoveryCodes(
  writer: Writer,
  accountId: string,
  { hashes, batch, now }: { readonly hashes: readonly Buffer[]; readonly batch: string; readonly now: Date },
): Promise<void> {
  await retireRecoveryCodes(writer, accountId, now)
  await writer
    .insertInto('accounts.recovery_code')
    .values(hashes.map((code_hash) => ({ account_id: accountId, code_hash, batch })))
    .execute()
}

/** From now on no recovery code of the account is good. */
export async function retireRecoveryCodes(writer: Writer, accountId: string, now: Date): Promise<void> {
  await writer
    .updateTable('accounts.recovery_code')
    .set({ replaced_at: now })
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('replaced_at', 'is', null)
    .execute()
}

/** How many recovery codes are still good. */
export async function countRecoveryCodes(reader: Reader, accountId: string): Promise<number> {
  const { count } = await reader
    .selectFrom('accounts.recovery_code')
    .select((eb) => eb.fn.countAll<string>().as('count'))
    .where('account_id', '=', accountId)
    .where('used_at', 'is', null)
    .where('replaced_at', 'is', null)
    .executeTakeFirstOrThrow()
  return Number(count)
}
