// When a declaration counts, and when it may be made and withdrawn.

import type { Refusal } from '../../platform/refusal.ts'

/** A declaration, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface DeclarationFacts {
  readonly from: string | null
  readonly until: string | null
  readonly withdrawnAt: Date | null
}

/** Whether a declaration keeps its inspector from its subject on a day (REQ-REC-1). */
export function isInForce({ from, until, withdrawnAt }: DeclarationFacts, onDay: string): boolean {
  return withdrawnAt === null && (from === null || from <= onDay) && (until === null || onDay <= until)
}

/** Why a declaration cannot stand so: it ends before it begins. */
export function whyNotDeclare({
  from,
  until,
}: {
  readonly from?: string | undefined
  readonly until?: string | undefined
}): Refusal | undefined {
  const isTurned = from !== undefined && until !== undefined && until < from
  return isTurned ? { code: 'declaration.turned_round' } : undefined
}

/** Why a declaration may not be withdrawn: it is. */
export function whyNotWithdraw({ withdrawnAt }: DeclarationFacts): Refusal | undefined {
  return withdrawnAt === null ? undefined : { code: 'declaration.withdrawn_already' }
}
