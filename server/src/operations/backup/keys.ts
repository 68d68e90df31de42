// Keys are not in a backup: who finds one would read every second factor and could sign in the log's name. They go into a
// file of their own, encrypted with a passphrase.

import { createCipheriv, createDecipheriv, createHash, randomBytes, scryptSync } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OperationRefused } from '../words.ts'

/** Key files by their path below the settings' folder. */
export type KeyFiles = ReadonlyMap<string, Buffer>

const FOLDERS = ['keys', 'tls'] as const
const COST = { N: 1 << 17, r: 8, p: 1, maxmem: 256 << 20 } as const
const SHORTEST_PASSPHRASE = 12

interface Sealed {
  readonly v: 1
  readonly kind: 'sunlot-keys'
  readonly salt: string
  readonly nonce: string
  readonly tag: string
  readonly sealed: string
}

/** The key files of a folder. */
export function readKeys(folder: string): KeyFiles {
  return new Map(
    FOLDERS.flatMap((name) => {
      const path = join(folder, name)
      const files = existsSync(path) ? readdirSync(path).toSorted() : []
      return files.map((file) => [`${name}/${file}`, readFileSync(join(path, file))] as const)
    }),
  )
}

/** SHA-256 of each key that the database depends on. */
export function fingerprintsOf(keys: KeyFiles): Readonly<Record<string, string>> {
  const needed = [...keys].filter(([name]) => name.startsWith('keys/'))
  return Object.fromEntries(
    needed.map(([name, bytes]) => [name, createHash('sha256').update(bytes).digest('hex')]),
  )
}

/** Writes the keys, encrypted, into a file that must not exist. */
export function exportKeys(keys: KeyFiles, file: string, passphrase: string | undefined): void {
  const salt = randomBytes(16)
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(passphrase, salt), nonce)
  const plain = JSON.stringify(
    Object.fromEntries([...keys].map(([name, bytes]) => [name, bytes.toString('base64')])),
  )
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
  const whole: Sealed = {
    v: 1,
    kind: 'sunlot-keys',
    salt: salt.toString('base64'),
    nonce: nonce.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    sealed: sealed.toString('base64'),
  }
  if (existsSync(file)) throw new OperationRefused('backup_exists', { file })
  writeFileSync(file, `${JSON.stringify(whole)}\n`, { mode: 0o600, flag: 'wx', flush: true })
}

/** The keys of such a file. Throws OperationRefused `passphrase_wrong`. */
export function importKeys(file: string, passphrase: string | undefined): KeyFiles {
  if (!existsSync(file)) throw new OperationRefused('backup_missing', { file })
  try {
    const whole = JSON.parse(readFileSync(file, 'utf8')) as Sealed
    const bytes = (text: string): Buffer => Buffer.from(text, 'base64')
    const decipher = createDecipheriv('aes-256-gcm', keyOf(passphrase, bytes(whole.salt)), bytes(whole.nonce))
    decipher.setAuthTag(bytes(whole.tag))
    const plain = Buffer.concat([decipher.update(bytes(whole.sealed)), decipher.final()]).toString('utf8')
    const files = Object.entries(JSON.parse(plain) as Record<string, string>)
    return new Map(files.map(([name, text]) => [name, bytes(text)]))
  } catch (cause) {
    if (cause instanceof OperationRefused) throw cause
    throw new OperationRefused('passphrase_wrong', {}, { cause })
  }
}

/** Puts keys into a folder, each readable by its owner alone; one that is there already stays. */
export function placeKeys(keys: KeyFiles, folder: string): void {
  for (const [name, bytes] of keys) {
    const path = join(folder, name)
    if (!/^(?:keys|tls)\/[a-z.]+$/.test(name) || existsSync(path)) continue
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(path, bytes, { mode: 0o600, flag: 'wx', flush: true })
  }
}

function keyOf(passphrase: string | undefined, salt: Buffer): Buffer {
  if (passphrase === undefined || passphrase.length < SHORTEST_PASSPHRASE)
    throw new OperationRefused('passphrase_missing')
  return scryptSync(passphrase.normalize('NFC'), salt, 32, COST)
}
