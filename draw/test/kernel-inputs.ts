// What the tests of both kernels share: the kernels, the references, and files cut anywhere.

import { createHash } from 'node:crypto'
import * as fc from 'fast-check'
import { concat, utf8 } from '../src/bytes.ts'
import { type Alg, hash } from '../src/hash.ts'
import { jsKernel, type Kernel, kernelFor, type Running } from '../src/kernel/index.ts'

export const KEY = '5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592'
export const ALL = 1n << 64n
export const wasm = kernelFor('sha256')
export const kernels: readonly (readonly [string, Kernel, Alg])[] = [
  ['wasm, sha256', wasm, 'sha256'],
  ['js, sha256', jsKernel('sha256'), 'sha256'],
  ['js, sm3', kernelFor('sm3'), 'sm3'],
]

export const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())
export const reference = (alg: Alg) => (alg === 'sha256' ? sha256 : (bytes: Uint8Array) => hash('sm3', bytes))

/** MTH of RFC 6962, 2.1, over leaf hashes. */
export function rootOf(h: (bytes: Uint8Array) => Uint8Array, leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves
  if (!only) return h(new Uint8Array(0))
  if (leaves.length === 1) return only
  let k = 1
  while (2 * k < leaves.length) k *= 2
  return h(concat(Uint8Array.of(1), rootOf(h, leaves.slice(0, k)), rootOf(h, leaves.slice(k))))
}

export function leavesOf(h: (bytes: Uint8Array) => Uint8Array, lines: readonly string[]): Uint8Array[] {
  return lines.map((line) => h(concat(Uint8Array.of(0), utf8(line))))
}

export function feed<T>(running: Running<T>, bytes: Uint8Array, cuts: readonly number[] = []): T {
  let at = 0
  for (const cut of [...cuts, bytes.length].map((c) => c % (bytes.length + 1)).sort((a, b) => a - b)) {
    // A copy that is wiped afterwards: a kernel must not keep the caller's array.
    const chunk = bytes.slice(at, cut)
    running.update(chunk)
    chunk.fill(0x78)
    at = cut
  }
  if (at < bytes.length) running.update(bytes.slice(at))
  return running.finish()
}

/** Long files are cut every `size` bytes. */
export const every = (bytes: Uint8Array, size: number) =>
  Array.from({ length: Math.floor(bytes.length / size) }, (_, i) => (i + 1) * size)

export const cuts = fc.array(fc.nat(100_000), { maxLength: 8 })
export const textOf = (lines: readonly string[]) => utf8(lines.map((l) => `${l}\n`).join(''))
