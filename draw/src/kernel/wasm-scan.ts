// The scan of population.tsv in WebAssembly. Lines that it refuses are read again in TypeScript, to say which and why.

import { fromUtf8, utf8 } from '../bytes.ts'
import { Found } from './found.ts'
import { Inlet } from './inlet.ts'
import { checkScanOptions, EVERYBODY, type Running, type ScanOptions, type ScanResult } from './kernel.ts'
import { asText, firstRefused, LONGEST_LINE, type Refused } from './population-line.ts'
import { type Instance, takeInstance } from './wasm-instance.ts'

const LF = 10
const TAB = 9
// Of a stratum's record: draw/kernel/assembly/strata.ts.
const RECORD = 80
const THRESHOLD = 64
const COUNT = 72
const LENGTH = 76

/** Reads population.tsv in pieces. */
export class WasmScan implements Running<ScanResult> {
  readonly #instance: Instance
  readonly #strata: readonly string[]
  readonly #inlet: Inlet
  readonly #found = new Found()
  #rows = 0
  #refused: Refused | undefined

  constructor(options: ScanOptions) {
    checkScanOptions(options)
    const { strata, draw } = options
    this.#instance = takeInstance()
    this.#strata = strata
    const { heap, run } = this.#instance
    const slots = 2 ** Math.ceil(Math.log2(2 * strata.length + 2))
    const slotsAt = heap + RECORD * strata.length
    const from = Math.ceil((slotsAt + 4 * slots) / 64) * 64
    this.#inlet = new Inlet(this.#instance, from)
    writeStrata(this.#instance, strata, draw?.thresholds ?? [])
    this.#instance.bytes.fill(0, slotsAt, slotsAt + 4 * slots)
    run.strataStart(heap, strata.length, slotsAt, slots - 1)
    if (draw) {
      this.#instance.bytes.set(utf8(draw.key), from)
      run.ticketKey(from)
    }
    run.scanStart(draw ? 1 : 0)
  }

  update(chunk: Uint8Array): void {
    if (!this.#refused) this.#inlet.push(chunk, (end) => this.#take(end))
  }

  finish(): ScanResult {
    const { from, end } = this.#inlet
    if (!this.#refused && end > from) this.#refuse(end)
    const counts = this.#counts()
    this.#inlet.close()
    if (this.#refused) return { ok: false, ...this.#refused }
    return { ok: true, rows: this.#rows, counts, candidates: this.#found.all() }
  }

  #take(end: number): number {
    const { bytes, run } = this.#instance
    const { from } = this.#inlet
    const linesEnd = from + bytes.subarray(from, end).lastIndexOf(LF) + 1
    if (this.#refused) return end
    if (linesEnd > from) {
      const rows = run.scanLines(from, linesEnd)
      if (rows < 0) return this.#refuse(linesEnd)
      this.#rows += rows
      this.#collect()
    }
    return end - linesEnd < LONGEST_LINE ? linesEnd : this.#refuse(end, linesEnd)
  }

  /** The lines up to `end` are not as they should be. Returns `end`: there is nothing more to read. */
  #refuse(end: number, from: number = this.#inlet.from): number {
    const text = asText(this.#instance.bytes.slice(from, end))
    const codes = new Set(this.#strata)
    this.#refused = firstRefused(text, this.#rows + 1, this.#lastId(), (code) => codes.has(code))
    if (!this.#refused) throw new Error('lines are refused and nothing is wrong with them')
    return end
  }

  #lastId(): string {
    if (this.#rows === 0) return ''
    const at = this.#instance.run.lastId.value
    const { bytes } = this.#instance
    return asText(bytes.slice(at, bytes.indexOf(TAB, at)))
  }

  #collect(): void {
    const { run, bytes } = this.#instance
    const n = run.found.value
    if (n === 0) return
    const ids = run.foundIds.value
    const tickets = run.foundTickets.value
    this.#found.add(
      fromUtf8(bytes.subarray(ids, ids + run.foundBytes.value - 1)).split('\n'),
      new Uint32Array(bytes.buffer, run.foundStrata.value, n),
      bytes.subarray(tickets, tickets + 32 * n),
    )
  }

  #counts(): number[] {
    const { bytes, heap } = this.#instance
    const view = new DataView(bytes.buffer)
    return this.#strata.map((_, i) => view.getUint32(heap + RECORD * i + COUNT, true))
  }
}

function writeStrata(
  { bytes, heap }: Instance,
  strata: readonly string[],
  thresholds: readonly bigint[],
): void {
  const view = new DataView(bytes.buffer)
  bytes.fill(0, heap, heap + RECORD * strata.length)
  strata.forEach((code, i) => {
    const record = heap + RECORD * i
    const threshold = thresholds[i] ?? 0n
    bytes.set(utf8(code).subarray(0, 64), record)
    view.setBigUint64(record + THRESHOLD, threshold > EVERYBODY ? EVERYBODY : threshold, true)
    view.setUint32(record + LENGTH, code.length, true)
  })
}
