// The second factor: a code of the authenticator app, or a recovery code in its place. Each is good once.

import type { Reader, Writer } from '../platform/database/database.ts'
import type { Secrets } from '../platform/secrets.ts'
import { hasRecoveryCode, useRecoveryCode, useStep } from './credentials.store.ts'
import { hashOfSecretText, isSecretText, newSecretText } from './secret-text.ts'
import { stepOfCode } from './totp.ts'

/** What a typed code turned out to be. It is used up only with the act that it proves. */
export type CodeFound =
  | { readonly kind: 'step'; readonly step: number }
  | { readonly kind: 'recovery'; readonly hash: Buffer }

const RECOVERY_CODES = 10
const NOBODY = '00000000-0000-0000-0000-000000000000'

/** What a code is to an account; nothing where it fits neither the app nor a recovery code. */
export async function findCode(
  reader: Reader,
  secrets: Secrets,
  typed: {
    readonly code: string
    readonly account: { readonly id: string; readonly totp_cipher: string | null } | undefined
    readonly now: Date
  },
): Promise<CodeFound | undefined> {
  const { code, account, now } = typed
  if (isSecretText(code)) {
    const hash = hashOfSecretText(code)
    // Asked for nobody's account too, so that the time tells nothing.
    const isGood = await hasRecoveryCode(reader, account?.id ?? NOBODY, hash)
    return isGood ? { kind: 'recovery', hash } : undefined
  }
  if (!account?.totp_cipher) return undefined
  const step = stepOfCode(openTotp(secrets, account.id, account.totp_cipher), code, now)
  return step === undefined ? undefined : { kind: 'step', step }
}

/** Uses a code up. False where another request was faster, or a step as late was used before. */
export function useCode(
  writer: Writer,
  accountId: string,
  { found, now }: { readonly found: CodeFound; readonly now: Date },
): Promise<boolean> {
  return found.kind === 'step'
    ? useStep(writer, accountId, found.step)
    : useRecoveryCode(writer, accountId, { hash: found.hash, now })
}

/** A new batch of recovery codes and what is kept of them. */
export function newRecoveryCodes(): {
  readonly codes: readonly string[]
  readonly hashes: readonly Buffer[]
} {
  const codes = Array.from({ length: RECOVERY_CODES }, newSecretText)
  return { codes, hashes: codes.map(hashOfSecretText) }
}

/** The secret of an app as the database keeps it: bound to its account, so that it opens in no other's place. */
export function sealTotp(secrets: Secrets, accountId: string, secret: string): string {
  return secrets.encrypt(secret, `totp ${accountId}`)
}

/** The secret that `sealTotp` sealed. */
export function openTotp(secrets: Secrets, accountId: string, cipher: string): string {
  return secrets.decrypt(cipher, `totp ${accountId}`)
}
