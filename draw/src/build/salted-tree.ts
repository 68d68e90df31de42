// The salted tree of a list too long to be held: 32 bytes a line, sorted where they lie (spec 2.7).

import { compareBytes, utf8 } from '../bytes.ts'
import type { Alg } from '../hash.ts'
import { kernelFor, type Tree } from '../kernel/index.ts'
import { firstCell } from '../lists/lines.ts'
import { saltedLeafHash } from '../merkle.ts'
import { saltKey } from '../people/salted.ts'

const HASH = 32

/** The tree over a list's lines (batches of them, without LF) under its salts. `list` is its file name, or "register". */
export function saltedTreeOf(
  alg: Alg,
  list: string,
  secret: string,
  batches: Iterable<readonly string[]>,
): Tree {
  const kernel = kernelFor(alg)
  const key = saltKey(alg, secret, list)
  const parts: Uint8Array[] = []
  let rows = 0
  for (const lines of batches) {
    // A salt is H(key ‖ column 1), and so is a ticket.
    const salts = kernel.tickets(key, lines.map(firstCell))
    const hashes = new Uint8Array(HASH * lines.length)
    for (const [i, line] of lines.entries())
      hashes.set(saltedLeafHash(alg, salts.subarray(HASH * i, HASH * (i + 1)), utf8(line)), HASH * i)
    parts.push(hashes)
    rows += lines.length
  }
  const leaves = joined(parts, HASH * rows)
  sortHashes(leaves)
  return { root: kernel.treeOfHashes(leaves), rows }
}

/** Sorts hashes of 32 bytes in place, ascending: first into places by their first two bytes, then within each. */
export function sortHashes(hashes: Uint8Array): void {
  const ends = intoPlaces(hashes)
  let from = 0
  for (const to of ends) {
    if (to - from > 1) sortSome(hashes.subarray(HASH * from, HASH * to))
    from = to
  }
}

function joined(parts: Uint8Array[], length: number): Uint8Array {
  const out = new Uint8Array(length)
  let at = 0
  for (const [i, part] of parts.entries()) {
    out.set(part, at)
    at += part.length
    parts[i] = new Uint8Array(0)
  }
  return out
}

/** Moves each hash among those that begin like it; gives where each beginning ends. */
function intoPlaces(hashes: Uint8Array): Uint32Array {
  const beginning = (i: number): number =>
    ((hashes[HASH * i] as number) << 8) | (hashes[HASH * i + 1] as number)
  const rows = hashes.length / HASH
  const ends = new Uint32Array(65_536)
  for (let i = 0; i < rows; i++) ends[beginning(i)]!++
  for (let b = 1; b < ends.length; b++) ends[b]! += ends[b - 1]!
  const next = new Uint32Array(ends.length)
  next.set(ends.subarray(0, -1), 1)
  for (let b = 0; b < ends.length; b++)
    while (next[b]! < ends[b]!) {
      const home = beginning(next[b]!)
      if (home !== b) swap(hashes, next[b]!, next[home]!)
      next[home]!++
    }
  return ends
}

const held = new Uint8Array(HASH)

function swap(hashes: Uint8Array, a: number, b: number): void {
  held.set(hashes.subarray(HASH * a, HASH * (a + 1)))
  hashes.copyWithin(HASH * a, HASH * b, HASH * (b + 1))
  hashes.set(held, HASH * b)
}

function sortSome(hashes: Uint8Array): void {
  const each = Array.from({ length: hashes.length / HASH }, (_, i) => hashes.slice(HASH * i, HASH * (i + 1)))
  for (const [i, hash] of each.toSorted(compareBytes).entries()) hashes.set(hash, HASH * i)
}
