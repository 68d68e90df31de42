// When the row of an expert or of support staff may be changed.

import type { Refusal } from '../../platform/refusal.ts'

/** Why an authority may take up no expert: it is closed. */
export function whyNotAdd({ closedOn }: { readonly closedOn: string | null }): Refusal | undefined {
  return closedOn === null ? undefined : { code: 'authority.closed', params: { on: closedOn } }
}

/** Why an expert may not be changed: he is in the register no more. */
export function whyNotChangeExpert({ endedOn }: { readonly endedOn: string | null }): Refusal | undefined {
  return endedOn === null ? undefined : { code: 'expert.ended', params: { on: endedOn } }
}

/** Why an expert may not leave the register on a day. */
export function whyNotEndExpert(
  expert: { readonly endedOn: string | null },
  { on, today }: { readonly on: string; readonly today: string },
): Refusal | undefined {
  return on > today ? { code: 'day_in_future', params: { day: on } } : whyNotChangeExpert(expert)
}
