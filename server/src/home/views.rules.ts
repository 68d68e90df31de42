import type { Refusal } from '../platform/refusal.ts'

/** How many views one person keeps: they are all sent at once, and a longer menu helps nobody. */
const MOST_VIEWS = 100

/** Why a person may not save one more view; `kept` is how many he has. */
export function whyNotSave(kept: number): Refusal<'savedView.too_many'> | undefined {
  return kept < MOST_VIEWS ? undefined : { code: 'savedView.too_many', params: { most: MOST_VIEWS } }
}
