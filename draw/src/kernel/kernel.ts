// What the kernel does, whoever does it: the WebAssembly of one hash function or plain TypeScript for both.

import type { Candidates } from './candidates.ts'
import { type Refused, STRATUM } from './population-line.ts'

/** A computation over the chunks of one file, wherever they are cut. `finish` once, after the last `update`. */
export interface Running<Result> {
  update(chunk: Uint8Array): void
  finish(): Result
}

/** An RFC 6962 tree: `root` of 32 bytes over `rows` leaves. */
export interface Tree {
  readonly root: Uint8Array
  readonly rows: number
}

/** What a scan of population.tsv needs to know. */
export interface ScanOptions {
  /** The strata's codes, each once; results name a stratum by its place here. */
  readonly strata: readonly string[]
  /** The stage key (64 hex) and a threshold for each stratum; without it lines are only checked and counted. */
  readonly draw?: { readonly key: string; readonly thresholds: readonly bigint[] }
}

/** A population that is well-formed throughout, or the first line that is not. */
export type ScanResult =
  | {
      readonly ok: true
      readonly rows: number
      /** Lines of each stratum. */
      readonly counts: readonly number[]
      /** In the order of the file: every line whose ticket's first 64 bits are below its stratum's threshold. */
      readonly candidates: Candidates
    }
  | ({ readonly ok: false } & Refused)

/** The heavy loops of the protocol. Both implementations give the same bytes. */
export interface Kernel {
  readonly name: 'wasm-simd' | 'js'
  /** H of a file: 32 bytes. */
  hash(): Running<Uint8Array>
  /**
   * The tree over the LF-ended lines of a list, without their LF: whole, or the first column ("id"). `finish`
   * throws a `RangeError` where the last line does not end with LF.
   */
  tree(of: 'line' | 'id'): Running<Tree>
  /** The root over given leaf hashes, 32 bytes each. Throws a `RangeError` on another length. */
  treeOfHashes(leaves: Uint8Array): Uint8Array
  /**
   * Reads population.tsv once: checks it, counts it, and finds who may have been drawn. Throws a `RangeError` on
   * options that are not as described.
   */
  scan(options: ScanOptions): Running<ScanResult>
  /** T of each id, 32 bytes each in the same order. Throws a `RangeError` on a key or an id of another form. */
  tickets(key: string, ids: readonly string[]): Uint8Array
}

/** From this threshold on (2^64 − 1) every line of the stratum is a candidate. */
export const EVERYBODY = 0xffff_ffff_ffff_ffffn

/** Throws a `RangeError` unless the strata are codes, each once, and the draw has a key and a threshold for each. */
export function checkScanOptions({ strata, draw }: ScanOptions): void {
  const wrong = strata.find((code) => !STRATUM.test(code))
  if (wrong !== undefined) throw new RangeError(`not the code of a stratum: ${wrong.slice(0, 80)}`)
  if (new Set(strata).size !== strata.length) throw new RangeError('a stratum is named twice')
  if (!draw) return
  checkKey(draw.key)
  if (draw.thresholds.length !== strata.length) throw new RangeError('each stratum needs one threshold')
  if (draw.thresholds.some((t) => t < 0n)) throw new RangeError('a threshold is negative')
}

/** Throws a `RangeError` unless `key` is 64 lower-case hex characters. */
export function checkKey(key: string): void {
  if (!/^[0-9a-f]{64}$/.test(key)) throw new RangeError('a stage key is 64 lower-case hex characters')
}
