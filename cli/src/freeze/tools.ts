// What a freeze is given beside its plan: progress, words, and the wish to stop.

import type { Progress } from '../progress.ts'
import type { Translate } from '../words.ts'

export interface FreezeTools {
  readonly progress: Progress
  readonly t: Translate
  readonly signal?: AbortSignal
}
