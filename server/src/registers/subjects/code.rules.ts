// The code of a subject as people and systems write it → the one spelling under which it is kept, or why it is none.

import {
  isCreditCode,
  isIdCardNumber,
  isNullWord,
  isRegistrationNumber,
  registrationCheckHolds,
} from '@sunlot/draw'

/** What a cell that should hold a code holds instead. */
export const CODE_DEFECTS = ['missing', 'nullWord', 'idCard', 'badCheckDigit', 'malformed'] as const
export type CodeDefect = (typeof CODE_DEFECTS)[number]

/**
 * What somebody should look at. The first two are kept with the subject; the others say how it was written and stand in the
 * report of an import alone.
 */
export const CODE_FLAGS = [
  'registrationCheckDigit',
  'idCardLike',
  'lowerCase',
  'fullWidth',
  'blanks',
] as const
export type CodeFlag = (typeof CODE_FLAGS)[number]

const KEPT: ReadonlySet<CodeFlag> = new Set(['registrationCheckDigit', 'idCardLike'])

/** A code that may be entered: half width, upper case, without blanks. */
export interface SoundCode {
  readonly code: string
  /** 统一社会信用代码, or an older 注册号. */
  readonly kind: 'uscc' | 'registrationNumber'
  readonly flags: readonly CodeFlag[]
}
export type JudgedCode = SoundCode | { readonly defect: CodeDefect }

const NO_FLAGS: readonly CodeFlag[] = []
const PLAIN = /^[0-9A-Z]{13,18}$/
// Whatever is not seen: white space, zero-width and direction marks, soft hyphens.
const UNSEEN = /[\s\p{Cf}\p{Zs}]/gu
// A quote before a number is how a spreadsheet keeps it a text.
const QUOTE = /^'(?=[0-9A-Za-z])/
const EIGHTEEN = /^[0-9A-Z]{18}$/
// 320506 NA 000043 X: what registrars gave co-operatives (农民专业合作社) before credit codes. Its end is no check digit.
const COOPERATIVE = /^\d{6}N[AB]\d{6}X$/
// 330106 680213 001: an id-card number of before 1999. Its month and day are months and days.
const OLD_ID_CARD = /^[1-8]\d{5}\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}$/

/**
 * Judges what stands in a column of codes. A credit code needs its check digit (GB 32100). A registration number of 13 to 15
 * characters is always taken: registers hold true ones with a wrong check digit, which are flagged. An id-card number is told
 * apart, because it must not enter the register as a code (threat I17).
 */
export function judgeCode(text: string): JudgedCode {
  if (PLAIN.test(text) && isCreditCode(text) && !isPersons(text))
    return { code: text, kind: 'uscc', flags: NO_FLAGS }
  const { code, flags } = respelt(text)
  if (code === '') return { defect: 'missing' }
  if (isPersons(code)) return { defect: 'idCard' }
  if (isCreditCode(code)) return { code, kind: 'uscc', flags }
  if (COOPERATIVE.test(code)) return { code, kind: 'registrationNumber', flags }
  if (isRegistrationNumber(code))
    return { code, kind: 'registrationNumber', flags: [...doubts(code), ...flags] }
  if (isNullWord(code)) return { defect: 'nullWord' }
  return { defect: EIGHTEEN.test(code) ? 'badCheckDigit' : 'malformed' }
}

/** Those of the flags that stay with the subject. */
export function keptFlags(flags: readonly CodeFlag[]): readonly CodeFlag[] {
  return flags.filter((flag) => KEPT.has(flag))
}

function respelt(text: string): { readonly code: string; readonly flags: readonly CodeFlag[] } {
  const narrow = text.normalize('NFKC')
  const bare = narrow.replaceAll(UNSEEN, '').replace(QUOTE, '')
  const code = bare.toUpperCase()
  if (code === text) return { code, flags: NO_FLAGS }
  const flags: CodeFlag[] = []
  if (code !== bare) flags.push('lowerCase')
  if (narrow !== text.normalize('NFC')) flags.push('fullWidth')
  if (bare !== narrow) flags.push('blanks')
  return { code, flags }
}

// Of a number that is both, nine begins the codes of businesses, and a credit code with a birthday in it is rare otherwise.
function isPersons(code: string): boolean {
  return isIdCardNumber(code) && !(code.startsWith('9') && isCreditCode(code))
}

function doubts(code: string): readonly CodeFlag[] {
  if (registrationCheckHolds(code)) return NO_FLAGS
  return OLD_ID_CARD.test(code) ? ['registrationCheckDigit', 'idCardLike'] : ['registrationCheckDigit']
}
