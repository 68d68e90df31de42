// Who may do what to somebody's account.

import type { Refusal } from '../platform/refusal.ts'

/** An account, as far as decisions about it go. */
export interface AccountFacts {
  readonly personId: string
  readonly state: 'active' | 'suspended'
  /** Whether its person holds, or is to hold, a role that decides (`DECIDERS`). */
  readonly decides: boolean
}

/** Why an account may not be suspended: it is one's own, or it is suspended. */
export function whyNotSuspend(account: AccountFacts, actorId: string | undefined): Refusal | undefined {
  if (account.personId === actorId) return { code: 'account.own' }
  return account.state === 'suspended' ? { code: 'account.suspended' } : undefined
}

/** Why an account may not be resumed: it is one's own, or it is not suspended. */
export function whyNotResume(account: AccountFacts, actorId: string | undefined): Refusal | undefined {
  if (account.personId === actorId) return { code: 'account.own' }
  return account.state === 'active' ? { code: 'account.active' } : undefined
}

/**
 * Why an account may not be given other credentials. Whoever resets one can for a moment sign in to it; so nobody resets
 * that of somebody who decides, and is both proposer and decider that way (I16): that is done at the server itself.
 */
export function whyNotReset(account: AccountFacts, actorId: string | undefined): Refusal | undefined {
  if (account.personId === actorId) return { code: 'account.own' }
  return account.decides ? { code: 'account.of_decider' } : undefined
}
