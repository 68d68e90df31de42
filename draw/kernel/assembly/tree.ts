// RFC 6962 over a stream: 1024 leaves at a time become one perfect subtree; equal subtrees merge on a stack.

import { bigEndian, loadBlocks, turn } from './blocks'
import { compress, schedule, startFresh } from './lanes'
import { LANES, LF, STATE, TAB, W, WAITING } from './layout'

const BATCH: u32 = 1024
// Hashes of one level, in groups of four: word j of hash i at NODES + 128·(i/4) + 16·j + 4·(i mod 4).
const NODES = memory.data(BATCH * 32 + 128, 16)
// Roots of perfect subtrees, largest first: 8 u32 each.
const STACK = memory.data(64 * 32, 16)
// The schedules of a node's second block, one for each value of the last byte of the right child: 64 u32
// each.
const TAILS = memory.data(256 * 256, 16)

let filled: u32 = 0
let batches: u32 = 0
let depth: u32 = 0
let tailsReady = false

/** Begins an empty tree. */
export function treeStart(): void {
  filled = 0
  batches = 0
  depth = 0
  if (!tailsReady) prepareTails()
  tailsReady = true
}

/**
 * Takes the LF-ended lines in [from, end) as leaves, or the first TAB-separated column of each; four at a
 * time, and the remaining one to three when `last`. Returns the address of the first byte not taken.
 */
export function treeLines(from: usize, end: usize, firstColumn: bool, last: bool): usize {
  let taken = from
  let line = from
  let column: usize = 0
  let n: u32 = 0
  for (let block = from; block < end; block += 64) {
    let ends = firstColumn ? tabsAndLines(block) : lineEnds(block)
    if (block + 64 > end) ends &= ((<u64>1) << (end - block)) - 1
    for (; ends != 0; ends &= ends - 1) {
      const at = block + <usize>ctz(ends)
      if (firstColumn && column == 0) column = at
      if (firstColumn && load<u8>(at) != LF) continue
      await4(n++, line, (firstColumn ? column : at) - line)
      line = at + 1
      column = 0
      if (n < 4) continue
      leaves(4)
      n = 0
      taken = line
    }
  }
  if (!last || n == 0) return taken
  for (let i = n; i < 4; i++) await4(i, from, 0)
  leaves(n)
  return line
}

/** Takes `count` leaf hashes of 32 bytes each at `p`. */
export function treeHashes(p: usize, count: u32): void {
  for (const end = p + 32 * count; p < end; p += 32) {
    const to = NODES + 128 * (filled >> 2) + 4 * (filled & 3)
    for (let j: usize = 0; j < 8; j++) store<u32>(to + 16 * j, bswap(load<u32>(p + 4 * j)))
    grow(1)
  }
}

/** How many leaves there are so far. */
export function treeRows(): u32 {
  return batches * BATCH + filled
}

/** The root of at least one leaf, into STATE. */
export function treeRoot(): void {
  if (filled > 0) pushRootOf(filled)
  while (depth > 1) mergeTop()
  memory.copy(STATE, STACK, 32)
}

// @ts-ignore: decorator
@inline function await4(i: u32, at: usize, length: usize): void {
  store<u32>(WAITING + 12 * i, at, 0)
  store<u32>(WAITING + 12 * i, length, 4)
}

/** Hashes the four waiting lines; the first `count` become leaves. `filled` is a multiple of 4 here. */
function leaves(count: u32): void {
  const p0 = load<u32>(WAITING, 0)
  const p1 = load<u32>(WAITING, 12)
  const p2 = load<u32>(WAITING, 24)
  const p3 = load<u32>(WAITING, 36)
  const n0 = load<u32>(WAITING, 4)
  const n1 = load<u32>(WAITING, 16)
  const n2 = load<u32>(WAITING, 28)
  const n3 = load<u32>(WAITING, 40)
  const to = NODES + 128 * (filled >> 2)
  if (max(max(n0, n1), max(n2, n3)) <= 54) {
    startFresh()
    // One byte before the line stands for the prefix 0x00: it is read, and masked away.
    loadBlocks(p0 - 1, p1 - 1, p2 - 1, p3 - 1, n0 + 1, n1 + 1, n2 + 1, n3 + 1, i32x4(-256, -1, -1, -1))
    v128.store(W, i32x4.shl(i32x4(n0 + 1, n1 + 1, n2 + 1, n3 + 1), 3), 240)
    compress(false)
    memory.copy(to, LANES, 128)
  } else {
    longLeaves(to, p0, p1, p2, p3, n0, n1, n2, n3)
  }
  grow(count)
}

/** Leaves of any length: each lane's state is kept after its own last block. */
function longLeaves(
  to: usize, p0: usize, p1: usize, p2: usize, p3: usize, n0: u32, n1: u32, n2: u32, n3: u32,
): void {
  const blocks = (max(max(n0, n1), max(n2, n3)) + 73) >> 6
  startFresh()
  for (let j: u32 = 0; j < blocks; j++) {
    const a0 = left(n0, j)
    const a1 = left(n1, j)
    const a2 = left(n2, j)
    const a3 = left(n3, j)
    loadBlocks(
      part(p0, a0, j), part(p1, a1, j), part(p2, a2, j), part(p3, a3, j),
      a0, a1, a2, a3, i32x4(j == 0 ? -256 : -1, -1, -1, -1),
    )
    // The length of the message in bits, in two words, in its last block only.
    const bytes = i32x4(closing(n0, j), closing(n1, j), closing(n2, j), closing(n3, j))
    v128.store(W, v128.or(v128.load(W, 224), i32x4.shr_u(bytes, 29)), 224)
    v128.store(W, v128.or(v128.load(W, 240), i32x4.shl(bytes, 3)), 240)
    compress(false)
    keepClosed(to, bytes)
  }
}

