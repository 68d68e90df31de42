// A unified social credit code as people type it: full width, lower case, spaced; and what may be wrong with it.

import { creditCodeCheck } from '@sunlot/draw'

/** What may be wrong with a code; a hint, never a reason not to look it up. */
export type CodeHint =
  | { readonly key: 'letters'; readonly letters: string }
  | { readonly key: 'length'; readonly n: number }
  | { readonly key: 'check_digit'; readonly expected: string }

/** Half width, upper case, without spaces. */
export function normalizeCode(typed: string): string {
  return typed
    .normalize('NFKC')
    .replace(/[\s\u200b\ufeff-]/g, '')
    .toUpperCase()
}

/** The first thing that speaks against a normalised code. */
export function hintOf(code: string): CodeHint | undefined {
  if (code.length !== 18) return { key: 'length', n: code.length }
  const letters = [...new Set(code)].filter((c) => /[IOSVZ]/.test(c)).join('、')
  if (letters) return { key: 'letters', letters }
  const expected = creditCodeCheck(code)
  return expected === undefined || expected === code[17] ? undefined : { key: 'check_digit', expected }
}
