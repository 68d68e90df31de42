// What the page knows, in one place; the views are functions of it.

import type { Check, Fate, Policy, Report } from '@sunlot/draw'
import type { CodeHint } from './credit-code.ts'
import type { Files } from './messages.ts'
import type { Words } from './words.ts'

export type Phase = 'empty' | 'reading' | 'running' | 'done'

/** An answer to "was my firm drawn?". */
export interface Lookup {
  readonly typed: string
  readonly id: string
  readonly hint: CodeHint | undefined
  readonly fate: Fate
}

/** What a page knows before anything was dropped. */
export function emptyState(words: Words): State {
  return {
    words,
    phase: 'empty',
    name: '',
    checks: [],
    policyText: '',
    policyError: '',
    query: '',
    example: false,
  }
}

export interface State {
  words: Words
  phase: Phase
  /** A sentence about what went wrong, where something did. */
  problem?: (words: Words) => string
  name: string
  files?: Files
  checks: Check[]
  report?: Report
  policy?: Policy
  policyText: string
  policyError: string
  query: string
  lookup?: Lookup | 'looking' | 'empty'
  example: boolean
}

/** What the views may ask for. */
export interface Actions {
  drop(transfer: DataTransfer): void
  choose(input: HTMLInputElement): void
  tryExample(): void
  lookUp(typed: string): Promise<void>
  applyPolicy(text: string): void
}
