// What the page asks of the engine, and what the engine answers; the same in a worker and on the page's own thread.

import type { Check, Fate, Policy, Report } from '@sunlot/draw'

/** A bundle's files by name, "/" between folders. */
export type Files = ReadonlyMap<string, Uint8Array>

export type Question =
  | { readonly ask: 'verify'; readonly files: Files; readonly policy?: Policy }
  | { readonly ask: 'explain'; readonly id: string }

export type Answer =
  | { readonly is: 'check'; readonly check: Check }
  | { readonly is: 'report'; readonly report: Report }
  | { readonly is: 'fate'; readonly fate: Fate }
  | { readonly is: 'failed'; readonly error: string }
