// What somebody still has to do before his session can do anything else.

import type { Refusal } from '../platform/refusal.ts'

/** Set a password of one's own; bind an authenticator app; give its code. */
export type Step = 'changePassword' | 'setUpTotp' | 'giveCode'

/** How a session and the account behind it stand. */
export interface Standing {
  readonly method: 'password' | 'oidc'
  /** A second factor was given in this session, here or at a provider that is trusted so far. */
  readonly secondFactor: boolean
  readonly mustChangePassword: boolean
  readonly hasTotp: boolean
}

/** The steps that are left, in the order in which they are taken. */
export function remainingSteps(standing: Standing): readonly Step[] {
  const { method, secondFactor, mustChangePassword, hasTotp } = standing
  const steps: readonly (Step | false)[] = [
    // Whoever came by the provider did not use the password, and need not have one.
    method === 'password' && mustChangePassword && 'changePassword',
    !secondFactor && (hasTotp ? 'giveCode' : 'setUpTotp'),
  ]
  return steps.filter((step) => step !== false)
}

/** `full` when nothing is left to do. */
export function stageAfter(standing: Standing): 'enrol' | 'full' {
  return remainingSteps(standing).length === 0 ? 'full' : 'enrol'
}

/**
 * Why not bind an authenticator app. Where one is bound already, only somebody who has just proved to be himself may
 * bind another: otherwise a password alone would get around the second factor.
 */
export function whyNotBeginTotp(
  standing: Standing,
  { isReauthenticated }: { readonly isReauthenticated: boolean },
): Refusal | undefined {
  if (!standing.hasTotp) return undefined
  if (!standing.secondFactor) return { code: 'second_factor_needed' }
  return isReauthenticated ? undefined : { code: 'reauthentication_needed' }
}
