// The local log: one leaf a line, flushed before anything counts as logged; a demo witness cosigns its checkpoints.

import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  closeSync,
  writeSync,
  fsyncSync,
  ftruncateSync,
} from 'node:fs'
import { join } from 'node:path'
import { cosignatureLine, fromHex, Log, type LogLeaf, type Policy, publicKeyOf } from '@sunlot/draw'
import { CommandError } from '../errors.ts'
import { type Desk, keyOf } from './desk.ts'

/** The name of the stand-in for a witness. A policy with it is a demo and shows no freshness. */
const WITNESS = 'witness-demo'

/** The log of a desk, read whole. */
export class LocalLog {
  readonly tree: Log
  readonly #desk: Desk

  constructor(desk: Desk) {
    this.#desk = desk
    this.tree = new Log(readLeaves(logPath(desk)))
  }

  /** The leaves with their indexes. */
  leaves(): (LogLeaf & { readonly index: number })[] {
    return this.tree.texts.map((text, index) => ({ ...(JSON.parse(text) as LogLeaf), index }))
  }

  /** Adds a leaf in memory; `flush` makes it last. */
  add(leaf: LogLeaf): number {
    return this.tree.append(leaf)
  }

  /** A checkpoint of everything so far, signed by the log and cosigned by the demo witness at a time. */
  checkpoint(at: number): string {
    const text = this.tree.checkpoint(this.#desk.origin, fromHex(keyOf(this.#desk, 'log').secret))
    return text + cosignatureLine(text, WITNESS, fromHex(keyOf(this.#desk, WITNESS).secret), at)
  }

  /** Appends what is new to the file and flushes it; a torn last line of an earlier crash is cut off first. */
  flush(): void {
    const path = logPath(this.#desk)
    mkdirSync(join(this.#desk.folder, 'log'), { recursive: true })
    const kept = readLeaves(path)
    const fresh = this.tree.texts.slice(kept.length)
    if (kept.some((text, i) => text !== this.tree.texts[i])) throw new CommandError('log_moved', { path })
    const fd = openSync(path, existsSync(path) ? 'r+' : 'w+')
    try {
      const whole = new TextEncoder().encode(kept.map((t) => `${t}\n`).join(''))
      const added = new TextEncoder().encode(fresh.map((t) => `${t}\n`).join(''))
      ftruncateSync(fd, whole.length)
      writeSync(fd, added, 0, added.length, whole.length)
      fsyncSync(fd)
    } finally {
      closeSync(fd)
    }
  }
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

/** Whole lines only: a line without its LF was never acknowledged. */
function readLeaves(path: string): string[] {
  if (!existsSync(path)) return []
  const text = readFileSync(path, 'utf8')
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .slice(0, -1)
}
