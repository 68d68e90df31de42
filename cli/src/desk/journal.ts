// The journal of acts: one flushed line is the moment at which an act has happened, leaves and files together.

import { join } from 'node:path'
import { CommandError } from '../errors.ts'
import type { Desk } from './desk.ts'
import { appendLines, OWNER, readLines } from './files.ts'

/** An act on a draw: what it adds to the log, and the checkpoint that it shows. `id` stands in both its `.ready` files. */
export interface Act {
  readonly id: string
  readonly draw: string
  /** The size of the log before it. */
  readonly from: number
  readonly leaves: readonly string[]
  readonly checkpoint: string
}

/** Every act that has happened at a desk, in order. */
export function readActs(desk: Desk): readonly Act[] {
  const path = journalPath(desk)
  return readLines(path).lines.map((line, i) => {
    try {
      return JSON.parse(line) as Act
    } catch (error) {
      throw new CommandError('journal_damaged', { path, line: i + 1 }, { cause: error })
    }
  })
}

/** Makes an act happen. */
export function noteAct(desk: Desk, act: Act): void {
  const path = journalPath(desk)
  appendLines(path, readLines(path).bytes, [JSON.stringify(act)], OWNER)
}

function journalPath(desk: Desk): string {
  return join(desk.folder, 'log', 'acts.jsonl')
}
