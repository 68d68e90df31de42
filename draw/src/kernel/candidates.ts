// Who may have been drawn: the lines below a threshold, in flat arrays, and the lowest of them by ticket order.

import { compareAscii, compareBytes } from '../bytes.ts'

/** Lines of a population with their tickets: entry i is ids[i], strata[i] (its place), tickets[32·i … 32·i + 31]. */
export interface Candidates {
  readonly ids: readonly string[]
  readonly strata: Uint32Array
  readonly tickets: Uint8Array
}

/** The ticket of candidate `i`: 32 bytes, a view. */
export function ticketOf(candidates: Candidates, i: number): Uint8Array {
  return candidates.tickets.subarray(32 * i, 32 * i + 32)
}

/** For each of `strata` strata the candidates' places, ascending by (ticket, id). */
export function rankByStratum(candidates: Candidates, strata: number): number[][] {
  const ranked: number[][] = Array.from({ length: strata }, () => [])
  candidates.strata.forEach((stratum, i) => ranked[stratum]?.push(i))
  const heads = headsOf(candidates.tickets)
  for (const places of ranked) {
    places.sort((a, b) => (heads[a] ?? 0) - (heads[b] ?? 0) || compareRest(candidates, a, b))
  }
  return ranked
}

/**
 * A threshold below which the n lowest of N tickets lie, almost always with one more: ⌈(n + 6⌈√n⌉ + 20)/N · 2^64⌉,
 * at most 2^64. Integers throughout; n and N are whole, N ≥ 1.
 */
export function thresholdFor(n: number, N: number): bigint {
  const wanted = BigInt(n) + 6n * ceilSqrt(BigInt(n)) + 20n
  const threshold = ((wanted << 64n) + BigInt(N) - 1n) / BigInt(N)
  return threshold < 1n << 64n ? threshold : 1n << 64n
}

function compareRest(candidates: Candidates, a: number, b: number): number {
  return (
    compareBytes(ticketOf(candidates, a), ticketOf(candidates, b)) ||
    compareAscii(candidates.ids[a] ?? '', candidates.ids[b] ?? '')
  )
}

/** The first 48 bits of each ticket, which a number holds exactly. */
function headsOf(tickets: Uint8Array): Float64Array {
  const view = new DataView(tickets.buffer, tickets.byteOffset, tickets.length)
  return Float64Array.from(
    { length: tickets.length / 32 },
    (_, i) => view.getUint32(32 * i) * 0x1_0000 + view.getUint16(32 * i + 4),
  )
}

function ceilSqrt(x: bigint): bigint {
  let root = BigInt(Math.ceil(Math.sqrt(Number(x))))
  while (root * root < x) root++
  while (root > 0n && (root - 1n) * (root - 1n) >= x) root--
  return root
}
