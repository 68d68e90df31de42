// What a witness must never forget: of each log the largest tree that it cosigned. One file, replaced whole.

import { fromHex, toHex } from '@sunlot/draw'
import { join } from 'node:path'
import { readIfThere, writeDurably } from '../platform/log/whole-files.ts'

/** The latest tree that was cosigned for a log, with the cosigned note. */
export interface Seen {
  readonly size: number
  readonly root: Uint8Array
  readonly note: string
  /** Unix seconds of the cosignature. */
  readonly at: number
}

const FILE = 'state.json'

/** The state file is missing or damaged beside a key that has cosigned: to go on could cosign a second tree. */
export class WitnessStateLost extends Error {
  override readonly name = 'WitnessStateLost'
}

/** The memory of one witness, by origin. `keep` returns when it is on disk. */
export class WitnessMemory {
  readonly #folder: string
  #seen: ReadonlyMap<string, Seen>

  private constructor(folder: string, seen: ReadonlyMap<string, Seen>) {
    this.#folder = folder
    this.#seen = seen
  }

  /** Opens what is there, or makes an empty memory: for a witness whose key is made at the same time. */
  static async openOrCreate(folder: string): Promise<WitnessMemory> {
    if (await readIfThere(join(folder, FILE))) return WitnessMemory.open(folder)
    const memory = new WitnessMemory(folder, new Map())
    await memory.#write(new Map())
    return memory
  }

  /** Opens what is there. Throws `WitnessStateLost` where it is missing or not whole. */
  static async open(folder: string): Promise<WitnessMemory> {
    const bytes = await readIfThere(join(folder, FILE))
    const seen = bytes && parse(new TextDecoder().decode(bytes))
    if (!seen)
      throw new WitnessStateLost(`${join(folder, FILE)} is missing or damaged, and the key is not new`)
    return new WitnessMemory(folder, seen)
  }

  get all(): ReadonlyMap<string, Seen> {
    return this.#seen
  }

  of(origin: string): Seen | undefined {
    return this.#seen.get(origin)
  }

  /** Replaces what is remembered of a log. In memory only once it is on disk. */
  async keep(origin: string, seen: Seen): Promise<void> {
    const next = new Map(this.#seen).set(origin, seen)
    await this.#write(next)
    this.#seen = next
  }

  async #write(seen: ReadonlyMap<string, Seen>): Promise<void> {
    const entries = [...seen].map(([origin, each]) => [origin, { ...each, root: toHex(each.root) }])
    const bytes = new TextEncoder().encode(`${JSON.stringify(Object.fromEntries(entries))}\n`)
    await writeDurably(this.#folder, [{ path: FILE, bytes }], 0o600)
  }
}

function parse(text: string): ReadonlyMap<string, Seen> | undefined {
  try {
    const stored = JSON.parse(text) as Readonly<
      Record<string, Omit<Seen, 'root'> & { readonly root: string }>
    >
    return new Map(
      Object.entries(stored).map(([origin, each]) => [origin, { ...each, root: fromHex(each.root) }]),
    )
  } catch {
    return undefined
  }
}
