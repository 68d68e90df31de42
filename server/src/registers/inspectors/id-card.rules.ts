// 公民身份号码 by GB 11643-1999: division, day of birth, a sequence whose last digit is odd for men, and a check character.

import type { Refusal } from '../../platform/refusal.ts'
import type { Sex } from './inspectors.schema.ts'

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
const CHECKS = '10X98765432'

/** Why a text is no number of 18 places; in upper case, without blanks. */
export function whyNotIdCard(text: string): Refusal | undefined {
  if (/^\d{15}$/.test(text)) return { code: 'id_card.of_fifteen_digits' }
  if (!/^\d{17}[\dX]$/.test(text)) return { code: 'id_card.malformed' }
  if (!isDay(text.slice(6, 14))) return { code: 'id_card.no_such_day' }
  return checkOf(text) === text[17] ? undefined : { code: 'id_card.check_character' }
}

/** Why a number does not belong to somebody of a sex: a digit or the sex was mistyped. */
export function whyNotOfSex(idCard: string, sex: Sex): Refusal | undefined {
  return sexIn(idCard) === sex ? undefined : { code: 'id_card.other_sex' }
}

/** The sex that a number states in its seventeenth place. */
export function sexIn(idCard: string): Sex {
  return Number(idCard[16]) % 2 === 1 ? 'male' : 'female'
}

/** The check character of a number's first seventeen places (ISO 7064, MOD 11-2). */
export function checkOf(idCard: string): string {
  const sum = WEIGHTS.reduce((total, weight, at) => total + weight * Number(idCard[at]), 0)
  return CHECKS[sum % 11] ?? ''
}

/** A number as everybody sees it: `990***********001X`. */
export function maskedIdCard(idCard: string): string {
  return `${idCard.slice(0, 3)}${'*'.repeat(11)}${idCard.slice(-4)}`
}

function isDay(digits: string): boolean {
  const day = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) && day >= '1900'
}
