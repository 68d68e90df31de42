// Message blocks into W: bytes at any address, cut to length, padded, byte-swapped and turned from rows to
// lanes.

import { W } from './layout'

// Slid along by the length, KEEP masks what comes after a message and MARK puts 0x80 there.
const KEEP = memory.data(192, 16)
const MARK = memory.data(192, 16)

/** Fills the two sliding tables. Once per instance. */
export function initBlocks(): void {
  memory.fill(KEEP, 0xff, 64)
  store<u8>(MARK + 64, 0x80)
}

/** All ones in the first `length` (−64…64) of 16 bytes, zeros in the others. */
// @ts-ignore: decorator
@inline export function within(length: isize): v128 {
  return v128.load(KEEP + 64 - length)
}

/** 16 bytes from `p`, those from `length` (−64…64) on replaced by zeros. */
// @ts-ignore: decorator
@inline export function keep(p: usize, length: isize): v128 {
  return v128.and(v128.load(p), within(length))
}

// @ts-ignore: decorator
@inline function padded(p: usize, length: isize, row: usize): v128 {
  return v128.or(keep(p + row, length - row), v128.load(MARK + 64 - length + row))
}

/**
 * One block of each of four messages into W[0..15]. Lane i takes bytes from pᵢ, of which nᵢ (−1…64) are the
 * message's; what follows is 0x80 (unless n is −1 or 64) and zeros. `first` is anded to each message's first
 * 16 bytes. The length words are the caller's.
 */
// @ts-ignore: decorator
@inline export function loadBlocks(
  p0: usize, p1: usize, p2: usize, p3: usize, n0: isize, n1: isize, n2: isize, n3: isize, first: v128,
): void {
  loadRow(W, 0, p0, p1, p2, p3, n0, n1, n2, n3, first)
  for (let r: usize = 16; r < 64; r += 16) loadRow(W + 4 * r, r, p0, p1, p2, p3, n0, n1, n2, n3, i32x4.splat(-1))
}

// @ts-ignore: decorator
@inline function loadRow(
  w: usize, r: usize, p0: usize, p1: usize, p2: usize, p3: usize,
  n0: isize, n1: isize, n2: isize, n3: isize, first: v128,
): void {
  turn(
    w,
    bigEndian(v128.and(padded(p0, n0, r), first)),
    bigEndian(v128.and(padded(p1, n1, r), first)),
    bigEndian(v128.and(padded(p2, n2, r), first)),
    bigEndian(v128.and(padded(p3, n3, r), first)),
  )
}

/** Four rows of four words stored as four columns at `w`. */
// @ts-ignore: decorator
@inline export function turn(w: usize, a: v128, b: v128, c: v128, d: v128): void {
  const ab = v128.shuffle<u32>(a, b, 0, 4, 1, 5)
  const cd = v128.shuffle<u32>(c, d, 0, 4, 1, 5)
  const ef = v128.shuffle<u32>(a, b, 2, 6, 3, 7)
  const gh = v128.shuffle<u32>(c, d, 2, 6, 3, 7)
  v128.store(w, v128.shuffle<u64>(ab, cd, 0, 2), 0)
  v128.store(w, v128.shuffle<u64>(ab, cd, 1, 3), 16)
  v128.store(w, v128.shuffle<u64>(ef, gh, 0, 2), 32)
  v128.store(w, v128.shuffle<u64>(ef, gh, 1, 3), 48)
}

/** The bytes of each 32-bit word reversed. */
// @ts-ignore: decorator
@inline export function bigEndian(x: v128): v128 {
  return v128.shuffle<u8>(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12)
}
