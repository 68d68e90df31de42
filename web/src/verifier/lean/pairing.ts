// Whether a product of pairings is one: the ate pairing of BLS12-381, its last power taken once for the product.
//
// Fp12 is Fp2[w] with w⁶ = 1 + i, an element its six coefficients. A point (x, y) of G2's curve stands for
// (x/w², y/w³), so that the line through T with slope m is, at P and times w³: (m·xT − yT) − m·xP·w² + yP·w³.
// Factors of a subfield, such as w³, vanish in the last power; and so does the sign of the curve's x.

import { add, equal, type Fp2, ONE, P, power, subtract, times, ZERO } from './fp2.ts'
import { ORDER, type Point, slopeOf, sumOf } from './g1-g2.ts'

type Fp12 = readonly Fp2[]

const LOOP = 0xd201000000010000n.toString(2).slice(1)
/** What is left of (p¹² − 1)/r after (p⁶ − 1)(p² + 1). */
const HARD = (P ** 4n - P ** 2n + 1n) / ORDER

/** Whether the pairings of (G1, G2) multiply to one. */
export function productIsOne(pairs: readonly (readonly [g1: Point, g2: Point])[]): boolean {
  const f = pairs.map(([p, q]) => millerLoop(p, q)).reduce(product)
  const easy = product(frobeniusTwice(f), f)
  let last = easy
  for (const bit of HARD.toString(2).slice(1)) {
    last = product(last, last)
    if (bit === '1') last = product(last, easy)
  }
  // To the power p⁶ − 1 it is one exactly where conjugation, which negates odd coefficients, leaves it alone.
  return [1, 3, 5].every((i) => equal(last[i] as Fp2, ZERO)) && !last.every((c) => equal(c, ZERO))
}

function millerLoop(p: Point, q: Point): Fp12 {
  let f: Fp12 = [ONE, ZERO, ZERO, ZERO, ZERO, ZERO]
  let t = q
  const step = (other: Point): void => {
    const slope = slopeOf(t, other) ?? ZERO
    f = product(f, lineAt(p, t, slope))
    t = sumOf(t, other) ?? q
  }
  for (const bit of LOOP) {
    f = product(f, f)
    step(t)
    if (bit === '1') step(q)
  }
  return f
}

function lineAt([x, y]: Point, [xt, yt]: Point, slope: Fp2): Fp12 {
  const constant = subtract(times(slope, xt), yt)
  return [constant, ZERO, subtract(ZERO, times(slope, x)), y, ZERO, ZERO]
}

/** Sums are reduced once a coefficient; that is where the time goes. */
function product(x: Fp12, y: Fp12): Fp12 {
  const real = Array.from({ length: 12 }, () => 0n)
  const imaginary = Array.from({ length: 12 }, () => 0n)
  for (let i = 0; i < 6; i++) {
    const [a, b] = x[i] as Fp2
    if (a === 0n && b === 0n) continue
    for (let k = 0; k < 6; k++) {
      const [c, d] = y[k] as Fp2
      if (c === 0n && d === 0n) continue
      const [ac, bd] = [a * c, b * d]
      real[i + k] = (real[i + k] as bigint) + ac - bd
      imaginary[i + k] = (imaginary[i + k] as bigint) + (a + b) * (c + d) - ac - bd
    }
  }
  // w⁶ = 1 + i
  return [0, 1, 2, 3, 4, 5].map((i): Fp2 => {
    const [re, im] = [real[i + 6] as bigint, imaginary[i + 6] as bigint]
    return add(ZERO, [(real[i] as bigint) + re - im, (imaginary[i] as bigint) + re + im])
  })
}

/** x to the power p²: each power of w takes a sixth root of one. */
function frobeniusTwice(x: Fp12): Fp12 {
  const turn = power([1n, 1n], (P * P - 1n) / 6n)
  let factor = ONE
  return x.map((c) => {
    const turned = times(c, factor)
    factor = times(factor, turn)
    return turned
  })
}
