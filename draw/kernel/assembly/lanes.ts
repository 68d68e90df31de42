// SHA-256 over four messages at once, one to a 32-bit lane of a 128-bit vector.

import { IV, K, LANES, W } from './layout'

/** Every lane of LANES starts from the eight words at `from`. */
export function startLanes(from: usize): void {
  for (let j: usize = 0; j < 8; j++) v128.store(LANES + 16 * j, v128.load_splat<u32>(from + 4 * j))
}

/** Every lane of LANES starts from the initial state. */
export function startFresh(): void {
  startLanes(IV)
}

/** Expands the 16 words at W to 64, in place. */
export function schedule(): void {
  let x = v128.load(W, 224)
  let y = v128.load(W, 240)
  for (let p = W; p < W + 48 * 16; p += 64) {
    x = expand(p, 0, x)
    y = expand(p, 16, y)
    x = expand(p, 32, x)
    y = expand(p, 48, y)
  }
}

/** Word t from the words t−16, t−15, t−7 in memory and t−2 at hand. */
// @ts-ignore: decorator
@inline function expand(p: usize, at: usize, w2: v128): v128 {
  const sum = i32x4.add(v128.load(p + at), v128.load(p + at, 144))
  const w = i32x4.add(i32x4.add(sum, sigma0(v128.load(p + at, 16))), sigma1(w2))
  v128.store(p + at, w, 256)
  return w
}

/**
 * One block of each lane into LANES: the words at W are 16, or all 64 where they have been expanded already.
 */
export function compress(expanded: bool): void {
  let a = v128.load(LANES, 0)
  let b = v128.load(LANES, 16)
  let c = v128.load(LANES, 32)
  let d = v128.load(LANES, 48)
  let e = v128.load(LANES, 64)
  let f = v128.load(LANES, 80)
  let g = v128.load(LANES, 96)
  let h = v128.load(LANES, 112)
  // Maj(a,b,c) = b ^ ((a^b) & (b^c)), and b^c is the a^b of the round before.
  let x: v128
  let y = v128.xor(b, c)
  const ready = W + (expanded ? 1024 : 256)
  let k = K
  for (let w = W; w < ready; w += 128, k += 32) {
    h = i32x4.add(h, step(e, f, g, v128.load(w), k)); d = i32x4.add(d, h)
    x = v128.xor(a, b); h = i32x4.add(h, mix(a, b, x, y))
    g = i32x4.add(g, step(d, e, f, v128.load(w, 16), k + 4)); c = i32x4.add(c, g)
    y = v128.xor(h, a); g = i32x4.add(g, mix(h, a, y, x))
    f = i32x4.add(f, step(c, d, e, v128.load(w, 32), k + 8)); b = i32x4.add(b, f)
    x = v128.xor(g, h); f = i32x4.add(f, mix(g, h, x, y))
    e = i32x4.add(e, step(b, c, d, v128.load(w, 48), k + 12)); a = i32x4.add(a, e)
    y = v128.xor(f, g); e = i32x4.add(e, mix(f, g, y, x))
    d = i32x4.add(d, step(a, b, c, v128.load(w, 64), k + 16)); h = i32x4.add(h, d)
    x = v128.xor(e, f); d = i32x4.add(d, mix(e, f, x, y))
    c = i32x4.add(c, step(h, a, b, v128.load(w, 80), k + 20)); g = i32x4.add(g, c)
    y = v128.xor(d, e); c = i32x4.add(c, mix(d, e, y, x))
    b = i32x4.add(b, step(g, h, a, v128.load(w, 96), k + 24)); f = i32x4.add(f, b)
    x = v128.xor(c, d); b = i32x4.add(b, mix(c, d, x, y))
    a = i32x4.add(a, step(f, g, h, v128.load(w, 112), k + 28)); e = i32x4.add(e, a)
    y = v128.xor(b, c); a = i32x4.add(a, mix(b, c, y, x))
  }
  // The other words are made where they are needed, which is a tenth faster than beforehand.
  let u = v128.load(W, 224)
  let v = v128.load(W, 240)
  for (let w = ready - 256; w < W + 768; w += 128, k += 32) {
    u = expand(w, 0, u)
    h = i32x4.add(h, step(e, f, g, u, k)); d = i32x4.add(d, h)
    x = v128.xor(a, b); h = i32x4.add(h, mix(a, b, x, y))
    v = expand(w, 16, v)
    g = i32x4.add(g, step(d, e, f, v, k + 4)); c = i32x4.add(c, g)
    y = v128.xor(h, a); g = i32x4.add(g, mix(h, a, y, x))
    u = expand(w, 32, u)
    f = i32x4.add(f, step(c, d, e, u, k + 8)); b = i32x4.add(b, f)
    x = v128.xor(g, h); f = i32x4.add(f, mix(g, h, x, y))
    v = expand(w, 48, v)
    e = i32x4.add(e, step(b, c, d, v, k + 12)); a = i32x4.add(a, e)
    y = v128.xor(f, g); e = i32x4.add(e, mix(f, g, y, x))
    u = expand(w, 64, u)
    d = i32x4.add(d, step(a, b, c, u, k + 16)); h = i32x4.add(h, d)
    x = v128.xor(e, f); d = i32x4.add(d, mix(e, f, x, y))
    v = expand(w, 80, v)
    c = i32x4.add(c, step(h, a, b, v, k + 20)); g = i32x4.add(g, c)
    y = v128.xor(d, e); c = i32x4.add(c, mix(d, e, y, x))
    u = expand(w, 96, u)
    b = i32x4.add(b, step(g, h, a, u, k + 24)); f = i32x4.add(f, b)
    x = v128.xor(c, d); b = i32x4.add(b, mix(c, d, x, y))
    v = expand(w, 112, v)
    a = i32x4.add(a, step(f, g, h, v, k + 28)); e = i32x4.add(e, a)
    y = v128.xor(b, c); a = i32x4.add(a, mix(b, c, y, x))
  }
  addToLanes(a, b, c, d, e, f, g, h)
}

