// The life of a plan: drafted, reviewed by a second person, published, filed, and at the end of its year closed.

import { type Steps, whyNotStep } from '../../platform/steps.ts'
import type { Refusal } from '../../platform/refusal.ts'
import type { PlanState } from '../shapes.ts'

/** edit: also its lines, invitations and imported tables. */
export type PlanCommand =
  | 'edit'
  | 'propose'
  | 'discard'
  | 'withdraw'
  | 'return'
  | 'approve'
  | 'publish'
  | 'submit'
  | 'file'
  | 'amend'
  | 'close'

export const PLAN_STEPS: Steps<PlanState, PlanCommand> = {
  draft: { edit: 'draft', propose: 'inReview', discard: 'discarded' },
  inReview: { withdraw: 'draft', return: 'draft', approve: 'approved' },
  approved: { return: 'draft', publish: 'published', submit: 'approved', file: 'approved' },
  published: { submit: 'published', file: 'published', amend: 'published', close: 'closed' },
  closed: {},
  discarded: {},
}

/** Why a command cannot be given to a plan in its state. */
export function whyNotPlanStep(
  { state }: { readonly state: PlanState },
  command: PlanCommand,
): Refusal | undefined {
  return whyNotStep(PLAN_STEPS, state, command, 'plan.not_in_this_state')
}
