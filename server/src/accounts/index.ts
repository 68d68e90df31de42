// 账号: how a person signs in, and what a session may do.

import type { Route } from '../platform/http/route.ts'
import type { Secrets } from '../platform/secrets.ts'
import type { OidcSettings } from '../platform/settings.ts'
import { accountRoutes } from './accounts.routes.ts'
import { credentialRoutes } from './credentials.routes.ts'
import type { Holding } from './me.store.ts'
import { providerOf } from './oidc.ts'
import { oidcRoutes } from './oidc.routes.ts'
import { sessionRoutes } from './session.routes.ts'

export { type Beginning, bearAdministrators, type Born } from './first-administrators.store.ts'
export { hashPassword } from './password-hash.ts'
export { resetByOperator } from './reset.ts'
export { SESSION_COOKIE } from './session-cookie.ts'
export { endSessionsOfPerson, findPerson, insertSession, type NewSession } from './sessions.store.ts'
export { type Bucket } from './throttle.rules.ts'
export { takeTokens } from './throttle.store.ts'
export { startSweeping } from './sweeping.ts'
export { accountsWaitingFor } from './waiting.ts'

/** What this feature needs of its surroundings. */
export interface AccountsParts {
  readonly secrets: Secrets
  /** How long sessions and re-authentications hold. */
  readonly session: Holding
  readonly oidc: OidcSettings | undefined
}

/** Every operation of this feature. */
export function accountsRoutes({ secrets, session, oidc }: AccountsParts): readonly Route[] {
  const parts = { secrets, holding: session }
  return [
    ...sessionRoutes(parts),
    ...credentialRoutes(parts),
    ...oidcRoutes({ ...parts, provider: oidc && providerOf(oidc) }),
    ...accountRoutes({ secrets, issuer: oidc?.issuer }),
  ]
}

/**
 * Those of them that make their own transactions: a wrong guess must be counted and written down though nothing else is
 * done, and a password is checked for 40 ms without holding a connection.
 */
export const ACCOUNTS_FREE_ACTIONS = [
  'session.signIn',
  'session.reauthenticate',
  'session.giveCode',
  'account.changePassword',
  'oidc.start',
  'oidc.finish',
] as const

/** Which refusal a violated constraint of this feature's tables is. */
export const ACCOUNTS_CONSTRAINTS = {
  account_username_key: 'account.username_taken',
  account_person_id_key: 'account.person_has_one',
  identity_bound_once: 'identity.bound_already',
} as const
