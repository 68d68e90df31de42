import type { Refusal } from '../platform/refusal.ts'

/** Why a job cannot be cancelled. */
export function whyNotCancel({ state }: { readonly state: string }): Refusal<'job.over'> | undefined {
  return state === 'waiting' || state === 'running' ? undefined : { code: 'job.over' }
}

/** Why a clock cannot be set to a moment. `kind` is that of the database. */
export function whyNotSetClock(
  kind: string,
  { now, to }: { readonly now: Date; readonly to: Date },
): Refusal<'clock.real' | 'clock.no_such_moment' | 'clock.backwards'> | undefined {
  if (kind !== 'simulated') return { code: 'clock.real' }
  // A leap second is written down like any other moment, but no clock here has it.
  if (Number.isNaN(to.getTime())) return { code: 'clock.no_such_moment' }
  return to.getTime() < now.getTime() ? { code: 'clock.backwards' } : undefined
}
