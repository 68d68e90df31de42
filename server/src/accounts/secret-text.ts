// Secrets that a person reads off a screen or a sheet once: initial passwords and recovery codes.

import { createHash, randomBytes } from 'node:crypto'

// Without i, l, o and u, which are taken for others or make words (Crockford's base 32, in small letters).
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'
const CHARACTERS = 16

/** 80 random bits as four groups of four: `k7mq-2vxa-9tnw-hc4e`. */
export function newSecretText(): string {
  const characters = Array.from(randomBytes(CHARACTERS), (byte) => ALPHABET[byte & 31])
  return (characters.join('').match(/.{4}/g) ?? []).join('-')
}

/** SHA-256 of what was typed, whatever its case and spacing: enough for 80 random bits, which nobody can try out. */
export function hashOfSecretText(typed: string): Buffer {
  return createHash('sha256').update(bare(typed)).digest()
}

/** Whether what was typed has the shape of a secret text rather than of a six-digit code. */
export function isSecretText(typed: string): boolean {
  return bare(typed).length === CHARACTERS
}

function bare(typed: string): string {
  return typed.toLowerCase().replaceAll(/[\s-]/g, '')
}
