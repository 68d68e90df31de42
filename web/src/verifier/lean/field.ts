// Integers modulo a prime, for verifying only: nothing here is secret, so nothing here hides its timing.

/** The rest of n, 0…p − 1. */
export function mod(n: bigint, p: bigint): bigint {
  const rest = n % p
  return rest < 0n ? rest + p : rest
}

/** b^e modulo p. */
export function power(b: bigint, e: bigint, p: bigint): bigint {
  let product = 1n
  for (const bit of e.toString(2)) {
    product = (product * product) % p
    if (bit === '1') product = (product * b) % p
  }
  return mod(product, p)
}

/** 1/n modulo p, by Euclid; 0 for 0. */
export function inverse(n: bigint, p: bigint): bigint {
  let [r0, r1, t0, t1] = [p, mod(n, p), 0n, 1n]
  while (r1 !== 0n) {
    const q = r0 / r1
    ;[r0, r1, t0, t1] = [r1, r0 - q * r1, t1, t0 - q * t1]
  }
  return r0 === 1n ? mod(t0, p) : 0n
}

/** Bytes as an integer, the highest first. */
export function fromBigEndian(bytes: Iterable<number>): bigint {
  let hex = '0x0'
  for (const b of bytes) hex += b.toString(16).padStart(2, '0')
  return BigInt(hex)
}
