// A unified social credit code as people type it: full width, lower case, spaced; and its check digit (GB 32100).

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

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
  const expected = checkDigit(code)
  return expected === undefined || expected === code[17] ? undefined : { key: 'check_digit', expected }
}

function checkDigit(code: string): string | undefined {
  let sum = 0
  let weight = 1
  for (const c of code.slice(0, 17)) {
    const value = ALPHABET.indexOf(c)
    if (value < 0) return undefined
    sum += value * weight
    weight = (weight * 3) % 31
  }
  return ALPHABET[(31 - (sum % 31)) % 31]
}
