// The strata of one scan: a record of 80 bytes each, found by the bytes of the code through a table of slots.
// Record: 0 code, zero-padded to 64 · 64 threshold u64 · 72 lines counted u32 · 76 length of the code u32.

import { keep } from './blocks'

let records: usize = 0
let slots: usize = 0
let slotMask: u32 = 0

/**
 * Uses `count` records at `recordsAt` and 2^k > count slots (u32, zeroed) at `slotsAt`, with mask 2^k − 1.
 */
export function strataStart(recordsAt: usize, count: u32, slotsAt: usize, mask: u32): void {
  records = recordsAt
  slots = slotsAt
  slotMask = mask
  for (let i: u32 = 0; i < count; i++) {
    const record = recordsAt + 80 * i
    let slot = hashOf(record, load<u32>(record, 76)) & mask
    while (load<u32>(slots + 4 * slot) != 0) slot = (slot + 1) & mask
    store<u32>(slots + 4 * slot, i + 1)
  }
}

/** The record of the code of `length` bytes (at most 64) at `p`, or 0. */
export function stratumOf(p: usize, length: u32): usize {
  let slot = hashOf(p, length) & slotMask
  let found = load<u32>(slots + 4 * slot)
  while (found != 0) {
    const record = records + 80 * (found - 1)
    if (load<u32>(record, 76) == length && equal(p, record, length)) return record
    slot = (slot + 1) & slotMask
    found = load<u32>(slots + 4 * slot)
  }
  return 0
}

/** The place of a record in the list of strata. */
export function indexOf(record: usize): u32 {
  return <u32>(record - records) / 80
}

function equal(p: usize, record: usize, length: u32): bool {
  for (let k: usize = 0; k < length; k += 16) {
    if (v128.any_true(v128.xor(keep(p + k, <isize>length - k), v128.load(record + k)))) return false
  }
  return true
}

// @ts-ignore: decorator
@inline function hashOf(p: usize, length: u32): u32 {
  let h: u64 = length
  for (let k: usize = 0; k < length; k += 16) {
    const x = keep(p + k, <isize>length - k)
    h = (h ^ i64x2.extract_lane(x, 0)) * 0x9e3779b97f4a7c15
    h ^= h >> 32
    h = (h ^ i64x2.extract_lane(x, 1)) * 0xbf58476d1ce4e5b9
    h ^= h >> 29
  }
  return <u32>h
}
