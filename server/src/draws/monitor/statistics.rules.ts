// What chance would do, in doubles and for display alone: no decision rests on any of these figures.

/**
 * P(X² ≥ x) of the chi-squared distribution with `df` degrees of freedom: the regularised incomplete gamma function
 * Q(df/2, x/2), by its series below its bend and by Lentz's continued fraction above (Numerical Recipes, 6.2).
 */
export function chiSquaredTail(x: number, df: number): number {
  if (df <= 0 || x <= 0) return 1
  const [a, z] = [df / 2, x / 2]
  const factor = Math.exp(a * Math.log(z) - z - lnGamma(a))
  return clamp(z < a + 1 ? 1 - factor * series(a, z) : factor * fraction(a, z))
}

/** ln Γ(x) for x > 0, by Lanczos (g = 7, nine terms): about fifteen digits. */
export function lnGamma(x: number): number {
  const at = x - 1
  const sum = LANCZOS.reduce((total, term, k) => total + (k === 0 ? term : term / (at + k)), 0)
  const t = at + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (at + 0.5) * Math.log(t) - t + Math.log(sum)
}

/**
 * P(X ≥ atLeast) where X counts how many of independent events came about, each with its own probability (the
 * Poisson-binomial distribution), added up exactly: nothing is taken from one, so that small tails keep their digits.
 */
export function countTail(probabilities: readonly number[], atLeast: number): number {
  if (atLeast <= 0) return 1
  // at[k]: exactly k so far; at[atLeast]: that many or more.
  const at = new Float64Array(atLeast + 1)
  at[0] = 1
  for (const p of probabilities) {
    at[atLeast] = at[atLeast]! + at[atLeast - 1]! * p
    for (let k = atLeast - 1; k > 0; k--) at[k] = at[k]! * (1 - p) + at[k - 1]! * p
    at[0] = at[0]! * (1 - p)
  }
  return clamp(at[atLeast]!)
}

/** An interval in which a proportion lies. */
export interface Interval {
  readonly low: number
  readonly high: number
}

/** Wilson's 95 % interval of `hits` out of `of`; all is possible where nothing was seen. */
export function wilson(hits: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const p = hits / of
  const square = Z95 * Z95
  const middle = p + square / (2 * of)
  const spread = Z95 * Math.sqrt((p * (1 - p) + square / (4 * of)) / of)
  const scale = 1 + square / of
  return { low: clamp((middle - spread) / scale), high: clamp((middle + spread) / scale) }
}

/** The least of the values that at least `share` of them do not pass; undefined where there are none. */
export function quantile(values: readonly number[], share: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]
}

const LANCZOS = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
  12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]
/** The normal distribution has 95 % within so many standard deviations. */
const Z95 = 1.959963984540054
const ENOUGH = 1e-16
const TERMS = 10_000

function series(a: number, z: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < TERMS && term > sum * ENOUGH; n++) {
    term *= z / (a + n)
    sum += term
  }
  return sum
}

function fraction(a: number, z: number): number {
  let b = z + 1 - a
  let c = Number.MAX_VALUE
  let d = 1 / b
  let h = d
  for (let n = 1; n < TERMS; n++) {
    const an = -n * (n - a)
    b += 2
    d = 1 / (an * d + b)
    c = b + an / c
    h *= c * d
    if (Math.abs(c * d - 1) < ENOUGH) break
  }
  return h
}

function clamp(p: number): number {
  return Math.min(1, Math.max(0, p))
}
