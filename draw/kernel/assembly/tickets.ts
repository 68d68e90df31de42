// Tickets H(key ‖ id): the 64 characters of the key are the first block, so their state is kept and an id
// costs one compression.

import { loadBlocks } from './blocks'
import { compress, startLanes } from './lanes'
import { LANES, LF, STATE, W, WAITING } from './layout'
import { streamBlocks, streamStart } from './stream'

const MIDSTATE = memory.data(32, 16)

/** Takes the stage key: 64 ASCII characters at `p`. */
export function ticketKey(p: usize): void {
  streamStart()
  streamBlocks(p, 1)
  memory.copy(MIDSTATE, STATE, 32)
}

/** The tickets of the four waiting ids (1…55 bytes each) into LANES. */
export function tickets4(): void {
  const p0 = load<u32>(WAITING, 0)
  const p1 = load<u32>(WAITING, 12)
  const p2 = load<u32>(WAITING, 24)
  const p3 = load<u32>(WAITING, 36)
  const n0 = load<u32>(WAITING, 4)
  const n1 = load<u32>(WAITING, 16)
  const n2 = load<u32>(WAITING, 28)
  const n3 = load<u32>(WAITING, 40)
  startLanes(MIDSTATE)
  loadBlocks(p0, p1, p2, p3, n0, n1, n2, n3, i32x4.splat(-1))
  v128.store(W, i32x4.shl(i32x4.add(i32x4(n0, n1, n2, n3), i32x4.splat(64)), 3), 240)
  compress(false)
}

/** The ticket in lane `i` as 32 bytes at `to`. */
// @ts-ignore: decorator
@inline export function storeTicket(to: usize, i: u32): void {
  for (let j: usize = 0; j < 8; j++) store<u32>(to + 4 * j, bswap(load<u32>(LANES + 16 * j + 4 * i)))
}

/** The tickets of the LF-ended ids in [from, end), 32 bytes each at `to`. */
export function ticketLines(from: usize, end: usize, to: usize): void {
  let n: u32 = 0
  for (let p = from; p < end; p++) {
    if (load<u8>(p) != LF) continue
    store<u32>(WAITING + 12 * n, from, 0)
    store<u32>(WAITING + 12 * n, p - from, 4)
    from = p + 1
    if (++n < 4 && from < end) continue
    tickets4()
    for (let i: u32 = 0; i < n; i++, to += 32) storeTicket(to, i)
    n = 0
  }
}
