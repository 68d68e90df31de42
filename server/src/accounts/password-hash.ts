// Passwords as they are kept: argon2id (RFC 9106), with its parameters in this one place.

import { hash, type Options, parseOptions, verify } from '@node-rs/argon2'

// Above the least that OWASP's Password Storage Cheat Sheet asks for (19 MiB, 2 passes, 1 lane). Algorithm 2 is argon2id.
const PARAMETERS = {
  algorithm: 2,
  memoryCost: 19_456,
  timeCost: 3,
  parallelism: 1,
} as const satisfies Options

let nobodys: Promise<string> | undefined

/** A password's hash, with a salt of its own. */
export function hashPassword(password: string): Promise<string> {
  return hash(normalised(password), PARAMETERS)
}

/**
 * Whether a password belongs to a hash. Where there is no hash (nobody has the username), the same work is done on
 * nobody's, so that the time tells nothing.
 */
export async function isPasswordOf(kept: string | undefined, password: string): Promise<boolean> {
  nobodys ??= hashPassword('nobody has this password')
  const fits = await verify(kept ?? (await nobodys), normalised(password))
  return fits && kept !== undefined
}

/** Whether a hash was made with weaker parameters than today's. */
export function isOutdated(kept: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(kept)
  return (
    memoryCost < PARAMETERS.memoryCost ||
    timeCost < PARAMETERS.timeCost ||
    parallelism < PARAMETERS.parallelism
  )
}

/** One character that two keyboards write in two ways is one character (RFC 8265 does the same). */
function normalised(password: string): string {
  return password.normalize('NFKC')
}
