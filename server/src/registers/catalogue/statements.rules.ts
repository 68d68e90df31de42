// 不适宜双随机事项的书面说明: what stands in it, and who may receive it (REQ-ITEM-5).

import type { Refusal } from '../../platform/refusal.ts'

/** An item that is unsuitable for double-random, as the statement freezes it. */
export interface UnsuitableItem {
  readonly id: string
  readonly code: string
  readonly name: string
  readonly subItem: string | null
  readonly object: string
  readonly reason: string
  readonly bases: readonly string[]
}

/** A statement, as far as decisions about it go. */
export interface StatementFacts {
  readonly state: string
  readonly submittedById: string
}

/** Why there is nothing to state, or another statement of the authority is still on its way. */
export function whyNotState(items: readonly UnsuitableItem[], hasOpen: boolean): Refusal | undefined {
  if (hasOpen) return { code: 'statement.open_already' }
  return items.length === 0 ? { code: 'statement.nothing_unsuitable' } : undefined
}

/** Why a statement may not be received or returned: it was decided on, or the receiver submitted it. */
export function whyNotReceive(
  { state, submittedById }: StatementFacts,
  receiverId: string,
): Refusal | undefined {
  if (state !== 'submitted') return { code: 'statement.decided_already' }
  return submittedById === receiverId ? { code: 'catalogue.own_proposal' } : undefined
}
