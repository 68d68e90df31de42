// The log's key on disk: a file that only its owner reads, made on the first start; and its rotation.

import { canonical, fromHex, toHex, utf8 } from '@sunlot/draw'
import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { readIfThere } from './whole-files.ts'
import { type LogAlg, type LogKey, type LogSigner, signatureIsOf, signerOf } from './signer.ts'

/** Why a key file is not used. */
export class LogKeyRefused extends Error {
  override readonly name = 'LogKeyRefused'
  readonly code: 'key_readable_by_others' | 'key_malformed' | 'key_other_algorithm'

  constructor(code: LogKeyRefused['code'], file: string) {
    super(`${code}: ${file}`)
    this.code = code
  }
}

/** A key that is handed over to its successor, in the words that both sign. Hex throughout; `at` RFC 3339. */
export interface Rotation {
  readonly v: 1
  readonly type: 'log.key.rotation'
  readonly origin: string
  /** From this tree size on checkpoints are signed by the new key. */
  readonly size: number
  readonly at: string
  readonly old: { readonly alg: LogAlg; readonly key: string }
  readonly new: { readonly alg: LogAlg; readonly key: string }
}

/** A rotation with both signatures (128 hex): the text that stands in the log and beside the public keys. */
export interface SignedRotation {
  readonly rotation: Rotation
  readonly by_old: string
  readonly by_new: string
}

/** The signer of a key file; makes it (mode 0600) where there is none. Throws `LogKeyRefused`. */
export async function openLogKey(file: string, alg: LogAlg = 'ed25519'): Promise<LogSigner> {
  const there = await readIfThere(file)
  if (!there) return makeLogKey(file, alg)
  // Windows has no such modes.
  if (process.platform !== 'win32' && ((await stat(file)).mode & 0o077) !== 0)
    throw new LogKeyRefused('key_readable_by_others', file)
  const [, storedAlg, secret] = /^(ed25519|sm2) ([0-9a-f]{64})\n$/.exec(new TextDecoder().decode(there)) ?? []
  if (!storedAlg || !secret) throw new LogKeyRefused('key_malformed', file)
  if (storedAlg !== alg) throw new LogKeyRefused('key_other_algorithm', file)
  return signerOf(alg, secret)
}

/** Makes a new key in a file that must not exist yet. */
export async function makeLogKey(file: string, alg: LogAlg): Promise<LogSigner> {
  // The first byte below 0xff keeps an SM2 secret below the order of the curve.
  const secret = toHex(randomBytes(32).map((byte, i) => (i === 0 && byte === 0xff ? 0x7f : byte)))
  await mkdir(dirname(file), { recursive: true })
  const handle = await open(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600)
  try {
    await handle.writeFile(`${alg} ${secret}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  return signerOf(alg, secret)
}

/** Hands the log over from one key to the next at a tree size: each signs the same text. */
export function rotate(
  from: LogSigner,
  to: LogSigner,
  place: { readonly origin: string; readonly size: number; readonly at: string },
): SignedRotation {
  const rotation: Rotation = {
    v: 1,
    type: 'log.key.rotation',
    ...place,
    old: { alg: from.alg, key: toHex(from.publicKey) },
    new: { alg: to.alg, key: toHex(to.publicKey) },
  }
  const text = rotationText(rotation)
  return { rotation, by_old: toHex(from.sign(text)), by_new: toHex(to.sign(text)) }
}

/** Whether both keys signed the rotation. */
export function rotationHolds({ rotation, by_old, by_new }: SignedRotation): boolean {
  const text = rotationText(rotation)
  return (
    signatureIsOf(keyOf(rotation.old), text, fromHex(by_old)) &&
    signatureIsOf(keyOf(rotation.new), text, fromHex(by_new))
  )
}

/**
 * Which key signs checkpoints of a tree size: the first key, then those that valid rotations lead to, in the order of their
 * sizes. Nothing where a rotation does not hold or starts from another key.
 */
export function keyInForce(
  first: LogKey,
  rotations: readonly SignedRotation[],
  size: number,
): LogKey | undefined {
  let key = first
  let since = 0
  for (const signed of rotations) {
    const { old, size: from } = signed.rotation
    if (from < since || old.key !== toHex(key.key) || !rotationHolds(signed)) return undefined
    if (from > size) return key
    key = keyOf(signed.rotation.new)
    since = from
  }
  return key
}

function keyOf({ alg, key }: Rotation['old']): LogKey {
  return { alg, key: fromHex(key) }
}

function rotationText(rotation: Rotation): Uint8Array {
  return utf8(canonical({ ...rotation, old: { ...rotation.old }, new: { ...rotation.new } }))
}
