// The draw's hot loop: lines of population.tsv are checked, counted by stratum, and given their tickets.
// Anything wrong ends the scan of a piece with −1; which line it is and why is found outside, where speed is
// not needed.

import { within } from './blocks'
import { LANES, LF, TAB, WAITING } from './layout'
import { indexOf, stratumOf } from './strata'
import { storeTicket, tickets4 } from './tickets'

// Characters by their two halves: a byte is allowed where LOW[low half] & HIGH[high half] is not zero, and
// the top bit says TAB or LF. Bits: 1 digits, ":", p…z · 2 "-", ".", "/" · 4 A…O, a…o · 8 P…Z, "_".
const LOW = memory.data<u8>([9, 13, 13, 13, 13, 13, 13, 13, 13, 141, 141, 4, 4, 6, 6, 14])
const HIGH = memory.data<u8>([128, 0, 2, 1, 4, 8, 4, 1, 0, 0, 0, 0, 0, 0, 0, 0])

/** The last id of the piece before, with a byte below every id character after it. */
export const LAST_ID = memory.data(128, 16)
// A piece has at most 65,536 bytes, and a line at least six.
/** Ids of the piece's candidates, each ended by LF; their strata (u32); their tickets (32 bytes each). */
export const FOUND_IDS = memory.data(65536 + 64, 16)
export const FOUND_STRATA = memory.data(10924 * 4, 16)
export const FOUND_TICKETS = memory.data(10924 * 32, 16)

/** How many candidates the last piece had, and how many bytes their ids take. */
export let found: u32 = 0
export let foundBytes: u32 = 0

let hashing = false
let block: usize = 0
let blocksEnd: usize = 0
let separators: u64 = 0
let strange: v128 = i32x4.splat(0)
let lastId: usize = 0
let lastLength: u32 = 0

/**
 * Begins a scan; with `withTickets` each line gets its ticket, otherwise lines are only checked and counted.
 */
export function scanStart(withTickets: bool): void {
  hashing = withTickets
  store<u8>(LAST_ID, 0)
  lastLength = 0
}

/** Scans the lines in [from, end), which ends with LF. Returns how many they are, or −1 if one is refused. */
export function scanLines(from: usize, end: usize): i32 {
  found = 0
  foundBytes = 0
  block = from - 64
  blocksEnd = end
  separators = 0
  strange = i32x4.splat(0)
  lastId = LAST_ID
  let rows = 0
  let n: u32 = 0
  for (let p = from; p < end; rows++) {
    const idEnd = nextSeparator()
    const stratumEnd = nextSeparator()
    const lineEnd = nextSeparator()
    const idLength = <u32>(idEnd - p)
    const stratumLength = <u32>(stratumEnd - idEnd - 1)
    if (load<u8>(idEnd) != TAB || load<u8>(stratumEnd) != TAB) return -1
    if (lineEnd >= end || load<u8>(lineEnd) != LF) return -1
    if (idLength - 1 > 54 || stratumLength - 1 > 63) return -1
    if (!isWeight(stratumEnd + 1, lineEnd) || !isAfterLast(p)) return -1
    refuseSlash(p, idLength)
    lastId = p
    lastLength = idLength
    const record = stratumOf(idEnd + 1, stratumLength)
    if (record == 0) return -1
    store<u32>(record, load<u32>(record, 72) + 1, 72)
    store<u32>(WAITING + 12 * n, p, 0)
    store<u32>(WAITING + 12 * n, idLength, 4)
    store<u32>(WAITING + 12 * n, record, 8)
    p = lineEnd + 1
    if (++n < 4 && p < end) continue
    if (hashing) choose(n)
    n = 0
  }
  if (v128.any_true(strange)) return -1
  keepLastId()
  return rows
}

