// The page verifies signatures with code of its own; here it must answer as the audited libraries do.

import { readFileSync } from 'node:fs'
import { bls12_381 as blsLibrary } from '@noble/curves/bls12-381.js'
import { ed25519 as edLibrary } from '@noble/curves/ed25519.js'
import { sm2 as smLibrary } from 'sm-crypto-v2'
import { sha512 as sha512Library } from '@noble/hashes/sha2.js'
import { fromHex, hashHex, toHex, utf8 } from '@sunlot/draw'
import { describe, expect, test } from 'vitest'
import { bls12_381 } from '../src/verifier/lean/bls12-381.ts'
import { ed25519 } from '../src/verifier/lean/ed25519.ts'
import { sha512 } from '../src/verifier/lean/sha512.ts'
import { sm2 } from '../src/verifier/lean/sm2.ts'

const BLS_DOMAIN = 'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
const SM2_OPTIONS = { hash: true, der: false, userId: '1234567812345678' } as const
const SM2_ORDER = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const ED_ORDER = 2n ** 252n + 27742317777372353535851937790883648493n

describe('SHA-512', () => {
  test('of every length around its blocks', () => {
    for (const length of [0, 1, 111, 112, 113, 127, 128, 129, 239, 240, 300])
      expect(toHex(sha512(bytes(`m${length}`, length)))).toBe(
        toHex(sha512Library(bytes(`m${length}`, length))),
      )
  })
})

describe('Ed25519', () => {
  const cases = several(20).map((i) => {
    const secret = bytes(`ed ${i}`, 32)
    const message = bytes(`message ${i}`, i * 9)
    return { message, signature: edLibrary.sign(message, secret), key: edLibrary.getPublicKey(secret) }
  })
  const both = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean => {
    const own = ed25519.verify(signature, message, key)
    expect(own).toBe(quiet(() => edLibrary.verify(signature, message, key, { zip215: false })))
    return own
  }

  test('genuine signatures hold', () => {
    for (const c of cases) expect(both(c.signature, c.message, c.key)).toBe(true)
  })

  test('one flipped bit anywhere is refused', () => {
    for (const [i, c] of cases.entries()) {
      expect(both(flipped(c.signature, i * 25), c.message, c.key)).toBe(false)
      expect(both(c.signature, c.message, flipped(c.key, i * 12))).toBe(false)
      if (c.message.length > 0) expect(both(c.signature, flipped(c.message, i), c.key)).toBe(false)
    }
  })

  test('s + order, small orders, encodings that are not the one encoding, and wrong lengths are refused', () => {
    for (const { signature, message, key } of cases.slice(0, 4)) {
      const s = BigInt(`0x${toHex(signature.slice(32).reverse())}`) + ED_ORDER
      const high = fromHex(s.toString(16).padStart(64, '0')).reverse()
      expect(both(Uint8Array.from([...signature.slice(0, 32), ...high]), message, key)).toBe(false)
      for (const small of SMALL_ORDERS) {
        expect(both(signature, message, fromHex(small))).toBe(false)
        expect(
          both(Uint8Array.from([...fromHex(small), ...new Uint8Array(32)]), message, fromHex(small)),
        ).toBe(false)
      }
      expect(ed25519.verify(signature.slice(1), message, key)).toBe(false)
      expect(ed25519.verify(signature, message, key.slice(1))).toBe(false)
    }
  })
})

/** Points of order 1, 2, 4 and 8, and encodings above p. */
const SMALL_ORDERS = [
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]

