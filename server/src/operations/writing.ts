// Whether anything may be written now, and what.

import type { Refusal } from '../platform/refusal.ts'
import type { WhyReadOnly } from './guard.ts'
import type { Vitals } from './vitals.ts'

/** Why every request that writes is turned away. */
export function whyReadOnly({ log, space }: Pick<Vitals, 'log' | 'space'>): WhyReadOnly | undefined {
  if (log.status.state === 'readOnly') return 'log_rolled_back'
  return space.low ? 'low_disk' : undefined
}

/**
 * Why one act may not be recorded, whoever does it, a job too: nothing after a rollback, each event lengthens a false log;
 * and nothing that bears a time while nobody knows what time it is.
 */
export function whyNotWrite(
  { log, clocks }: Pick<Vitals, 'log' | 'clocks'>,
  action: string,
): Refusal | undefined {
  if (log.status.state === 'readOnly') return { code: 'read_only', params: { why: 'log_rolled_back' } }
  if (!clocks.skewed || DESPITE_CLOCKS.test(action)) return undefined
  return { code: 'clock_skew', params: { seconds: clocks.seconds } }
}

/** People may still sign in, to read and to see why; and an alarm is raised whatever the time. */
const DESPITE_CLOCKS = /^(?:session\.|log\.alarm$)/