// @ts-ignore: decorator
@inline function addToLanes(a: v128, b: v128, c: v128, d: v128, e: v128, f: v128, g: v128, h: v128): void {
  v128.store(LANES, i32x4.add(v128.load(LANES, 0), a), 0)
  v128.store(LANES, i32x4.add(v128.load(LANES, 16), b), 16)
  v128.store(LANES, i32x4.add(v128.load(LANES, 32), c), 32)
  v128.store(LANES, i32x4.add(v128.load(LANES, 48), d), 48)
  v128.store(LANES, i32x4.add(v128.load(LANES, 64), e), 64)
  v128.store(LANES, i32x4.add(v128.load(LANES, 80), f), 80)
  v128.store(LANES, i32x4.add(v128.load(LANES, 96), g), 96)
  v128.store(LANES, i32x4.add(v128.load(LANES, 112), h), 112)
}

/** Σ1(e) + Ch(e,f,g) + W + K. */
// @ts-ignore: decorator
@inline function step(e: v128, f: v128, g: v128, w: v128, k: usize): v128 {
  const s = v128.xor(v128.xor(rotr(e, 6), rotr(e, 11)), rotr(e, 25))
  const ch = v128.xor(g, v128.and(e, v128.xor(f, g)))
  return i32x4.add(i32x4.add(w, v128.load_splat<u32>(k)), i32x4.add(s, ch))
}

/** Σ0(a) + Maj(a,b,c), given a^b and b^c. */
// @ts-ignore: decorator
@inline function mix(a: v128, b: v128, ab: v128, bc: v128): v128 {
  const s = v128.xor(v128.xor(rotr(a, 2), rotr(a, 13)), rotr(a, 22))
  return i32x4.add(s, v128.xor(b, v128.and(ab, bc)))
}

// @ts-ignore: decorator
@inline function sigma0(x: v128): v128 {
  return v128.xor(v128.xor(rotr(x, 7), rotr(x, 18)), i32x4.shr_u(x, 3))
}

// @ts-ignore: decorator
@inline function sigma1(x: v128): v128 {
  return v128.xor(v128.xor(rotr(x, 17), rotr(x, 19)), i32x4.shr_u(x, 10))
}

// @ts-ignore: decorator
@inline function rotr(x: v128, n: i32): v128 {
  return v128.xor(i32x4.shr_u(x, n), i32x4.shl(x, 32 - n))
}
