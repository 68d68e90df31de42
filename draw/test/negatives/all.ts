// The whole negative set.

import { BYTES } from './bytes.ts'
import { CLOSE } from './close.ts'
import { COMMITMENT } from './commitment.ts'
import { EVENTS } from './events.ts'
import { GAPS } from './gaps.ts'
import { LOG } from './log.ts'
import type { Negative } from './negative.ts'
import { RANDOMNESS } from './randomness.ts'
import { RESULTS } from './results.ts'

export const NEGATIVES: readonly Negative[] = [
  ...BYTES,
  ...COMMITMENT,
  ...CLOSE,
  ...RANDOMNESS,
  ...RESULTS,
  ...LOG,
  ...EVENTS,
  ...GAPS,
]
