// What waits for somebody about his own account.

import type { Person } from '../platform/actor.ts'
import type { Reader } from '../platform/database/database.ts'
import type { Waiting } from '../platform/waiting.ts'
import { countRecoveryCodes } from './credentials.store.ts'
import { findStanding } from './me.store.ts'

// Few enough to make new ones while one can still sign in.
const FEW_CODES = 3
const OWN_ACCOUNT_PAGE = '/me/security'

/** A password that must change, an authenticator app that is missing, recovery codes that run out. */
export async function accountsWaitingFor(
  reader: Reader,
  person: Person,
  now: Date,
): Promise<readonly Waiting[]> {
  const { mustChangePassword, hasTotp } = await findStanding(reader, person)
  const left = await countRecoveryCodes(reader, person.accountId)
  const waiting = (code: string, params: Waiting['params'] = {}): Waiting => ({
    code,
    params,
    link: OWN_ACCOUNT_PAGE,
    since: now.toISOString(),
  })
  return [
    ...(mustChangePassword ? [waiting('account.password_must_change')] : []),
    ...(hasTotp ? [] : [waiting('account.no_second_factor')]),
    ...(hasTotp && left <= FEW_CODES ? [waiting('account.few_recovery_codes', { left })] : []),
  ]
}
