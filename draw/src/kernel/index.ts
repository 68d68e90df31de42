// The door of the kernel: what hashes millions of lines.

import type { Alg } from '../hash.ts'
import { jsKernel } from './js-kernel.ts'
import type { Kernel } from './kernel.ts'
import { wasmWorks } from './wasm-instance.ts'
import { wasmKernel } from './wasm-kernel.ts'

export { type Candidates, rankByStratum, thresholdFor, ticketOf } from './candidates.ts'
export { drawLowest, type Lowest, type Quota } from './draw-lowest.ts'
export { jsKernel } from './js-kernel.ts'
export type { Kernel, Running, ScanOptions, ScanResult, Tree } from './kernel.ts'
export type { Fault, Refused } from './population-line.ts'

/** The fastest kernel for `alg` on this machine. */
export function kernelFor(alg: Alg): Kernel {
  return alg === 'sha256' && wasmWorks() ? wasmKernel : jsKernel(alg)
}
