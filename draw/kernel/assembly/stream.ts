// SHA-256 of one long message: the schedule of four consecutive blocks at once, then their rounds in turn.

import { bigEndian, turn } from './blocks'
import { schedule } from './lanes'
import { IV, K, STATE, W } from './layout'

/** STATE becomes the initial state. */
export function streamStart(): void {
  memory.copy(STATE, IV, 32)
}

/** Compresses `count` whole blocks at `p` into STATE. */
export function streamBlocks(p: usize, count: u32): void {
  while (count > 0) {
    const lanes = min<u32>(count, 4)
    // Lanes past the end read what follows in memory; their schedule is not used.
    for (let r: usize = 0; r < 64; r += 16) {
      turn(
        W + 4 * r,
        bigEndian(v128.load(p + r, 0)),
        bigEndian(v128.load(p + r, 64)),
        bigEndian(v128.load(p + r, 128)),
        bigEndian(v128.load(p + r, 192)),
      )
    }
    schedule()
    for (let lane: u32 = 0; lane < lanes; lane++) compressLane(W + 4 * lane)
    p += 64 * lanes
    count -= lanes
  }
}

function compressLane(from: usize): void {
  let a = load<u32>(STATE, 0)
  let b = load<u32>(STATE, 4)
  let c = load<u32>(STATE, 8)
  let d = load<u32>(STATE, 12)
  let e = load<u32>(STATE, 16)
  let f = load<u32>(STATE, 20)
  let g = load<u32>(STATE, 24)
  let h = load<u32>(STATE, 28)
  for (let w = from, k = K; k < K + 256; w += 128, k += 32) {
    h += step(e, f, g, w, k); d += h; h += mix(a, b, c)
    g += step(d, e, f, w + 16, k + 4); c += g; g += mix(h, a, b)
    f += step(c, d, e, w + 32, k + 8); b += f; f += mix(g, h, a)
    e += step(b, c, d, w + 48, k + 12); a += e; e += mix(f, g, h)
    d += step(a, b, c, w + 64, k + 16); h += d; d += mix(e, f, g)
    c += step(h, a, b, w + 80, k + 20); g += c; c += mix(d, e, f)
    b += step(g, h, a, w + 96, k + 24); f += b; b += mix(c, d, e)
    a += step(f, g, h, w + 112, k + 28); e += a; a += mix(b, c, d)
  }
  store<u32>(STATE, load<u32>(STATE, 0) + a, 0)
  store<u32>(STATE, load<u32>(STATE, 4) + b, 4)
  store<u32>(STATE, load<u32>(STATE, 8) + c, 8)
  store<u32>(STATE, load<u32>(STATE, 12) + d, 12)
  store<u32>(STATE, load<u32>(STATE, 16) + e, 16)
  store<u32>(STATE, load<u32>(STATE, 20) + f, 20)
  store<u32>(STATE, load<u32>(STATE, 24) + g, 24)
  store<u32>(STATE, load<u32>(STATE, 28) + h, 28)
}

// @ts-ignore: decorator
@inline function step(e: u32, f: u32, g: u32, w: usize, k: usize): u32 {
  return (rotr(e, 6) ^ rotr(e, 11) ^ rotr(e, 25)) + (g ^ (e & (f ^ g))) + (load<u32>(w) + load<u32>(k))
}

// @ts-ignore: decorator
@inline function mix(a: u32, b: u32, c: u32): u32 {
  return (rotr(a, 2) ^ rotr(a, 13) ^ rotr(a, 22)) + ((a & b) | (c & (a | b)))
}
