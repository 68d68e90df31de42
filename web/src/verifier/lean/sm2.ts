// SM2 signatures (GB/T 32918.2) verified, and nothing else. The build puts this in the library's place;
// web/test/lean.test.ts holds the two to the same answers.

import { fromHex, hashHex, utf8 } from '@sunlot/draw'
import { inverse, mod } from './field.ts'

/** y² = x³ − 3x + b over p, the recommended curve. */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n
const G: Point = [
  0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n,
  0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n,
]

/** Affine; nothing is the point at infinity. */
type Point = readonly [x: bigint, y: bigint]

interface Options {
  readonly hash: true
  readonly der: false
  readonly userId: string
}

/** The part of sm-crypto-v2's interface that verifying needs. */
export const sm2 = {
  /** Whether r ‖ s (128 hex) over a message holds for an uncompressed key (130 hex, `04…`). */
  doVerifySignature(message: Uint8Array, signature: string, key: string, { userId }: Options): boolean {
    const [r, s] = [big(signature.slice(0, 64)), big(signature.slice(64, 128))]
    const [x, y] = [big(key.slice(2, 66)), big(key.slice(66, 130))]
    if (!inOrder(r) || !inOrder(s) || x >= P || y >= P || !isOnCurve([x, y])) return false
    const t = (r + s) % N
    if (t === 0n) return false
    const sum = add(times(G, s), times([x, y], t))
    return sum !== undefined && (digest(message, key, userId) + sum[0]) % N === r
  },
  doSignature: notHere,
  getPublicKeyFromPrivateKey: notHere,
}

function notHere(): never {
  throw new Error('this page only verifies')
}

/** e = SM3(SM3(length of id in bits ‖ id ‖ a ‖ b ‖ G ‖ key) ‖ message), as an integer. */
function digest(message: Uint8Array, key: string, userId: string): bigint {
  const id = utf8(userId)
  const bits = (8 * id.length).toString(16).padStart(4, '0')
  const curve = [P - 3n, B, ...G].map((n) => n.toString(16).padStart(64, '0')).join('')
  const za = hashHex('sm3', joined(fromHex(bits), id, fromHex(curve + key.slice(2))))
  return big(hashHex('sm3', joined(fromHex(za), message)))
}

function add(a: Point | undefined, b: Point | undefined): Point | undefined {
  if (!a || !b) return a ?? b
  const [[x1, y1], [x2, y2]] = [a, b]
  if (x1 === x2 && mod(y1 + y2, P) === 0n) return undefined
  const slope = x1 === x2 ? (3n * x1 * x1 - 3n) * inverse(2n * y1, P) : (y2 - y1) * inverse(x2 - x1, P)
  const x = mod(slope * slope - x1 - x2, P)
  return [x, mod(slope * (x1 - x) - y1, P)]
}

function times(point: Point, k: bigint): Point | undefined {
  let sum: Point | undefined
  for (const bit of k.toString(2)) {
    sum = add(sum, sum)
    if (bit === '1') sum = add(sum, point)
  }
  return sum
}

function isOnCurve([x, y]: Point): boolean {
  return mod(y * y - (x * x * x - 3n * x + B), P) === 0n
}

function inOrder(n: bigint): boolean {
  return n > 0n && n < N
}

function big(hex: string): bigint {
  return BigInt(`0x${hex}`)
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
