// SHA-512 (FIPS 180-4) for the few short messages of Ed25519; its constants computed from the primes as the standard does.

const MASK = (1n << 64n) - 1n

const primes: bigint[] = []
for (let n = 2n; primes.length < 80; n++) if (primes.every((p) => n % p !== 0n)) primes.push(n)

/** The first 64 bits of the fraction of the k-th root of n. */
function fractionOfRoot(n: bigint, k: bigint): bigint {
  const scaled = n << (64n * k)
  let root = 0n
  for (let bit = 1n << 70n; bit > 0n; bit >>= 1n) if ((root | bit) ** k <= scaled) root |= bit
  return root & MASK
}

const K = primes.map((p) => fractionOfRoot(p, 3n))
const START = primes.slice(0, 8).map((p) => fractionOfRoot(p, 2n))

/** 64 bytes. */
export function sha512(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(128 * Math.ceil((message.length + 17) / 128))
  padded.set(message)
  padded[message.length] = 0x80
  const view = new DataView(padded.buffer)
  view.setBigUint64(padded.length - 8, BigInt(8 * message.length))
  let state = START
  for (let at = 0; at < padded.length; at += 128) state = compress(state, view, at)
  const digest = new DataView(new ArrayBuffer(64))
  state.forEach((word, i) => digest.setBigUint64(8 * i, word))
  return new Uint8Array(digest.buffer)
}

function compress(state: readonly bigint[], view: DataView, at: number): bigint[] {
  const w = Array.from({ length: 16 }, (_, i) => view.getBigUint64(at + 8 * i))
  for (let i = 16; i < 80; i++) {
    const [a, b] = [w[i - 15] as bigint, w[i - 2] as bigint]
    const s0 = turn(a, 1n) ^ turn(a, 8n) ^ (a >> 7n)
    const s1 = turn(b, 19n) ^ turn(b, 61n) ^ (b >> 6n)
    w.push(((w[i - 16] as bigint) + s0 + (w[i - 7] as bigint) + s1) & MASK)
  }
  let [a = 0n, b = 0n, c = 0n, d = 0n, e = 0n, f = 0n, g = 0n, h = 0n] = state
  w.forEach((word, i) => {
    const big1 = turn(e, 14n) ^ turn(e, 18n) ^ turn(e, 41n)
    const t1 = h + big1 + ((e & f) ^ (~e & MASK & g)) + (K[i] as bigint) + word
    const t2 = (turn(a, 28n) ^ turn(a, 34n) ^ turn(a, 39n)) + ((a & b) ^ (a & c) ^ (b & c))
    ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + t1) & MASK, c, b, a, (t1 + t2) & MASK]
  })
  return [a, b, c, d, e, f, g, h].map((word, i) => (word + (state[i] as bigint)) & MASK)
}

function turn(word: bigint, by: bigint): bigint {
  return ((word >> by) | (word << (64n - by))) & MASK
}
