// Answers that others have published: RFC 3797, drand, SM3, SHA-256, Ed25519, SM2.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromHex, toHex, utf8 } from '../src/bytes.ts'
import { hashHex } from '../src/hash.ts'
import type { LotteryGroup } from '../src/manifest/source.ts'
import { Sha256, sha256 } from '../src/sha256.ts'
import { publicKeyEd25519, signEd25519, verifyEd25519 } from '../src/sign/ed25519.ts'
import { publicKeySm2, signSm2, verifySm2 } from '../src/sign/sm2.ts'
import { Sm3 } from '../src/sm3.ts'
import { drandValue, isQuicknetSignature, roundAfterClose, timeOfRound } from '../src/sources/drand.ts'
import { isLotteryValue, lotteryValue } from '../src/sources/lottery.ts'
import { BEACONS } from './negatives/counties.ts'

describe('the lottery form of RFC 3797, section 6', () => {
  const group = (count: number, ordered: boolean): LotteryGroup => ({
    count,
    low: 0,
    high: 9999,
    ordered,
    repeat: false,
  })
  const groups = [group(1, true), group(5, false), group(6, false)]
  const published = [[9319], [2, 5, 12, 8, 10], [9, 18, 26, 34, 41, 45]]
  const value = '9319./2.5.8.10.12./9.18.26.34.41.45./'

  it('is written as the RFC prints it', () => {
    expect(lotteryValue(groups, published)).toBe(value)
    expect(isLotteryValue(groups, value)).toBe(true)
  })

  it('gives the RFC’s own selection of ten from a pool of twenty-five', () => {
    const pool = Array.from({ length: 25 }, (_, i) => i + 1)
    const chosen = Array.from({ length: 10 }, (_, i) => {
      const counter = Uint8Array.of(i >> 8, i & 255)
      const digest = createHash('md5').update(counter).update(value).update(counter).digest('hex')
      return pool.splice(Number(BigInt(`0x${digest}`) % BigInt(pool.length)), 1)[0]
    })
    expect(chosen).toEqual([17, 7, 2, 16, 25, 23, 8, 24, 19, 13])
  })
})

describe('beacons of drand', () => {
  const quicknet = BEACONS.filter((b) => b.chain === 'quicknet')

  it.each(quicknet.map((b) => [b.round, b] as const))('quicknet round %i holds, and no other', (round, b) => {
    expect(drandValue(b.signature)).toBe(b.randomness)
    expect(isQuicknetSignature(round, b.signature)).toBe(true)
    expect(isQuicknetSignature(round + 1, b.signature)).toBe(false)
    expect(isQuicknetSignature(round - 1, b.signature)).toBe(false)
    for (const at of [0, 17, 47]) {
      const bytes = fromHex(b.signature)
      bytes[at] = (bytes[at] as number) ^ 1
      expect(isQuicknetSignature(round, toHex(bytes))).toBe(false)
    }
  })

  it.each(BEACONS.filter((b) => b.chain !== 'quicknet').map((b) => [b.chain, b.round, b] as const))(
    'a beacon of %s, round %i, is refused',
    (_chain, round, b) => expect(isQuicknetSignature(round, b.signature)).toBe(false),
  )

  it('the committed round begins a minute and a period after the doors are shut, at the latest', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_700_000_000, max: 4_000_000_000 }), (closeBy) => {
        const wait = timeOfRound(roundAfterClose(closeBy)) - closeBy
        expect(wait >= 60 && wait < 63).toBe(true)
      }),
    )
    expect(timeOfRound(1)).toBe(1_692_803_367)
  })
})

describe('hashes', () => {
  it('SM3 gives the two answers of GB/T 32905', () => {
    const abc = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
    const long = 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732'
    expect(hashHex('sm3', utf8('abc'))).toBe(abc)
    expect(hashHex('sm3', utf8('abcd'.repeat(16)))).toBe(long)
  })

  it('SHA-256 is that of the platform, whatever the length and however it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        const wanted = createHash('sha256').update(bytes).digest('hex')
        expect(toHex(sha256(bytes))).toBe(wanted)
        expect(toHex(new Sha256().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).digest())).toBe(
          wanted,
        )
      }),
      { numRuns: 500 },
    )
  })

  it('SM3 is the same however it is cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(300), (bytes, cut) => {
        const parts = new Sm3().update(bytes.subarray(0, cut)).update(bytes.subarray(cut)).digest()
        expect(toHex(parts)).toBe(hashHex('sm3', bytes))
      }),
    )
  })
})

describe('signatures', () => {
  const rfc8032 = {
    secret: '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    key: '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    message: Uint8Array.of(0x72),
    value:
      '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  }
  const gb32918 = {
    secret: '3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8',
    key: '0409f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13',
    message: utf8('message digest'),
    value:
      'f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa',
  }

  it('Ed25519 gives RFC 8032’s second answer', () => {
    const { secret, key, message, value } = rfc8032
    expect(toHex(publicKeyEd25519(fromHex(secret)))).toBe(key)
    expect(toHex(signEd25519(fromHex(secret), message))).toBe(value)
    expect(verifyEd25519(fromHex(key), message, fromHex(value))).toBe(true)
  })

  it('SM2 verifies the example of GB/T 32918.5, and its own signatures', () => {
    const { secret, key, message, value } = gb32918
    expect(publicKeySm2(secret)).toBe(key)
    expect(verifySm2(key, message, value)).toBe(true)
    expect(verifySm2(key, message, signSm2(secret, message))).toBe(true)
  })

  it('either is refused over another message, from another key, and with a flipped byte', () => {
    for (const at of [0, 31, 32, 63]) {
      const flip = (hex: string): string => {
        const bytes = fromHex(hex)
        bytes[at] = (bytes[at] as number) ^ 1
        return toHex(bytes)
      }
      const bent = fromHex(flip(rfc8032.value))
      expect(verifyEd25519(fromHex(rfc8032.key), rfc8032.message, bent)).toBe(false)
      expect(verifySm2(gb32918.key, gb32918.message, flip(gb32918.value))).toBe(false)
    }
    expect(verifyEd25519(fromHex(rfc8032.key), utf8('s'), fromHex(rfc8032.value))).toBe(false)
    expect(verifyEd25519(fromHex(rfc8032.secret), rfc8032.message, fromHex(rfc8032.value))).toBe(false)
    expect(verifySm2(gb32918.key, utf8('message'), gb32918.value)).toBe(false)
    expect(verifySm2(publicKeySm2(rfc8032.secret), gb32918.message, gb32918.value)).toBe(false)
  })

  it('Ed25519 refuses a key of small order, under which anything would verify', () => {
    const neutral = `01${'0'.repeat(62)}`
    expect(verifyEd25519(fromHex(neutral), utf8('x'), fromHex(neutral + '0'.repeat(64)))).toBe(false)
  })
})

describe('the vectors', () => {
  it('are those that were published: five rounds of quicknet, nine beacons of other chains', () => {
    const file = JSON.parse(readFileSync(new URL('../vectors/drand.json', import.meta.url), 'utf8')) as {
      chains: { quicknet: { hash: string } }
    }
    expect(file.chains.quicknet.hash).toBe('52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971')
    expect(BEACONS.map((b) => b.chain).filter((c) => c === 'quicknet')).toHaveLength(5)
    expect(BEACONS).toHaveLength(14)
  })
})
