// 统一社会信用代码 (GB 32100-2015): eighteen characters, the last a check digit over the others.

/** The characters of a code in the order of their values: no I, O, S, V, Z. */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY'

// 3^i mod 31 for i = 0…16.
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28] as const

const VALUES = new Int8Array(128).fill(-1)
for (let i = 0; i < CREDIT_CODE_ALPHABET.length; i++) VALUES[CREDIT_CODE_ALPHABET.charCodeAt(i)] = i

/** The check character of seventeen characters; nothing where one of them is not of the alphabet. */
export function creditCodeCheck(first17: string): string | undefined {
  let sum = 0
  for (let i = 0; i < 17; i++) {
    const value = VALUES[first17.charCodeAt(i)] ?? -1
    if (value < 0) return undefined
    sum += value * (WEIGHTS[i] as number)
  }
  return CREDIT_CODE_ALPHABET[(31 - (sum % 31)) % 31]
}

/** Whether a text is a credit code with its right check digit. Upper case only. */
export function isCreditCode(text: string): boolean {
  return text.length === 18 && creditCodeCheck(text) === text[17]
}

const ID_CARD = /^[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/

/** Whether a text is an eighteen-digit id-card number (GB 11643) with its right check digit. */
export function isIdCardNumber(text: string): boolean {
  if (!ID_CARD.test(text)) return false
  let sum = 0
  for (let i = 0; i < 17; i++) sum += Number(text[i]) * (2 ** (17 - i) % 11)
  return '10X98765432'[sum % 11] === text[17]
}
