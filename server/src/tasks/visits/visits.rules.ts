// 检查频次台账: when a visit may be declared, and when it may be taken back (2.4).

import { codesOn, type Law } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** A visit, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface VisitFacts {
  readonly taskId: string | null
  readonly withdrawnAt: Date | null
}

/** Why a visit may not be declared: it has not been yet, or it is said not to count without a ground or what shows it. */
export function whyNotDeclare(
  visit: {
    readonly onDay: string
    readonly exemptionGround?: string | null | undefined
    readonly evidence?: string | null | undefined
  },
  law: Law,
  today: string,
): Refusal | undefined {
  const { onDay, exemptionGround: ground, evidence } = visit
  if (onDay > today) return { code: 'visit.not_yet', params: { today } }
  if (ground === undefined || ground === null) return undefined
  const known = codesOn(law, 'frequency-exemptions', onDay).some(({ code }) => code === ground)
  if (!known) return { code: 'visit.ground_unknown', params: { ground } }
  return evidence === undefined || evidence === null ? { code: 'visit.evidence_needed' } : undefined
}

/** Why a visit may not be taken back: it is, or an inspection wrote it. */
export function whyNotWithdraw({ taskId, withdrawnAt }: VisitFacts): Refusal | undefined {
  if (taskId !== null) return { code: 'visit.of_task' }
  return withdrawnAt === null ? undefined : { code: 'visit.withdrawn_already' }
}
