// What the doctor says of one thing: `doctor.<id>.<state>` of `words/…/operations.json` is the sentence.

import type { Params } from '../../platform/refusal.ts'

/** ok: as it should be. warning: somebody should look. fault: must be mended. skipped: could not, or need not, be asked. */
export type FindingState = 'ok' | 'warning' | 'fault' | 'skipped'

/** One thing that was looked at. */
export interface Finding {
  readonly id: string
  readonly state: FindingState
  readonly params: Params
}

/** A finding; parameters as its sentence has them. */
export function finding(id: string, state: FindingState, params: Params = {}): Finding {
  return { id, state, params }
}
