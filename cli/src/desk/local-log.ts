// The local log: one leaf a line, written once the journal holds its act; a demo witness cosigns its checkpoints.

import { join } from 'node:path'
import { cosignatureLine, fromHex, Log, type LogLeaf, type Policy, publicKeyOf } from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { type Desk, keyOf } from './desk.ts'
import { appendLines, EVERYBODY, makeFolder, readLines } from './files.ts'
import { type Act, noteAct, readActs } from './journal.ts'

/** The name of the stand-in for a witness. A policy with it is a demo and shows no freshness. */
const WITNESS = 'witness-demo'

/** The log of a desk, read whole. To be opened by the holder of the desk's lock. */
export class LocalLog {
  readonly tree: Log
  readonly #desk: Desk
  readonly #acts: readonly Act[]
  readonly #size: number

  /** Opens the log; leaves of the last act that a crash kept from it are added first. */
  constructor(desk: Desk) {
    this.#desk = desk
    this.#acts = readActs(desk)
    const path = logPath(desk)
    const { lines, bytes } = readLines(path)
    const last = this.#acts.at(-1)
    const missing = last ? lateLeaves(last, lines, path) : []
    if (missing.length > 0) appendLines(path, bytes, missing, EVERYBODY)
    this.tree = new Log([...lines, ...missing])
    this.#size = this.tree.size
  }

  /** The leaves with their indexes. */
  leaves(): (LogLeaf & { readonly index: number })[] {
    return this.tree.texts.map((text, index) => ({ ...(JSON.parse(text) as LogLeaf), index }))
  }

  /** Adds a leaf in memory; `record` makes it last. */
  add(leaf: LogLeaf): number {
    return this.tree.append(leaf)
  }

  /** A checkpoint of everything so far, signed by the log and cosigned by the demo witness at a time. */
  checkpoint(at: number): string {
    const text = this.tree.checkpoint(this.#desk.origin, fromHex(keyOf(this.#desk, 'log').secret))
    return text + cosignatureLine(text, WITNESS, fromHex(keyOf(this.#desk, WITNESS).secret), at)
  }

  /** Whether an act has happened. */
  happened(id: string): boolean {
    return this.#acts.some((act) => act.id === id)
  }

  /** The checkpoint that was made when the leaf of this index was logged, where the journal has it. */
  checkpointAt(index: number): string | undefined {
    return this.#acts.find((act) => act.from <= index && index < act.from + act.leaves.length)?.checkpoint
  }

  /** The act of everything added happens: noted in the journal, then in the log, each flushed. */
  record(act: Pick<Act, 'id' | 'draw' | 'checkpoint'>): void {
    const path = logPath(this.#desk)
    makeFolder(join(this.#desk.folder, 'log'))
    const { lines, bytes } = readLines(path)
    if (lines.length !== this.#size || lines.some((text, i) => text !== this.tree.texts[i]))
      throw new CommandError('log_moved', { path })
    const leaves = this.tree.texts.slice(this.#size)
    noteAct(this.#desk, { ...act, from: this.#size, leaves })
    appendLines(path, bytes, leaves, EVERYBODY)
  }
}

/** The leaves of the last act that the log has not. */
function lateLeaves(act: Act, lines: readonly string[], path: string): readonly string[] {
  const there = lines.slice(act.from)
  if (lines.length < act.from || act.leaves.some((text, i) => (there[i] ?? text) !== text))
    throw new CommandError('log_behind', { path, size: act.from + act.leaves.length })
  return act.leaves.slice(there.length)
}

/** The policy of a desk, for whoever verifies with it: always a demo. */
export function policyOf(desk: Desk): Policy {
  return {
    v: 'vdp1',
    log: { origin: desk.origin, key: publicKeyOf(keyOf(desk, 'log')) },
    witnesses: [{ name: WITNESS, key: publicKeyOf(keyOf(desk, WITNESS)) }],
    quorum: 1,
    faults: 0,
    demo: true,
  }
}

function logPath(desk: Desk): string {
  return join(desk.folder, 'log', 'leaves.jsonl')
}
