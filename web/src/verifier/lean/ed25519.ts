// Ed25519 signatures (RFC 8032, strict) verified, and nothing else. The build puts this in the library's place;
// web/test/lean.test.ts holds the two to the same answers.

import { fromBigEndian, inverse, mod, power } from './field.ts'
import { sha512 } from './sha512.ts'

const P = 2n ** 255n - 19n
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n
const D = mod(-121665n * inverse(121666n, P), P)
const ROOT_OF_MINUS_ONE = power(2n, (P - 1n) / 4n, P)

/** Extended coordinates: x = X/Z, y = Y/Z, T = XY/Z. */
type Point = readonly [X: bigint, Y: bigint, Z: bigint, T: bigint]

const ZERO: Point = [0n, 1n, 1n, 0n]
const BASE = decode(Uint8Array.from({ length: 32 }, (_, i) => (i === 0 ? 0x58 : 0x66))) as Point

/** The part of the library's interface that verifying needs. */
export const ed25519 = {
  /** Whether a signature of 64 bytes over a message holds for a key of 32; of small order none does. */
  verify(signature: Uint8Array, message: Uint8Array, key: Uint8Array): boolean {
    if (signature.length !== 64 || key.length !== 32) return false
    const a = decode(key)
    const r = decode(signature.subarray(0, 32))
    const s = fromBigEndian(signature.slice(32).reverse())
    if (!a || !r || s >= ORDER || isZero(times(a, 8n))) return false
    const hashed = sha512(Uint8Array.from([...signature.subarray(0, 32), ...key, ...message]))
    const k = fromBigEndian(hashed.reverse()) % ORDER
    const difference = add(add(r, times(a, k)), negative(times(BASE, s)))
    return isZero(times(difference, 8n))
  },
  sign: notHere,
  getPublicKey: notHere,
}

function notHere(): never {
  throw new Error('this page only verifies')
}

/** The point of 32 bytes, or nothing where they are none, or are not its one encoding. */
function decode(bytes: Uint8Array): Point | undefined {
  const encoded = fromBigEndian(bytes.slice().reverse())
  const y = encoded & (2n ** 255n - 1n)
  if (y >= P) return undefined
  const u = mod(y * y - 1n, P)
  const v = mod(D * y * y + 1n, P)
  let x = mod(u * v ** 3n * power(mod(u * v ** 7n, P), (P - 5n) / 8n, P), P)
  if (mod(v * x * x + u, P) === 0n) x = mod(x * ROOT_OF_MINUS_ONE, P)
  if (mod(v * x * x - u, P) !== 0n) return undefined
  const odd = encoded >> 255n
  if (x === 0n && odd === 1n) return undefined
  if ((x & 1n) !== odd) x = P - x
  return [x, y, 1n, mod(x * y, P)]
}

function add([x1, y1, z1, t1]: Point, [x2, y2, z2, t2]: Point): Point {
  const a = mod((y1 - x1) * (y2 - x2), P)
  const b = mod((y1 + x1) * (y2 + x2), P)
  const c = mod(2n * t1 * t2 * D, P)
  const d = mod(2n * z1 * z2, P)
  const [e, f, g, h] = [b - a, d - c, d + c, b + a]
  return [mod(e * f, P), mod(g * h, P), mod(f * g, P), mod(e * h, P)]
}

function negative([x, y, z, t]: Point): Point {
  return [mod(-x, P), y, z, mod(-t, P)]
}

function times(point: Point, k: bigint): Point {
  let sum = ZERO
  for (const bit of k.toString(2)) {
    sum = add(sum, sum)
    if (bit === '1') sum = add(sum, point)
  }
  return sum
}

function isZero([x, y, z]: Point): boolean {
  return x === 0n && y === z
}
