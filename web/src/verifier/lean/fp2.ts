// The base field of BLS12-381 and its square extension by i, i² = −1; a number of the base field has no second part.

import { inverse as inverseIn, mod } from './field.ts'

export const P =
  0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaabn

/** a + bi. */
export type Fp2 = readonly [a: bigint, b: bigint]

export const ZERO: Fp2 = [0n, 0n]
export const ONE: Fp2 = [1n, 0n]

export function add(x: Fp2, y: Fp2): Fp2 {
  return [mod(x[0] + y[0], P), mod(x[1] + y[1], P)]
}

export function subtract(x: Fp2, y: Fp2): Fp2 {
  return [mod(x[0] - y[0], P), mod(x[1] - y[1], P)]
}

export function times(x: Fp2, y: Fp2): Fp2 {
  return [mod(x[0] * y[0] - x[1] * y[1], P), mod(x[0] * y[1] + x[1] * y[0], P)]
}

/** x multiplied by a small integer. */
export function scaled(x: Fp2, k: bigint): Fp2 {
  return [mod(x[0] * k, P), mod(x[1] * k, P)]
}

/** 1/x; zero for zero. */
export function inverse([a, b]: Fp2): Fp2 {
  const norm = inverseIn(a * a + b * b, P)
  return [mod(a * norm, P), mod(-b * norm, P)]
}

export function power(x: Fp2, e: bigint): Fp2 {
  let product = ONE
  for (const bit of e.toString(2)) {
    product = times(product, product)
    if (bit === '1') product = times(product, x)
  }
  return product
}

export function equal(x: Fp2, y: Fp2): boolean {
  return x[0] === y[0] && x[1] === y[1]
}

/** A square root, or nothing where there is none (p ≡ 3 mod 4). */
export function root(x: Fp2): Fp2 | undefined {
  const a1 = power(x, (P - 3n) / 4n)
  const x0 = times(a1, x)
  const alpha = times(a1, x0)
  const found = equal(alpha, [P - 1n, 0n])
    ? ([mod(-x0[1], P), x0[0]] as const)
    : times(power(add(ONE, alpha), (P - 1n) / 2n), x0)
  return equal(times(found, found), x) ? found : undefined
}
