// Draws as a simulation makes them: seeded, so that the same question has the same answer. Never the draw itself.

/** A number in [0, 1). */
export type Random = () => number

/** Pseudo-random numbers of a trial (xorshift128): the same for the same seed and trial. */
export function randomOf(seed: number, trial: number): Random {
  let [a, b, c, d] = [seed | 1, (trial + 1) | 0, 0x9e3779b9 ^ seed, 0x243f6a88 ^ trial]
  const next = () => {
    const t = a ^ (a << 11)
    a = b
    b = c
    c = d
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8)
    return (d >>> 0) / 2 ** 32
  }
  // The first numbers of seeds that are alike are alike.
  for (let k = 0; k < 16; k++) next()
  return next
}

/** How many of `marked` are among `drawn` of `all` drawn without putting back. */
export function hypergeometric(random: Random, all: number, marked: number, drawn: number): number {
  const least = Math.max(0, drawn + marked - all)
  const most = Math.min(drawn, marked)
  if (least >= most) return least
  const mode = Math.min(most, Math.max(least, Math.floor(((drawn + 1) * (marked + 1)) / (all + 2))))
  const atMode = Math.exp(
    logChoose(marked, mode) + logChoose(all - marked, drawn - mode) - logChoose(all, drawn),
  )
  // From the likeliest outwards, so that few steps are needed however many there are.
  let left = random() - atMode
  let [low, high] = [mode, mode]
  let [pLow, pHigh] = [atMode, atMode]
  while (left > 0 && (low > least || high < most)) {
    if (high < most) {
      pHigh *= ((marked - high) * (drawn - high)) / ((high + 1) * (all - marked - drawn + high + 1))
      high++
      left -= pHigh
      if (left <= 0) return high
    }
    if (low > least) {
      pLow *= (low * (all - marked - drawn + low)) / ((marked - low + 1) * (drawn - low + 1))
      low--
      left -= pLow
      if (left <= 0) return low
    }
    if (pLow < 1e-15 && pHigh < 1e-15) break
  }
  return mode
}

/** How many of each kind are among `drawn` of all, drawn without putting back. */
export function split(random: Random, kinds: readonly number[], drawn: number): readonly number[] {
  let all = kinds.reduce((sum, count) => sum + count, 0)
  let left = Math.min(drawn, all)
  return kinds.map((count) => {
    const of = hypergeometric(random, all, count, left)
    all -= count
    left -= of
    return of
  })
}

function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k)
}

/** ln n!: by table below, by Stirling's series above. */
function logFactorial(n: number): number {
  const known = FACTORIALS[n]
  if (known !== undefined) return known
  return n * Math.log(n) - n + 0.5 * Math.log(2 * Math.PI * n) + 1 / (12 * n) - 1 / (360 * n ** 3)
}

const FACTORIALS: readonly number[] = Array.from({ length: 256 }).reduce<number[]>((sums, _, k) => {
  sums.push(k === 0 ? 0 : sums[k - 1]! + Math.log(k))
  return sums
}, [])
