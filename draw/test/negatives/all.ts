// The whole negative set.

import { BYTES } from './bytes.ts'
import { CLOSE } from './close.ts'
import { COMMITMENT } from './commitment.ts'
import { ENDINGS } from './endings.ts'
import { FRESHNESS } from './freshness.ts'
import { GAPS } from './gaps.ts'
import { LOG } from './log.ts'
import type { Negative } from './negative.ts'
import { REGISTER } from './register.ts'
import { RESULTS } from './results.ts'
import { SKIPS } from './skips.ts'
import { SOURCES } from './sources.ts'
import { SUBSTITUTES } from './substitutes.ts'
import { VALUES } from './values.ts'

export const NEGATIVES: readonly Negative[] = [
  ...BYTES,
  ...COMMITMENT,
  ...REGISTER,
  ...SOURCES,
  ...CLOSE,
  ...VALUES,
  ...RESULTS,
  ...LOG,
  ...FRESHNESS,
  ...SKIPS,
  ...SUBSTITUTES,
  ...ENDINGS,
  ...GAPS,
]
