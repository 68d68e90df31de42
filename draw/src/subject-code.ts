// The codes by which subjects are known, and what else stands in their column. The arithmetic of all of them is here, once.

/** The characters of a credit code (GB 32100-2015) in the order of their values: no I, O, S, V, Z. */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

// 3^i mod 31 for i = 0…16.
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < CREDIT_CODE_ALPHABET.length; i++) VALUES[CREDIT_CODE_ALPHABET.charCodeAt(i)] = i

/** The check character of seventeen characters (mod 31); nothing where one of them is not of the alphabet. */
export function creditCodeCheck(first17: string): string | undefined {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const value = VALUES[first17.charCodeAt(i)] ?? -1
    if (value < 0) return undefined
    sum += value * (WEIGHTS[i] as number)
  }
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31]
}

/** Whether a text is a credit code (统一社会信用代码) with its right check digit. Upper case only. */
export function isCreditCode(text: string): boolean {
  return text.length === 18 && creditCodeCheck(text) === text[17]
}

const REGISTRATION_NUMBER = /^[0-9]{13,15}$/

/** Whether a text has the form of an older registration number (注册号): 13 to 15 digits. */
export function isRegistrationNumber(text: string): boolean {
  return REGISTRATION_NUMBER.test(text)
}

/**
 * Whether the last of fifteen digits is the check digit of the first fourteen (GB/T 17710, MOD 11,10). Numbers of thirteen
 * and fourteen digits are older than the check digit: nothing can be said of them, and `true` is answered.
 */
export function registrationCheckHolds(text: string): boolean {
  if (text.length !== 15) return true
  let product = 10
  for (let i = 0; i < 14; i++) {
    const sum = (product + text.charCodeAt(i) - 48) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (product + text.charCodeAt(14) - 48) % 10 === 1
}

const ID_CARD = /^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/

/** Whether a text is an eighteen-digit id-card number (GB 11643) with its right check digit. */
export function isIdCardNumber(text: string): boolean {
  if (!ID_CARD.test(text)) return false
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(text[i]) * (2 ** (17 - i) % 11)
  return '10X98765432'[sum % 11] === text[17]
}

/** Words that offices and their databases write for "nothing". */
const NULL_WORDS = new Set(
  'N/A NA #N/A NULL NONE NIL NAN UNDEFINED - -- — —— / \\ ? 无 暂无 没有 空 未知 不详 未提供 \\N (NULL) <NULL>'.split(
    ' ',
  ),
)

/** Whether a cell says "nothing". */
export function isNullWord(cell: string): boolean {
  return NULL_WORDS.has(cell.trim().toUpperCase())
}

const BLANKS = /[\s\u200b-\u200f\u2060\ufeff]/g
const WIDE = /[\uff01-\uff5e]/g

/** A text without blanks of any kind, the invisible ones among them. */
export function withoutBlanks(text: string): string {
  return text.replaceAll(BLANKS, '')
}

/** A text with its full-width letters, digits and signs in half width. */
export function halfWidth(text: string): string {
  return text.replaceAll(WIDE, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
}
