// The signing port: Ed25519 (C2SP) or SM2 with SM3 behind one shape, the algorithm named in every key id.

import {
  type Checkpoint,
  checkpointBody,
  compareBytes,
  concat,
  cosignedAt,
  fromHex,
  noteKeyId,
  publicKeyEd25519,
  publicKeySm2,
  signatureLine,
  signEd25519,
  signSm2,
  toHex,
  utf8,
  verifySm2,
} from '@sunlot/draw'
import { createPublicKey, verify } from 'node:crypto'

/** The algorithms of a log's or witness's key. */
export type LogAlg = 'ed25519' | 'sm2'

/** A public key: 32 bytes for Ed25519, 65 (uncompressed point) for SM2. */
export interface LogKey {
  readonly alg: LogAlg
  readonly key: Uint8Array
}

/** Whatever holds a secret key and signs with it: a file, or a hardware module. `sign` gives 64 bytes. */
export interface LogSigner {
  readonly alg: LogAlg
  readonly publicKey: Uint8Array
  sign(message: Uint8Array): Uint8Array
}

const ED25519_TYPE = new Uint8Array([0x01])
const ED25519_COSIGNATURE_TYPE = new Uint8Array([0x04])
// C2SP signed-note leaves 0xff to types without a number: a long name follows it, so that no two can be taken for one.
const SM2_TYPE = concat(new Uint8Array([0xff]), utf8('sunlot.example/signed-note/sm2-with-sm3'))
const SM2_COSIGNATURE_TYPE = concat(
  new Uint8Array([0xff]),
  utf8('sunlot.example/cosignature/sm2-with-sm3/v1'),
)
// RFC 8410: what stands before the 32 bytes of an Ed25519 key in its SubjectPublicKeyInfo.
const ED25519_SPKI = fromHex('302a300506032b6570032100')

/** The bytes by which a key id says: a log's own signature by this algorithm. */
export function noteType(alg: LogAlg): Uint8Array {
  return alg === 'sm2' ? SM2_TYPE : ED25519_TYPE
}

/** The bytes by which a key id says: a witness's cosignature by this algorithm. */
export function cosignatureType(alg: LogAlg): Uint8Array {
  return alg === 'sm2' ? SM2_COSIGNATURE_TYPE : ED25519_COSIGNATURE_TYPE
}

/** A signer over a secret that is at hand. `secret`: 64 hex for both algorithms. */
export function signerOf(alg: LogAlg, secret: string): LogSigner {
  if (alg === 'sm2') {
    const sign = (message: Uint8Array): Uint8Array => fromHex(signSm2(secret, message))
    return { alg, publicKey: fromHex(publicKeySm2(secret)), sign }
  }
  const bytes = fromHex(secret)
  return { alg, publicKey: publicKeyEd25519(bytes), sign: (message) => signEd25519(bytes, message) }
}

/** Whether a signature (64 bytes) over a message holds. Never throws. */
export function signatureIsOf({ alg, key }: LogKey, message: Uint8Array, signature: Uint8Array): boolean {
  if (signature.length !== 64) return false
  if (alg === 'sm2') return verifySm2(toHex(key), message, toHex(signature))
  try {
    // Node's own: a log has hundreds of thousands of checkpoints, and the library's pace would be minutes.
    const spki = createPublicKey({ key: Buffer.from(concat(ED25519_SPKI, key)), format: 'der', type: 'spki' })
    return verify(null, message, spki, signature)
  } catch {
    return false
  }
}

/** A checkpoint, signed by the log under its origin (C2SP tlog-checkpoint). */
export function signedNote(origin: string, size: number, root: Uint8Array, signer: LogSigner): string {
  const body = checkpointBody(origin, size, root)
  const id = noteKeyId(origin, noteType(signer.alg), signer.publicKey)
  return `${body}\n${signatureLine(origin, concat(id, signer.sign(utf8(body))))}`
}

/** Whether a key signed the checkpoint under its own origin. */
export function noteIsSignedBy(note: Checkpoint, key: LogKey): boolean {
  const id = noteKeyId(note.origin, noteType(key.alg), key.key)
  return note.signatures.some(
    (s) =>
      s.name === note.origin &&
      compareBytes(s.keyId, id) === 0 &&
      signatureIsOf(key, utf8(note.body), s.value),
  )
}

/** The line by which a witness cosigns a checkpoint (C2SP tlog-cosignature). `at`: unix seconds. */
export function cosignature(note: Checkpoint, name: string, signer: LogSigner, at: number): string {
  const time = new Uint8Array(8)
  new DataView(time.buffer).setBigUint64(0, BigInt(at))
  const id = noteKeyId(name, cosignatureType(signer.alg), signer.publicKey)
  return signatureLine(name, concat(id, time, signer.sign(cosignedText(note, at))))
}

/** When a witness cosigned the checkpoint (unix seconds), or nothing where it validly did not. */
export function witnessedAt(note: Checkpoint, name: string, key: LogKey): number | undefined {
  if (key.alg === 'ed25519') return cosignedAt(note, name, key.key)
  const id = noteKeyId(name, SM2_COSIGNATURE_TYPE, key.key)
  for (const s of note.signatures) {
    if (s.name !== name || compareBytes(s.keyId, id) !== 0 || s.value.length !== 72) continue
    const at = Number(new DataView(s.value.buffer, s.value.byteOffset, 8).getBigUint64(0))
    if (signatureIsOf(key, cosignedText(note, at), s.value.subarray(8))) return at
  }
  return undefined
}

function cosignedText(note: Checkpoint, at: number): Uint8Array {
  return utf8(`cosignature/v1\ntime ${at}\n${note.body}`)
}