/** How many bytes of prefix and line stand in block j: −1 after the end, at most 64. */
function left(length: u32, j: u32): isize {
  return <isize>max<i64>(min<i64>(<i64>length + 1 - ((<i64>j) << 6), 64), -1)
}

function part(p: usize, a: isize, j: u32): usize {
  return a < 0 ? W : p - 1 + (j << 6)
}

/** The message's length in bytes if block j is its last, else 0. */
function closing(length: u32, j: u32): u32 {
  return (length + 73) >> 6 == j + 1 ? length + 1 : 0
}

function keepClosed(to: usize, bytes: v128): void {
  const closed = i32x4.ne(bytes, i32x4.splat(0))
  for (let j: usize = 0; j < 128; j += 16)
    v128.store(to + j, v128.bitselect(v128.load(LANES + j), v128.load(to + j), closed))
}

function grow(count: u32): void {
  filled += count
  if (filled < BATCH) return
  filled = 0
  pushRootOf(BATCH)
  for (let b = ++batches; (b & 1) == 0; b >>= 1) mergeTop()
}

/** The root of the first `n` hashes of NODES goes onto the stack. */
function pushRootOf(n: u32): void {
  // An odd last hash moves up unchanged, which gives the tree of RFC 6962.
  while (n > 1) {
    const pairs = n >> 1
    const odd = n & 1
    if (odd) copyNode(STATE, 4, node(n - 1), 16)
    for (let g: u32 = 0; g < pairs; g += 4) parents(NODES + 64 * g, NODES + 32 * g)
    if (odd) copyNode(node(pairs), 16, STATE, 4)
    n = pairs + odd
  }
  copyNode(STACK + 32 * depth++, 4, NODES, 16)
}

function mergeTop(): void {
  depth -= 2
  copyNode(NODES, 16, STACK + 32 * depth, 4)
  copyNode(NODES + 4, 16, STACK + 32 * depth + 32, 4)
  pushRootOf(2)
}

// @ts-ignore: decorator
@inline function node(i: u32): usize {
  return NODES + 128 * (i >> 2) + 4 * (i & 3)
}

function copyNode(to: usize, toStep: usize, from: usize, fromStep: usize): void {
  for (let j: usize = 0; j < 8; j++) store<u32>(to + toStep * j, load<u32>(from + fromStep * j))
}

/** H(0x01 ‖ l ‖ r) of the four pairs in two groups at `from`, as one group at `to`. */
function parents(from: usize, to: usize): void {
  startFresh()
  let before = i32x4.splat(0x01)
  for (let j: usize = 0; j < 128; j += 16) {
    const left = v128.shuffle<u32>(v128.load(from + j), v128.load(from + j, 128), 0, 2, 4, 6)
    v128.store(W + j, shifted(before, left))
    before = left
  }
  for (let j: usize = 0; j < 128; j += 16) {
    const right = v128.shuffle<u32>(v128.load(from + j), v128.load(from + j, 128), 1, 3, 5, 7)
    v128.store(W + j, shifted(before, right), 128)
    before = right
  }
  compress(false)
  loadTails(before)
  compress(true)
  memory.copy(to, LANES, 128)
}

/** A word of the message: the prefix moves every word of the children by one byte. */
// @ts-ignore: decorator
@inline function shifted(before: v128, word: v128): v128 {
  return v128.or(i32x4.shl(before, 24), i32x4.shr_u(word, 8))
}

function loadTails(last: v128): void {
  const a = TAILS + ((i32x4.extract_lane(last, 0) & 255) << 8)
  const b = TAILS + ((i32x4.extract_lane(last, 1) & 255) << 8)
  const c = TAILS + ((i32x4.extract_lane(last, 2) & 255) << 8)
  const d = TAILS + ((i32x4.extract_lane(last, 3) & 255) << 8)
  for (let t: usize = 0; t < 256; t += 16)
    turn(W + 4 * t, v128.load(a + t), v128.load(b + t), v128.load(c + t), v128.load(d + t))
}

function prepareTails(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    memory.fill(W, 0, 256)
    store<u32>(W, (byte << 24) | 0x800000)
    store<u32>(W, 65 * 8, 240)
    schedule()
    for (let t: usize = 0; t < 64; t++) store<u32>(TAILS + (byte << 8) + 4 * t, load<u32>(W + 16 * t))
  }
}

// @ts-ignore: decorator
@inline function lineEnds(p: usize): u64 {
  return (
    <u64>linesOf(v128.load(p)) | ((<u64>linesOf(v128.load(p, 16))) << 16) |
    ((<u64>linesOf(v128.load(p, 32))) << 32) | ((<u64>linesOf(v128.load(p, 48))) << 48)
  )
}

// @ts-ignore: decorator
@inline function linesOf(x: v128): u32 {
  return i8x16.bitmask(i8x16.eq(x, i8x16.splat(LF)))
}

// @ts-ignore: decorator
@inline function tabsAndLines(p: usize): u64 {
  return (
    <u64>bothOf(v128.load(p)) | ((<u64>bothOf(v128.load(p, 16))) << 16) |
    ((<u64>bothOf(v128.load(p, 32))) << 32) | ((<u64>bothOf(v128.load(p, 48))) << 48)
  )
}

// @ts-ignore: decorator
@inline function bothOf(x: v128): u32 {
  return i8x16.bitmask(v128.or(i8x16.eq(x, i8x16.splat(LF)), i8x16.eq(x, i8x16.splat(TAB))))
}
