// A message as a point of G1 whose logarithm nobody knows: BLS12381G1_XMD:SHA-256_SSWU_RO (RFC 9380).

import { fromHex, hashHex, utf8 } from '@sunlot/draw'
import { fromBigEndian, inverse, mod, power } from './field.ts'
import { P } from './fp2.ts'
import { multiple, type Point, sumOf } from './g1-g2.ts'
import { isogeny } from './isogeny.ts'

const A = 0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1dn
const B = 0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0n
const Z = 11n
/** 1 − x of the curve: what brings a point of the curve into the group. */
const COFACTOR = 0xd201000000010001n

/** The point of a message under a domain. */
export function hashToG1(message: Uint8Array, domain: string): Point | undefined {
  const bytes = expand(message, domain)
  const [u0, u1] = [bytes.subarray(0, 64), bytes.subarray(64)].map((part) => mod(fromBigEndian(part), P))
  const sum = sumOf(mapped(u0 as bigint), mapped(u1 as bigint))
  return sum && multiple(sum, COFACTOR)
}

/** expand_message_xmd: 128 bytes. */
function expand(message: Uint8Array, domain: string): Uint8Array {
  const suffix = [...utf8(domain), domain.length]
  const first = sha256([...new Uint8Array(64), ...message, 0, 128, 0, ...suffix])
  const out: number[] = []
  let block = new Uint8Array(32)
  for (let i = 1; i <= 4; i++) {
    block = sha256([...first.map((v, k) => v ^ (block[k] as number)), i, ...suffix])
    out.push(...block)
  }
  return Uint8Array.from(out)
}

function sha256(bytes: readonly number[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(fromHex(hashHex('sha256', Uint8Array.from(bytes))))
}

/** The simplified map of Shallue, van de Woestijne and Ulas onto the other curve, then the isogeny onto G1's. */
function mapped(u: bigint): Point {
  const zu2 = mod(Z * u * u, P)
  const t = mod(zu2 * zu2 + zu2, P)
  const x1 = t === 0n ? mod(B * inverse(Z * A, P), P) : mod(-B * inverse(A, P) * (1n + inverse(t, P)), P)
  const y1 = rootOfCurve(x1)
  const x = y1 === undefined ? mod(zu2 * x1, P) : x1
  const y = y1 ?? (rootOfCurve(x) as bigint)
  const [newX, newY] = isogeny(x, (y & 1n) === (u & 1n) ? y : P - y)
  return [
    [newX, 0n],
    [newY, 0n],
  ]
}

function rootOfCurve(x: bigint): bigint | undefined {
  const square = mod(x * x * x + A * x + B, P)
  const y = power(square, (P + 1n) / 4n, P)
  return (y * y) % P === square ? y : undefined
}
