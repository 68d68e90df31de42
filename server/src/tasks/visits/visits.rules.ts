// 检查频次台账: when a visit may be declared, and when it may be taken back (2.4).

import { codesOn, type Law } from '../../law/index.ts'
import type { Refusal } from '../../platform/refusal.ts'

/** A visit, as far as decisions about it go. */
export interface VisitFacts {
  readonly source: string
  readonly withdrawnAt: Date | null
  readonly confirmedAt: Date | null
  readonly enteredById: string | null
}

/** What shows a visit, as it was brought. */
export interface EvidenceFacts {
  readonly purpose: string
  readonly authorityId: string
  readonly uploadedById: string
  readonly isUsed: boolean
}

/**
 * Why a visit may not be declared: it has not been yet, nothing shows it that the declarer brought for it, or it is said not to
 * count without a ground or what is in the paper. Days as YYYY-MM-DD.
 */
export function whyNotDeclare(
  visit: {
    readonly authorityId: string
    readonly onDay: string
    readonly exemptionGround?: string | null | undefined
    readonly evidence?: string | null | undefined
  },
  shown: EvidenceFacts | undefined,
  { law, today, declarerId }: { readonly law: Law; readonly today: string; readonly declarerId: string },
): Refusal | undefined {
  const { onDay, exemptionGround: ground, evidence, authorityId } = visit
  if (onDay > today) return { code: 'visit.not_yet', params: { today } }
  const isHis =
    shown?.uploadedById === declarerId && shown.purpose === 'visit' && shown.authorityId === authorityId
  if (!isHis) return { code: 'visit.evidence_unknown' }
  if (shown.isUsed) return { code: 'visit.evidence_used' }
  if (ground === undefined || ground === null) return undefined
  const known = codesOn(law, 'frequency-exemptions', onDay).some(({ code }) => code === ground)
  if (!known) return { code: 'visit.ground_unknown', params: { ground } }
  return evidence === undefined || evidence === null ? { code: 'visit.evidence_needed' } : undefined
}

/** Why somebody may not confirm a visit: it is none that waits for it, or he declared it himself. */
export function whyNotConfirm(visit: VisitFacts, deciderId: string): Refusal | undefined {
  const early = whyNotWithdraw(visit)
  if (early) return early
  if (visit.confirmedAt !== null) return { code: 'visit.confirmed_already' }
  return visit.enteredById === deciderId ? { code: 'visit.own_declaration' } : undefined
}

/** Whether a visit takes its subject out of a draw: it stands, and somebody else has confirmed what was declared. */
export function takesOut({ source, withdrawnAt, confirmedAt }: VisitFacts): boolean {
  return withdrawnAt === null && (source === 'task' || confirmedAt !== null)
}

/** Why a visit may not be taken back: it is, or an inspection wrote it. */
export function whyNotWithdraw({ source, withdrawnAt }: VisitFacts): Refusal | undefined {
  if (source === 'task') return { code: 'visit.of_task' }
  return withdrawnAt === null ? undefined : { code: 'visit.withdrawn_already' }
}
