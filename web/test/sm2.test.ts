import { sm2 as library } from 'sm-crypto-v2'
import { describe, expect, test } from 'vitest'
import { sm2 } from '../src/verifier/sm2.ts'

const OPTIONS = { hash: true, der: false, userId: '1234567812345678' } as const
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n

describe('the page verifies SM2 as the library does', () => {
  const cases = Array.from({ length: 12 }, (_, i) => {
    const secret = ((BigInt(i + 1) * 0x1234_5678_9abc_def1_2345n ** 3n) % (N - 2n)) + 1n
    const secretHex = secret.toString(16).padStart(64, '0')
    const message = new TextEncoder().encode(`抽取证书 ${i}`)
    return {
      message,
      key: library.getPublicKeyFromPrivateKey(secretHex),
      value: library.doSignature(message, secretHex, OPTIONS),
    }
  })

  test('genuine signatures hold', () => {
    for (const { message, value, key } of cases)
      expect(sm2.doVerifySignature(message, value, key, OPTIONS)).toBe(true)
  })

  test('a changed message, signature or key is refused, in both', () => {
    for (const { message, value, key } of cases) {
      const other = Uint8Array.from(message, (b, i) => (i === 0 ? b ^ 1 : b))
      const flipped = (hex: string, at: number): string =>
        hex.slice(0, at) + (Number.parseInt(hex[at] as string, 16) ^ 1).toString(16) + hex.slice(at + 1)
      const bad = [
        [other, value, key],
        [message, flipped(value, 3), key],
        [message, flipped(value, 127), key],
        [message, value, flipped(key, 129)],
        [message, value, flipped(key, 5)],
        [message, '0'.repeat(64) + value.slice(64), key],
        [message, value.slice(0, 64) + '0'.repeat(64), key],
        [message, value.slice(0, 64) + N.toString(16), key],
        [message, 'f'.repeat(128), key],
        [message, value, `04${'f'.repeat(128)}`],
        [message, value, `04${'0'.repeat(128)}`],
      ] as const
      for (const [m, v, k] of bad) {
        expect(sm2.doVerifySignature(m, v, k, OPTIONS)).toBe(false)
        expect(quiet(() => library.doVerifySignature(m, v, k, OPTIONS))).toBe(false)
      }
    }
  })
})

function quiet(work: () => boolean): boolean {
  try {
    return work()
  } catch {
    return false
  }
}
