// Instances of the kernel's module, each serving one running object at a time and used again afterwards.

import { KERNEL_WASM } from './kernel.wasm.gen.ts'

/** What draw/kernel/assembly/index.ts exports; addresses are byte offsets in `memory`. */
interface Exports {
  readonly memory: WebAssembly.Memory
  readonly heap: WebAssembly.Global<'i32'>
  readonly state: WebAssembly.Global<'i32'>
  readonly lastId: WebAssembly.Global<'i32'>
  readonly foundIds: WebAssembly.Global<'i32'>
  readonly foundStrata: WebAssembly.Global<'i32'>
  readonly foundTickets: WebAssembly.Global<'i32'>
  readonly found: WebAssembly.Global<'i32'>
  readonly foundBytes: WebAssembly.Global<'i32'>
  streamStart(): void
  streamBlocks(from: number, count: number): void
  treeStart(): void
  treeLines(from: number, end: number, firstColumn: number, last: number): number
  treeHashes(from: number, count: number): void
  treeRows(): number
  treeRoot(): void
  ticketKey(from: number): void
  ticketLines(from: number, end: number, to: number): void
  strataStart(records: number, count: number, slots: number, mask: number): void
  scanStart(withTickets: number): void
  scanLines(from: number, end: number): number
}

/** One instance: its functions, and its memory as bytes. */
export class Instance {
  readonly run: Exports
  #bytes: Uint8Array

  constructor(module: WebAssembly.Module) {
    this.run = new WebAssembly.Instance(module).exports as unknown as Exports
    this.#bytes = new Uint8Array(this.run.memory.buffer)
  }

  /** The memory; taken again after it has grown. */
  get bytes(): Uint8Array {
    if (this.#bytes.length === 0) this.#bytes = new Uint8Array(this.run.memory.buffer)
    return this.#bytes
  }

  /** Where the kernel's own data end. */
  get heap(): number {
    return this.run.heap.value
  }

  /** Makes every address below `end` valid, and 256 more, which vectors may read. Throws a `RangeError` past 4 GB. */
  reserve(end: number): void {
    const missing = end + 256 - this.bytes.length
    if (missing > 0) this.run.memory.grow(Math.ceil(missing / 65_536))
  }

  /** The state of a stream or the root of a tree: 32 bytes. */
  state(): Uint8Array {
    const words = new Uint32Array(this.run.memory.buffer, this.run.state.value, 8)
    const out = new Uint8Array(32)
    const view = new DataView(out.buffer)
    words.forEach((word, i) => view.setUint32(4 * i, word))
    return out
  }
}

const LARGEST_KEPT = 8 << 20
const idle: Instance[] = []
let compiled: WebAssembly.Module | 'unsupported' | undefined

/** Whether this machine runs the module: it may lack SIMD, forbid WebAssembly, or refuse to compile on this thread. */
export function wasmWorks(): boolean {
  return compile() !== 'unsupported'
}

/** An instance for the caller alone, until it is given back. */
export function takeInstance(): Instance {
  const module = compile()
  if (module === 'unsupported') throw new Error('no WebAssembly with SIMD here')
  return idle.pop() ?? new Instance(module)
}

/** Gives an instance back; the caller must not use it any more. */
export function giveBack(instance: Instance): void {
  if (instance.bytes.length <= LARGEST_KEPT) idle.push(instance)
}

function compile(): WebAssembly.Module | 'unsupported' {
  if (compiled) return compiled
  try {
    compiled = new WebAssembly.Module(Uint8Array.from(atob(KERNEL_WASM), (c) => c.charCodeAt(0)))
  } catch {
    // Slower, and the same bytes: the other kernel takes over.
    compiled = 'unsupported'
  }
  return compiled
}