describe('BLS on G1', () => {
  const { shortSignatures: library } = blsLibrary
  const { shortSignatures: own } = bls12_381
  const cases = several(5).map((i) => {
    const secret = bytes(`bls ${i}`, 32).map((b, at) => (at === 0 ? b & 0x3f : b))
    const message = bytes(`round ${i}`, 32)
    const signature = library.sign(library.hash(message, BLS_DOMAIN), secret).toBytes(true)
    return { message, signature, key: library.getPublicKey(secret).toBytes(true) }
  })
  const verify = (signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean =>
    own.verify(signature, own.hash(message, BLS_DOMAIN), key)

  test('a message goes to the same point', () => {
    for (const i of several(25)) {
      const { x, y } = library.hash(bytes(`hash ${i}`, i), BLS_DOMAIN).toAffine()
      expect(own.hash(bytes(`hash ${i}`, i), BLS_DOMAIN)).toEqual([
        [x, 0n],
        [y, 0n],
      ])
    }
  })

  test('genuine signatures hold, and no others', () => {
    for (const [i, c] of cases.entries()) {
      const other = cases[(i + 1) % cases.length] as (typeof cases)[number]
      expect(verify(c.signature, c.message, c.key)).toBe(true)
      expect(verify(c.signature, other.message, c.key)).toBe(false)
      expect(verify(other.signature, c.message, c.key)).toBe(false)
      expect(verify(c.signature, c.message, other.key)).toBe(false)
      expect(verify(flipped(c.signature, 2), c.message, c.key)).toBe(false)
    }
  })

  test('infinity, points outside the group, other encodings and lengths are refused', () => {
    const [c] = cases
    if (!c) return
    const infinity = Uint8Array.from({ length: 48 }, (_, i) => (i === 0 ? 0xc0 : 0))
    const uncompressed = Uint8Array.from(c.signature, (b, i) => (i === 0 ? b & 0x7f : b))
    for (const bad of [
      infinity,
      uncompressed,
      outsideG1(),
      aboveP(),
      c.signature.slice(1),
      new Uint8Array(48),
    ]) {
      expect(verify(bad, c.message, c.key)).toBe(false)
      expect(quiet(() => library.verify(bad, library.hash(c.message, BLS_DOMAIN), c.key))).toBe(false)
    }
  })

  test('quicknet’s own rounds hold, and not for the round after', () => {
    const known = quicknetRounds()
    expect(known.length).toBeGreaterThan(0)
    for (const { round, signature } of known) {
      expect(verify(fromHex(signature), roundMessage(round), fromHex(QUICKNET))).toBe(true)
      expect(verify(fromHex(signature), roundMessage(round + 1), fromHex(QUICKNET))).toBe(false)
    }
  })
})

describe('SM2', () => {
  const cases = several(6).map((i) => {
    const secret = ((BigInt(i + 1) * 0x1234_5678_9abc_def1_2345n ** 3n) % (SM2_ORDER - 2n)) + 1n
    const secretHex = secret.toString(16).padStart(64, '0')
    const message = utf8(`抽取证书 ${i}`)
    const key = smLibrary.getPublicKeyFromPrivateKey(secretHex)
    return { message, key, value: smLibrary.doSignature(message, secretHex, SM2_OPTIONS) }
  })

  test('genuine signatures hold', () => {
    for (const c of cases) expect(sm2.doVerifySignature(c.message, c.value, c.key, SM2_OPTIONS)).toBe(true)
  })

  test('a changed message, signature or key is refused, in both', () => {
    for (const { message, value, key } of cases.slice(0, 3)) {
      const bad = [
        [flipped(message, 3), value, key],
        [message, digitChanged(value, 3), key],
        [message, digitChanged(value, 127), key],
        [message, value, digitChanged(key, 129)],
        [message, '0'.repeat(64) + value.slice(64), key],
        [message, value.slice(0, 64) + SM2_ORDER.toString(16), key],
        [message, 'f'.repeat(128), key],
        [message, value, `04${'f'.repeat(128)}`],
        [message, value, `04${'0'.repeat(128)}`],
      ] as const
      for (const [m, v, k] of bad) {
        expect(sm2.doVerifySignature(m, v, k, SM2_OPTIONS)).toBe(false)
        expect(quiet(() => smLibrary.doVerifySignature(m, v, k, SM2_OPTIONS))).toBe(false)
      }
    }
  })
})

const QUICKNET =
  '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a'

interface Beacon {
  readonly chain: string
  readonly round: number
  readonly signature: string
}

function quicknetRounds(): readonly Beacon[] {
  const text = readFileSync(new URL('../../draw/vectors/drand.json', import.meta.url), 'utf8')
  const { beacons }: { beacons: readonly Beacon[] } = JSON.parse(text)
  return beacons.filter((b) => b.chain === 'quicknet')
}

function roundMessage(round: number): Uint8Array {
  return fromHex(hashHex('sha256', fromHex(round.toString(16).padStart(16, '0'))))
}

/** A point of the curve that is not in the group: x = 4, or the next that has one. */
function outsideG1(): Uint8Array {
  for (let x = 4n; ; x++) {
    const encoded = fromHex(`80${x.toString(16).padStart(94, '0')}`)
    const point = tried(() => blsLibrary.G1.Point.fromBytes(encoded))
    if (point === undefined) return encoded
  }
}

/** p itself, which is 0 said otherwise. */
function aboveP(): Uint8Array {
  return fromHex(
    '9a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab',
  )
}

function several(n: number): number[] {
  return Array.from({ length: n }, (_, i) => i)
}

/** `length` bytes made from a name. */
function bytes(name: string, length: number): Uint8Array {
  let hex = ''
  for (let i = 0; hex.length < 2 * length; i++) hex += hashHex('sha256', utf8(`${name}/${i}`))
  return fromHex(hex.slice(0, 2 * length))
}

function flipped(data: Uint8Array, bit: number): Uint8Array {
  const at = Math.floor(bit / 8) % data.length
  return data.map((b, i) => (i === at ? b ^ (1 << (bit % 8)) : b))
}

function digitChanged(hex: string, at: number): string {
  return hex.slice(0, at) + (Number.parseInt(hex[at] as string, 16) ^ 1).toString(16) + hex.slice(at + 1)
}

function quiet(work: () => boolean): boolean {
  return tried(work) ?? false
}

function tried<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
