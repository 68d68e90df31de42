// 许可: when a licence may be changed, and whom it makes a supervisor (谁审批、谁监管).

import type { Refusal } from '../../platform/refusal.ts'

/** A licence, as far as decisions about it go. Days as YYYY-MM-DD. */
export interface LicenceFacts {
  readonly validFrom: string | null
  readonly validUntil: string | null
  readonly revokedOn: string | null
}

/** Why a licence may not be changed: it is revoked. */
export function whyNotChangeLicence({ revokedOn }: Pick<LicenceFacts, 'revokedOn'>): Refusal | undefined {
  return revokedOn === null ? undefined : { code: 'licence.revoked', params: { on: revokedOn } }
}

/** Why days cannot be those of a licence. */
export function whyNotDays({
  validFrom,
  validUntil,
}: Partial<Pick<LicenceFacts, 'validFrom' | 'validUntil'>>): Refusal | undefined {
  return validFrom && validUntil && validUntil < validFrom
    ? { code: 'licence.ends_before_it_begins' }
    : undefined
}

/** Supervision, as far as the end of a licence moves it. */
export interface SupervisionFacts {
  readonly authorityIds: readonly string[]
  readonly authorityId: string
  /** Whether the authority has another licence of this subject in force. */
  readonly hasOther: boolean
  /** Whether it came to supervise the subject by a licence, and by nothing else. */
  readonly byLicence: boolean
}

/**
 * Who supervises a subject when a licence has ended. An authority that had been made competent otherwise stays, and so does
 * the last one: nobody is left without supervision (避免监管真空).
 */
export function supervisorsWithout({
  authorityIds,
  authorityId,
  hasOther,
  byLicence,
}: SupervisionFacts): readonly string[] {
  if (hasOther || !byLicence || authorityIds.length < 2) return authorityIds
  return authorityIds.filter((id) => id !== authorityId)
}

/** Why a licence may not end on a day. */
export function whyNotRevokeOn(on: string, today: string): Refusal | undefined {
  return on > today ? { code: 'day_in_future', params: { day: on } } : undefined
}
