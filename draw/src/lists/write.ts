// Writes lists: cells joined by TAB, every line ended by LF, ascending by the bytes of column 1.

import { compareAscii, utf8 } from '../bytes.ts'

/** The bytes of a list from lines in any order, sorted by column 1. Two equal ids are a bug of the caller. */
export function listBytes(lines: readonly (readonly string[])[]): Uint8Array {
  return linesBytes(lines.toSorted((a, b) => compareAscii(a[0] ?? '', b[0] ?? '')))
}

/** The bytes of a list whose lines are already in order. */
export function linesBytes(lines: readonly (readonly string[])[]): Uint8Array {
  if (lines.length === 0) return new Uint8Array(0)
  return utf8(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`)
}
