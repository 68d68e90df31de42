// Which passwords are taken. Length counts, and that it is not one of those that are tried first; signs and capitals are
// not demanded, because they make passwords that are written down (NIST SP 800-63B 5.1.1.2).

import type { Refusal } from '../platform/refusal.ts'
import common from './common-passwords.json' with { type: 'json' }

const LEAST_CHARACTERS = 12
// A name of two letters may stand in any password by chance.
const LEAST_NAME = 3

const COMMON: ReadonlySet<string> = new Set(common.passwords)

/** Why a password is not taken: too short, made of the username, or easily guessed. Characters, not bytes, count. */
export function whyNotPassword(
  password: string,
  { username }: { readonly username: string },
): Refusal | undefined {
  const characters = Array.from(password)
  if (characters.length < LEAST_CHARACTERS)
    return { code: 'password.too_short', params: { least: LEAST_CHARACTERS, given: characters.length } }
  const small = password.normalize('NFKC').toLowerCase()
  if (username.length >= LEAST_NAME && small.includes(username.toLowerCase()))
    return { code: 'password.contains_username' }
  return isEasilyGuessed(small) ? { code: 'password.too_common' } : undefined
}

function isEasilyGuessed(small: string): boolean {
  return COMMON.has(small) || isRepetition(small) || isRun(small)
}

/** `abcabcabcabc`, `aaaaaaaaaaaa`: a short text again and again. */
function isRepetition(text: string): boolean {
  return /^(.{1,6}?)\1+.{0,2}$/su.test(text)
}

/** `123456789012`, `abcdefghijkl`, `987654321098`: each character the next, or the one before. */
function isRun(text: string): boolean {
  const codes = Array.from(text, (c) => c.codePointAt(0) ?? 0)
  const steps = codes.slice(1).map((code, at) => {
    const step = code - (codes[at] ?? 0)
    // 9 is followed by 0 where digits go on counting.
    return step === -9 ? 1 : step === 9 ? -1 : step
  })
  return steps.every((step) => step === 1) || steps.every((step) => step === -1)
}
