// What the database keeps but must not be able to read: encrypted with a key that stands in a file of its own.

import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'

/** Encrypts for one purpose; a text of one purpose does not open under another. */
export interface Secrets {
  /** `v1.` and base64url of nonce, ciphertext and tag (AES-256-GCM). */
  encrypt(plain: string, purpose: string): string
  /** Throws where the text was not encrypted with this key for this purpose. */
  decrypt(cipher: string, purpose: string): string
  /** A key of 32 bytes for one purpose, for what is too long to be encrypted in one piece. */
  keyFor(purpose: string): Buffer
  /** A keyed fingerprint, for finding what is encrypted without opening it. */
  fingerprint(plain: string, purpose: string): Buffer
}

const NONCE = 12
const TAG = 16

/** The secrets of a key file, which is made (mode 0600) where there is none. */
export function openSecrets(file: string): Secrets {
  const key = readKey(file) ?? makeKey(file)
  const keys = new Map<string, Buffer>()
  const derived = (purpose: string): Buffer => {
    const known = keys.get(purpose)
    if (known) return known
    const made = Buffer.from(hkdfSync('sha256', key, '', `sunlot ${purpose}`, 32))
    keys.set(purpose, made)
    return made
  }
  return {
    encrypt(plain, purpose) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv('aes-256-gcm', derived(purpose), nonce)
      const bytes = Buffer.concat([nonce, cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()])
      return `v1.${bytes.toString('base64url')}`
    },
    decrypt(text, purpose) {
      if (!text.startsWith('v1.')) throw new Error('an encrypted text of an unknown version')
      const bytes = Buffer.from(text.slice(3), 'base64url')
      const decipher = createDecipheriv('aes-256-gcm', derived(purpose), bytes.subarray(0, NONCE))
      decipher.setAuthTag(bytes.subarray(-TAG))
      return decipher.update(bytes.subarray(NONCE, -TAG), undefined, 'utf8') + decipher.final('utf8')
    },
    keyFor: derived,
    fingerprint: (plain, purpose) =>
      createHmac('sha256', derived(`fingerprint ${purpose}`))
        .update(plain)
        .digest(),
  }
}

function readKey(file: string): Buffer | undefined {
  try {
    const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64')
    if (key.length !== 32) throw new Error(`${file} does not hold a key of 32 bytes in base64`)
    return key
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function makeKey(file: string): Buffer {
  const key = randomBytes(32)
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
  const handle = openSync(file, 'wx', 0o600)
  writeSync(handle, `${key.toString('base64')}\n`)
  fsyncSync(handle)
  closeSync(handle)
  return key
}
