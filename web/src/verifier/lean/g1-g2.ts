// The two groups of BLS12-381 as points of y² = x³ + b over Fp2 (G1's points have no second parts).

import { type Fp2, add, equal, inverse, P, root, scaled, subtract, times } from './fp2.ts'

/** Affine; nothing is the point at infinity. */
export type Point = readonly [x: Fp2, y: Fp2]

/** A group: b of its curve, and the bytes of one coordinate as compressed. */
export interface Group {
  readonly b: Fp2
  readonly bytes: 48 | 96
}

export const G1: Group = { b: [4n, 0n], bytes: 48 }
export const G2: Group = { b: [4n, 4n], bytes: 96 }

/** The order of both groups. */
export const ORDER = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n

/** The generator of G2. */
export const BASE_OF_G2: Point = [
  [
    0x024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8n,
    0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7en,
  ],
  [
    0x0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801n,
    0x0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79ben,
  ],
]

export function sumOf(p: Point | undefined, q: Point | undefined): Point | undefined {
  if (!p || !q) return p ?? q
  const slope = slopeOf(p, q)
  if (!slope) return undefined
  const x = subtract(subtract(times(slope, slope), p[0]), q[0])
  return [x, subtract(times(slope, subtract(p[0], x)), p[1])]
}

/** The slope of the line through two points; of the tangent where they are one. Nothing where it is vertical. */
export function slopeOf([x1, y1]: Point, [x2, y2]: Point): Fp2 | undefined {
  if (!equal(x1, x2)) return times(subtract(y2, y1), inverse(subtract(x2, x1)))
  if (!equal(y1, y2) || equal(y1, [0n, 0n])) return undefined
  return times(scaled(times(x1, x1), 3n), inverse(scaled(y1, 2n)))
}

export function multiple(p: Point, k: bigint): Point | undefined {
  let sum: Point | undefined
  for (const bit of k.toString(2)) {
    sum = sumOf(sum, sum)
    if (bit === '1') sum = sumOf(sum, p)
  }
  return sum
}

/** A point of the group from its one compressed encoding; nothing for any other bytes, infinity included. */
export function decode(group: Group, bytes: Uint8Array): Point | undefined {
  const flags = (bytes[0] ?? 0) >> 5
  if (bytes.length !== group.bytes || (flags !== 4 && flags !== 5)) return undefined
  const hex = Array.from(bytes, (v, i) => (i === 0 ? v & 31 : v).toString(16).padStart(2, '0')).join('')
  const parts = hex.match(/.{96}/g)?.map((part) => BigInt(`0x${part}`)) ?? []
  const [high = 0n, low] = parts
  const x: Fp2 = low === undefined ? [high, 0n] : [low, high]
  if (parts.some((part) => part >= P)) return undefined
  const y = root(add(times(times(x, x), x), group.b))
  if (!y || (low === undefined && y[1] !== 0n)) return undefined
  const larger = (y[1] === 0n ? y[0] : y[1]) > (P - 1n) / 2n
  const point: Point = [x, larger === (flags === 5) ? y : subtract([0n, 0n], y)]
  return multiple(point, ORDER) ? undefined : point
}
