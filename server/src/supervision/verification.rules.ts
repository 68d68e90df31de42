import type { VerifyReport } from '../platform/log/index.ts'

/** What the job of a verification gives: all three reports, each with its first faults. */
export interface Verification {
  readonly holds: boolean
  /** How many things do not hold, in all. */
  readonly faults: number
  readonly reports: readonly VerifyReport[]
}

/** Faults of one report that are kept with the job; the command gives all. */
const KEPT_FAULTS = 100

/** Sums reports up. */
export function verificationOf(reports: readonly VerifyReport[]): Verification {
  return {
    holds: reports.every(({ holds }) => holds),
    faults: reports.reduce((sum, { faults, left_out }) => sum + faults.length + left_out, 0),
    reports: reports.map((report) => ({
      ...report,
      faults: report.faults.slice(0, KEPT_FAULTS),
      left_out: report.left_out + Math.max(0, report.faults.length - KEPT_FAULTS),
    })),
  }
}

// China has one time zone and no summer time.
const CHINA_IS_AHEAD_HOURS = 8
const NIGHT_BEGINS_AT = 3

/** Whether the verification of this legal day is due: from three in the morning on. */
export function isVerificationDue(now: Date): boolean {
  return (now.getUTCHours() + CHINA_IS_AHEAD_HOURS) % 24 >= NIGHT_BEGINS_AT
}
