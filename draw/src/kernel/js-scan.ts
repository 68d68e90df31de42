// The scan of population.tsv in plain TypeScript.

import { concat, utf8 } from '../bytes.ts'
import type { Alg } from '../hash.ts'
import { Found } from './found.ts'
import { checkScanOptions, EVERYBODY, type Running, type ScanOptions, type ScanResult } from './kernel.ts'
import {
  asText,
  LONGEST_LINE,
  type PopulationLine,
  readLine,
  type Refused,
  whyNotHere,
} from './population-line.ts'
import { beginningWith, type ShortHash } from '../short-hash.ts'

const PIECE = 65_536

/** Reads population.tsv in pieces. */
export class JsScan implements Running<ScanResult> {
  readonly #ticket: ShortHash | undefined
  readonly #thresholds: readonly Threshold[]
  readonly #strata: ReadonlyMap<string, number>
  readonly #counts: number[]
  readonly #found = new Found()
  #unended: Uint8Array = new Uint8Array(0)
  #rows = 0
  #last = ''
  #refused: Refused | undefined

  constructor(alg: Alg, options: ScanOptions) {
    checkScanOptions(options)
    const { strata, draw } = options
    this.#ticket = draw && beginningWith(alg, utf8(draw.key))
    this.#thresholds = (draw?.thresholds ?? []).map(halves)
    this.#strata = new Map(strata.map((code, i) => [code, i]))
    this.#counts = strata.map(() => 0)
  }

  update(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length && !this.#refused; at += PIECE) {
      const bytes = concat(this.#unended, chunk.subarray(at, at + PIECE))
      const end = bytes.lastIndexOf(10) + 1
      this.#lines(bytes.subarray(0, end))
      this.#unended = bytes.subarray(end)
      if (this.#unended.length >= LONGEST_LINE) this.#lines(this.#unended)
    }
  }

  finish(): ScanResult {
    if (!this.#refused) this.#lines(this.#unended)
    if (this.#refused) return { ok: false, ...this.#refused }
    return { ok: true, rows: this.#rows, counts: this.#counts, candidates: this.#found.all() }
  }

  #lines(bytes: Uint8Array): void {
    const text = asText(bytes)
    const isStratum = (code: string) => this.#strata.has(code)
    for (let at = 0; at < text.length && !this.#refused;) {
      const line = readLine(text, at)
      const fault = typeof line === 'string' ? line : whyNotHere(line, this.#last, isStratum)
      if (fault || typeof line === 'string') {
        this.#refused ??= { line: this.#rows + 1, fault: fault ?? 'columns' }
        return
      }
      this.#take(line, bytes.subarray(at, at + line.id.length))
      at = line.next
    }
  }

  #take({ id, stratum }: PopulationLine, idBytes: Uint8Array): void {
    const place = this.#strata.get(stratum) ?? 0
    this.#rows++
    this.#last = id
    this.#counts[place] = (this.#counts[place] ?? 0) + 1
    if (!this.#ticket) return
    const ticket = this.#ticket(idBytes)
    const threshold = this.#thresholds[place]
    // A fresh string for the id: a part of the text would keep the whole piece in memory.
    if (threshold && isBelow(ticket, threshold)) this.#found.add([asText(idBytes)], [place], ticket)
  }
}

/** A 64-bit threshold in two numbers: engines compare those many times faster than a bigint. */
interface Threshold {
  readonly high: number
  readonly low: number
}

function halves(threshold: bigint): Threshold {
  if (threshold >= EVERYBODY) return { high: 2 ** 32, low: 0 }
  return { high: Number(threshold >> 32n), low: Number(threshold & 0xffff_ffffn) }
}

function isBelow(ticket: Uint8Array, { high, low }: Threshold): boolean {
  const head = wordOf(ticket, 0)
  return head < high || (head === high && wordOf(ticket, 4) < low)
}

function wordOf(ticket: Uint8Array, at: number): number {
  return ((ticket[at]! << 24) | (ticket[at + 1]! << 16) | (ticket[at + 2]! << 8) | ticket[at + 3]!) >>> 0
}
