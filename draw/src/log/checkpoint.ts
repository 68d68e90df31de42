// C2SP tlog-checkpoint and cosignature/v1: what a log says of itself, and what its witnesses say that they saw, when.

import { compareBytes, concat, utf8 } from '../bytes.ts'
import { sha256 } from '../sha256.ts'
import { publicKeyEd25519, signEd25519, verifyEd25519 } from '../sign/ed25519.ts'

/** A signature line: who, which key (4 bytes), and the bytes after the key id. */
export interface NoteSignature {
  readonly name: string
  readonly keyId: Uint8Array
  readonly value: Uint8Array
}

/** A parsed checkpoint. `body` is the signed text, its last LF included. */
export interface Checkpoint {
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly body: string
  readonly signatures: readonly NoteSignature[]
}

const LOG_KEY = 0x01
const WITNESS_KEY = 0x04

/** Parses a signed checkpoint, or returns nothing where it is none. */
export function parseCheckpoint(text: string): Checkpoint | undefined {
  const cut = text.indexOf('\n\n')
  if (cut < 0 || !text.endsWith('\n')) return undefined
  const body = text.slice(0, cut + 1)
  const [origin, size, root, ...more] = body.slice(0, -1).split('\n')
  if (!origin || !size || !/^(0|[1-9][0-9]{0,15})$/.test(size) || !root || more.length > 0) return undefined
  const rootBytes = fromBase64(root)
  const signatures = text
    .slice(cut + 2, -1)
    .split('\n')
    .map(parseSignature)
  if (rootBytes?.length !== 32 || signatures.some((s) => !s)) return undefined
  return { origin, size: Number(size), root: rootBytes, body, signatures: signatures as NoteSignature[] }
}

/** Whether the log's own key (32 bytes) signed the checkpoint under its origin. */
export function logSigned(checkpoint: Checkpoint, origin: string, key: Uint8Array): boolean {
  if (checkpoint.origin !== origin) return false
  const id = noteKeyId(origin, LOG_KEY, key)
  return checkpoint.signatures.some(
    (s) =>
      s.name === origin &&
      compareBytes(s.keyId, id) === 0 &&
      verifyEd25519(key, utf8(checkpoint.body), s.value),
  )
}

/** When a witness cosigned the checkpoint (unix seconds), or nothing where it validly did not. */
export function cosignedAt(checkpoint: Checkpoint, name: string, key: Uint8Array): number | undefined {
  const id = noteKeyId(name, WITNESS_KEY, key)
  for (const s of checkpoint.signatures) {
    if (s.name !== name || compareBytes(s.keyId, id) !== 0 || s.value.length !== 72) continue
    const at = Number(new DataView(s.value.buffer, s.value.byteOffset, 8).getBigUint64(0))
    if (verifyEd25519(key, cosigned(checkpoint.body, at), s.value.subarray(8))) return at
  }
  return undefined
}

/** What a log signs: origin, size and root, each line with its LF. */
export function checkpointBody(origin: string, size: number, root: Uint8Array): string {
  return `${origin}\n${size}\n${toBase64(root)}\n`
}

/** The text of a checkpoint, signed by the log. */
export function signCheckpoint(
  origin: string,
  size: number,
  root: Uint8Array,
  secretKey: Uint8Array,
): string {
  const body = checkpointBody(origin, size, root)
  const id = noteKeyId(origin, LOG_KEY, publicKeyEd25519(secretKey))
  return `${body}\n${signatureLine(origin, concat(id, signEd25519(secretKey, utf8(body))))}`
}

/** The line by which a witness cosigns a checkpoint at a time (unix seconds). */
export function cosignatureLine(
  checkpointText: string,
  name: string,
  secretKey: Uint8Array,
  at: number,
): string {
  const body = checkpointText.slice(0, checkpointText.indexOf('\n\n') + 1)
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(at))
  const id = noteKeyId(name, WITNESS_KEY, publicKeyEd25519(secretKey))
  return signatureLine(name, concat(id, time, signEd25519(secretKey, cosigned(body, at))))
}

function cosigned(body: string, at: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${at}\n${body}`)
}

/** The 4 bytes by which a signature line names its key. `type` is a C2SP type byte, or the bytes of an unassigned type. */
export function noteKeyId(name: string, type: number | Uint8Array, key: Uint8Array): Uint8Array {
  const typeBytes = typeof type === 'number' ? new Uint8Array([type]) : type
  return sha256(concat(utf8(`${name}\n`), typeBytes, key)).subarray(0, 4)
}

/** A signature line of a note; `bytes` are the 4 of the key id and then the signature. */
export function signatureLine(name: string, bytes: Uint8Array): string {
  return `— ${name} ${toBase64(bytes)}\n`
}

function parseSignature(line: string): NoteSignature | undefined {
  const match = /^— (\S+) (\S+)$/.exec(line)
  const bytes = match ? fromBase64(match[2] as string) : undefined
  if (!match || !bytes || bytes.length < 5) return undefined
  return { name: match[1] as string, keyId: bytes.subarray(0, 4), value: bytes.subarray(4) }
}

/** Standard base64, padded. */
export function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
}

/** The bytes of canonical base64, or nothing where it is not. */
export function fromBase64(text: string): Uint8Array | undefined {
  try {
    const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0))
    return toBase64(bytes) === text ? bytes : undefined
  } catch {
    return undefined
  }
}
