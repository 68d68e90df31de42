// What a freeze is given beside its plan: progress, words, and the wish to stop.

import type { Progress } from '../progress.ts'
import type { Language, Translate } from '../words.ts'

export interface FreezeTools {
  readonly progress: Progress
  readonly t: Translate
  /** Chinese where nothing is said. */
  readonly lang?: Language
  readonly signal?: AbortSignal
}
