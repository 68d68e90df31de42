// What is published by law is drafted by one person and decided by another: items and joint items alike.

import type { Refusal } from '../../platform/refusal.ts'

/** Something that is drafted, proposed, decided and ended, as far as that goes. */
export interface LifecycleFacts {
  readonly state: string
  readonly proposedById: string | null
}

/** Why it may not be edited, proposed or discarded: only a draft is open. */
export function whyNotDraft({ state }: Pick<LifecycleFacts, 'state'>): Refusal | undefined {
  return state === 'draft' ? undefined : { code: 'catalogue.not_draft' }
}

/** Why it may not be decided on, either way: nobody proposed it, or the decider himself did. */
export function whyNotDecide(facts: LifecycleFacts, deciderId: string): Refusal | undefined {
  if (facts.state !== 'proposed') return { code: 'catalogue.not_proposed' }
  return facts.proposedById === deciderId ? { code: 'catalogue.own_proposal' } : undefined
}

/** Why it may not be taken back: nobody waits for a decision, or another proposed it. */
export function whyNotWithdraw(facts: LifecycleFacts, viewerId: string): Refusal | undefined {
  if (facts.state !== 'proposed') return { code: 'catalogue.not_proposed' }
  return facts.proposedById === viewerId ? undefined : { code: 'catalogue.not_own_proposal' }
}

/** Why it may not be ended or revised: it is not in force. */
export function whyNotEffective({ state }: Pick<LifecycleFacts, 'state'>): Refusal | undefined {
  return state === 'effective' ? undefined : { code: 'catalogue.not_effective' }
}
