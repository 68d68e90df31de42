// Ticket order over a handful or a stratum: reserves, the draw of inspectors, substitutes (spec 4).

import { compareAscii, compareBytes, toHex } from '../bytes.ts'
import { kernelFor } from '../kernel/index.ts'
import type { Alg } from '../hash.ts'
import { stageKey } from '../stream.ts'

/** An id with its ticket (64 hex). */
export interface Ranked {
  readonly id: string
  readonly ticket: string
}

/** The ids of a stage ascending by (ticket, id). */
export function rankIds(alg: Alg, seed: string, stage: string, ids: readonly string[]): Ranked[] {
  const tickets = kernelFor(alg).tickets(stageKey(alg, seed, stage), ids)
  const at = (i: number): Uint8Array => tickets.subarray(32 * i, 32 * i + 32)
  return ids
    .map((_, i) => i)
    .sort((a, b) => compareBytes(at(a), at(b)) || compareAscii(ids[a] as string, ids[b] as string))
    .map((i) => ({ id: ids[i] as string, ticket: toHex(at(i)) }))
}

/** The ticket of one id in a stage, 64 hex. */
export function ticketOfId(alg: Alg, seed: string, stage: string, id: string): string {
  return toHex(kernelFor(alg).tickets(stageKey(alg, seed, stage), [id]))
}
