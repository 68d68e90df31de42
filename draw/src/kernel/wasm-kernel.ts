// The kernel in WebAssembly: SHA-256, four messages at a time wherever there are four.

import { utf8 } from '../bytes.ts'
import { sha256 } from '../sha256.ts'
import { Inlet, PIECE } from './inlet.ts'
import { checkKey, type Kernel, type Running, type Tree } from './kernel.ts'
import { ID } from './population-line.ts'
import { giveBack, type Instance, takeInstance } from './wasm-instance.ts'
import { WasmScan } from './wasm-scan.ts'

const LF = 10
const HASHES_AT_ONCE = 2048
const IDS_AT_ONCE = 1024

/** The kernel for SHA-256 where `wasmWorks`. */
export const wasmKernel: Kernel = {
  name: 'wasm-simd',
  hash: () => new WasmHash(),
  tree: (of) => new WasmTree(of === 'id'),
  treeOfHashes: (leaves) => {
    if (leaves.length % 32 !== 0) throw new RangeError('a leaf hash has 32 bytes')
    if (leaves.length === 0) return sha256(leaves)
    return withInstance((instance) => {
      instance.reserve(instance.heap + 32 * HASHES_AT_ONCE)
      instance.run.treeStart()
      for (let at = 0; at < leaves.length; at += 32 * HASHES_AT_ONCE) {
        const some = leaves.subarray(at, at + 32 * HASHES_AT_ONCE)
        instance.bytes.set(some, instance.heap)
        instance.run.treeHashes(instance.heap, some.length / 32)
      }
      instance.run.treeRoot()
      return instance.state()
    })
  },
  scan: (options) => new WasmScan(options),
  tickets: (key, ids) => withInstance((instance) => ticketsOf(instance, key, ids)),
}

function withInstance<T>(work: (instance: Instance) => T): T {
  const instance = takeInstance()
  const result = work(instance)
  giveBack(instance)
  return result
}

function ticketsOf(instance: Instance, key: string, ids: readonly string[]): Uint8Array {
  checkKey(key)
  const wrong = ids.find((id) => !ID.test(id))
  if (wrong !== undefined) throw new RangeError(`not an id: ${wrong.slice(0, 80)}`)
  const out = new Uint8Array(32 * ids.length)
  const from = instance.heap + 32 * IDS_AT_ONCE
  instance.reserve(from + PIECE)
  instance.bytes.set(utf8(key), from)
  instance.run.ticketKey(from)
  for (let i = 0; i < ids.length; i += IDS_AT_ONCE) {
    const some = ids.slice(i, i + IDS_AT_ONCE)
    const lines = utf8(`${some.join('\n')}\n`)
    instance.bytes.set(lines, from)
    instance.run.ticketLines(from, from + lines.length, instance.heap)
    out.set(instance.bytes.subarray(instance.heap, instance.heap + 32 * some.length), 32 * i)
  }
  return out
}

class WasmHash implements Running<Uint8Array> {
  readonly #instance = takeInstance()
  readonly #inlet = new Inlet(this.#instance, this.#instance.heap)
  #length = 0

  constructor() {
    this.#instance.run.streamStart()
  }

  update(chunk: Uint8Array): void {
    this.#length += chunk.length
    this.#push(chunk)
  }

  finish(): Uint8Array {
    const zeros = (119 - (this.#length % 64)) % 64
    const padding = new Uint8Array(1 + zeros + 8)
    padding[0] = 0x80
    new DataView(padding.buffer).setBigUint64(1 + zeros, BigInt(this.#length) * 8n)
    this.#push(padding)
    const digest = this.#instance.state()
    this.#inlet.close()
    return digest
  }

  #push(bytes: Uint8Array): void {
    const { from } = this.#inlet
    this.#inlet.push(bytes, (end) => {
      const blocks = (end - from) >>> 6
      this.#instance.run.streamBlocks(from, blocks)
      return from + 64 * blocks
    })
  }
}

class WasmTree implements Running<Tree> {
  readonly #instance = takeInstance()
  readonly #inlet = new Inlet(this.#instance, this.#instance.heap)
  readonly #firstColumn: number

  constructor(firstColumn: boolean) {
    this.#firstColumn = firstColumn ? 1 : 0
    this.#instance.run.treeStart()
  }

  update(chunk: Uint8Array): void {
    const { from } = this.#inlet
    this.#inlet.push(chunk, (end, piece) => {
      // Without an LF there is nothing to take: a very long line is not read again with every piece of it.
      return piece.includes(LF) ? this.#take(from, end, 0) : from
    })
  }

  finish(): Tree {
    const { from, end } = this.#inlet
    if (this.#take(from, end, 1) !== end) throw new RangeError('the last line does not end with LF')
    const rows = this.#instance.run.treeRows() >>> 0
    if (rows > 0) this.#instance.run.treeRoot()
    const root = rows > 0 ? this.#instance.state() : sha256(new Uint8Array(0))
    this.#inlet.close()
    return { root, rows }
  }

  #take(from: number, end: number, last: number): number {
    return this.#instance.run.treeLines(from, end, this.#firstColumn, last)
  }
}