/** The address of the next TAB or LF, or the end. */
// @ts-ignore: decorator
@inline function nextSeparator(): usize {
  while (separators == 0) {
    block += 64
    if (block >= blocksEnd) return blocksEnd
    const left = blocksEnd - block
    separators = classify(0, left) | (classify(16, left) << 16)
    separators |= (classify(32, left) << 32) | (classify(48, left) << 48)
  }
  const at = block + <usize>ctz(separators)
  separators &= separators - 1
  return at
}

/** Which of 16 bytes are TAB or LF; a byte that no column allows is remembered in `strange`. */
// @ts-ignore: decorator
@inline function classify(at: usize, left: usize): u64 {
  let x = v128.load(block + at)
  if (left < 64) x = onlyFirst(x, at, left)
  const low = i8x16.swizzle(v128.load(LOW), v128.and(x, i8x16.splat(15)))
  const high = i8x16.swizzle(v128.load(HIGH), i8x16.shr_u(x, 4))
  const kind = v128.and(low, high)
  strange = v128.or(strange, i8x16.eq(kind, i8x16.splat(0)))
  return <u64>(<u32>i8x16.bitmask(kind) & 0xffff)
}

/** A "/" is allowed in the code of a stratum and not in an id. */
// @ts-ignore: decorator
@inline function refuseSlash(p: usize, length: u32): void {
  for (let k: u32 = 0; k < length; k += 16) {
    const slashes = i8x16.eq(v128.load(p + k), i8x16.splat(0x2f))
    strange = v128.or(strange, v128.and(slashes, within(<isize>length - <isize>k)))
  }
}

/** The bytes of a row that stand before the end; "0" for the others. */
function onlyFirst(x: v128, at: usize, left: usize): v128 {
  const position = i8x16.add(i8x16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15), i8x16.splat(<i8>at))
  return v128.bitselect(x, i8x16.splat(0x30), i8x16.lt_s(position, i8x16.splat(<i8>left)))
}

// @ts-ignore: decorator
@inline function isWeight(p: usize, end: usize): bool {
  if (<u32>load<u8>(p) - 0x31 > 8) return false
  if (end - p > 9) return false
  for (p++; p < end; p++) if (<u32>load<u8>(p) - 0x30 > 9) return false
  return true
}

/**
 * Whether the id at `p` comes after the last one. TAB is below every id character: ids compare with their
 * end.
 */
// @ts-ignore: decorator
@inline function isAfterLast(p: usize): bool {
  for (let k: usize = 0; k <= lastLength; k += 16) {
    const differ = i8x16.bitmask(i8x16.ne(v128.load(lastId + k), v128.load(p + k)))
    if (differ == 0) continue
    const at = k + <usize>ctz(differ)
    return at <= lastLength && load<u8>(lastId + at) < load<u8>(p + at)
  }
  return false
}

function keepLastId(): void {
  memory.copy(LAST_ID, lastId, lastLength + 1)
  lastId = LAST_ID
}

/** Tickets of the waiting lines; those below their stratum's threshold become candidates. */
function choose(n: u32): void {
  tickets4()
  for (let i: u32 = 0; i < n; i++) {
    const record: usize = load<u32>(WAITING + 12 * i, 8)
    const threshold = load<u64>(record, 64)
    const head = (<u64>load<u32>(LANES + 4 * i) << 32) | <u64>load<u32>(LANES + 4 * i, 16)
    if (head < threshold || threshold == u64.MAX_VALUE) remember(i, record)
  }
}

function remember(i: u32, record: usize): void {
  const id: usize = load<u32>(WAITING + 12 * i, 0)
  const length = load<u32>(WAITING + 12 * i, 4)
  const to = FOUND_IDS + foundBytes
  for (let k: u32 = 0; k < length; k += 16) v128.store(to + k, v128.load(id + k))
  store<u8>(to + length, LF)
  foundBytes += length + 1
  store<u32>(FOUND_STRATA + 4 * found, indexOf(record))
  storeTicket(FOUND_TICKETS + 32 * found, i)
  found++
}
