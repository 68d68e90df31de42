import { parseCheckpoint, toHex, treeRoot, utf8 } from '@sunlot/draw'
import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  keyInForce,
  LogKeyRefused,
  makeLogKey,
  openLogKey,
  rotate,
  rotationHolds,
} from '../../src/platform/log/keys.ts'
import { type LogPolicy, signedByLog, witnessesOf } from '../../src/platform/log/policy.ts'
import {
  cosignature,
  type LogAlg,
  noteIsSignedBy,
  signatureIsOf,
  signedNote,
  signerOf,
  witnessedAt,
} from '../../src/platform/log/signer.ts'
import { leavesOf, ORIGIN, temporaryFolder } from './kit.ts'

const root = treeRoot(
  'sha256',
  leavesOf(0, 3).map(({ hash }) => hash),
)
const [first, second, third] = ['1', '2', '3'].map((digit) => signerOf('ed25519', digit.repeat(64)))
const keyOf = ({ alg, publicKey }: { alg: LogAlg; publicKey: Uint8Array }) => ({ alg, key: publicKey })
const get = (text: string) => parseCheckpoint(text) ?? expect.fail('no checkpoint')

describe('the signing port', () => {
  it.each(['ed25519', 'sm2'] as const)(
    'signs and cosigns with %s, and the key id names the algorithm',
    (alg) => {
      const log = signerOf(alg, '4'.repeat(64))
      const witness = signerOf(alg, '5'.repeat(64))
      const plain = signedNote(ORIGIN, 3, root, log)
      const note = get(plain + cosignature(get(plain), 'witness-1', witness, 1_795_395_000))
      expect(noteIsSignedBy(note, keyOf(log))).toBe(true)
      expect(noteIsSignedBy(note, keyOf(witness))).toBe(false)
      expect(witnessedAt(note, 'witness-1', keyOf(witness))).toBe(1_795_395_000)
      expect(witnessedAt(note, 'witness-2', keyOf(witness))).toBeUndefined()
      expect(witnessedAt(note, 'witness-1', keyOf(log))).toBeUndefined()
      const larger = get(signedNote(ORIGIN, 3, root, log).replace('\n3\n', '\n4\n'))
      expect(noteIsSignedBy(larger, keyOf(log))).toBe(false)
    },
  )

  it('never takes a signature of one algorithm for one of the other', () => {
    const ids = (['ed25519', 'sm2'] as const).map((alg) => {
      const [signature] = get(signedNote(ORIGIN, 3, root, signerOf(alg, '4'.repeat(64)))).signatures
      return toHex(signature!.keyId)
    })
    expect(new Set(ids).size).toBe(2)
  })

  it('refuses what is no signature without throwing', () => {
    const key = keyOf(first!)
    expect(signatureIsOf(key, utf8('x'), new Uint8Array(63))).toBe(false)
    expect(signatureIsOf({ alg: 'ed25519', key: new Uint8Array(5) }, utf8('x'), new Uint8Array(64))).toBe(
      false,
    )
    expect(signatureIsOf({ alg: 'sm2', key: new Uint8Array(65) }, utf8('x'), new Uint8Array(64))).toBe(false)
  })
})

describe('a key file', () => {
  it.each(['ed25519', 'sm2'] as const)(
    'is made once for %s, for its owner alone, and read again',
    async (alg) => {
      const file = join(temporaryFolder(), 'keys', 'log.key')
      const made = await openLogKey(file, alg)
      expect(statSync(file).mode & 0o777).toBe(0o600)
      expect(toHex((await openLogKey(file, alg)).publicKey)).toBe(toHex(made.publicKey))
      await expect(makeLogKey(file, alg)).rejects.toThrow('EEXIST')
    },
  )

  it('that others may read, that is damaged, or of another algorithm, is refused', async () => {
    const file = join(temporaryFolder(), 'log.key')
    await openLogKey(file)
    await expect(openLogKey(file, 'sm2')).rejects.toThrow('key_other_algorithm')
    chmodSync(file, 0o640)
    await expect(openLogKey(file)).rejects.toThrow(LogKeyRefused)
    chmodSync(file, 0o600)
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, -10))
    await expect(openLogKey(file)).rejects.toThrow('key_malformed')
  })
})

describe('a rotation', () => {
  const at = '2026-11-02T00:00:00Z'
  const one = rotate(first!, second!, { origin: ORIGIN, size: 10, at })
  const two = rotate(second!, third!, { origin: ORIGIN, size: 20, at })

  it('holds by both signatures, and by neither alone', () => {
    expect(rotationHolds(one)).toBe(true)
    expect(rotationHolds({ ...one, by_old: one.by_new })).toBe(false)
    expect(rotationHolds({ ...one, by_new: one.by_old })).toBe(false)
    expect(rotationHolds({ ...one, rotation: { ...one.rotation, size: 11 } })).toBe(false)
  })

  it('says which key signs which size', () => {
    const at9 = keyInForce(keyOf(first!), [one, two], 9)
    const at10 = keyInForce(keyOf(first!), [one, two], 10)
    const at20 = keyInForce(keyOf(first!), [one, two], 20)
    expect([at9, at10, at20].map((key) => key && toHex(key.key))).toEqual(
      [first!, second!, third!].map(({ publicKey }) => toHex(publicKey)),
    )
    expect(keyInForce(keyOf(first!), [two], 20)).toBeUndefined()
    expect(keyInForce(keyOf(first!), [{ ...one, by_old: one.by_new }], 20)).toBeUndefined()
  })

  it('is followed by a policy, and each witness counts once', () => {
    const policy: LogPolicy = {
      log: { name: ORIGIN, alg: 'ed25519', key: toHex(first!.publicKey) },
      rotations: [one],
      witnesses: [1, 2].map(() => ({
        name: 'witness-1',
        alg: 'ed25519' as const,
        key: toHex(third!.publicKey),
      })),
      quorum: 2,
    }
    const by = (size: number, signer = first!) => get(signedNote(ORIGIN, size, root, signer))
    expect([by(9), by(10), by(9, second!), by(10, second!)].map((note) => signedByLog(policy, note))).toEqual(
      [true, false, false, true],
    )
    const text = signedNote(ORIGIN, 9, root, first!)
    const line = cosignature(get(text), 'witness-1', third!, 1_795_395_000)
    expect(witnessesOf(policy, get(text + line + line))).toHaveLength(1)
  })
})
