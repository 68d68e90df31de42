// Writes lists: cells joined by TAB, every line ended by LF, ascending by the bytes of column 1.

import { compareAscii, utf8 } from '../bytes.ts'

const TAB = 9
const LF = 10

/** The bytes of a list from lines in any order, sorted by column 1. Two equal ids are a bug of the caller. */
export function listBytes(lines: readonly (readonly string[])[]): Uint8Array {
  return linesBytes(lines.toSorted((a, b) => compareAscii(a[0] ?? '', b[0] ?? '')))
}

/** The bytes of a list whose lines are already in order. */
export function linesBytes(lines: readonly (readonly string[])[]): Uint8Array {
  if (lines.length === 0) return new Uint8Array(0)
  return utf8(`${lines.map((cells) => cells.join('\t')).join('\n')}\n`)
}

const HEX_DIGITS = utf8('0123456789abcdef')

/** The bytes of selection.tsv, line by line into one array: half a million lines are a common draw of a province. */
export function selectionBytes(
  drawn: readonly { readonly id: string; readonly stratum: string }[],
  ticket: (i: number) => Uint8Array,
): Uint8Array {
  const length = drawn.reduce((sum, d) => sum + d.id.length + d.stratum.length + 67, 0)
  const out = new Uint8Array(length)
  let at = 0
  const put = (text: string, end: number): void => {
    for (let i = 0; i < text.length; i++) out[at++] = text.charCodeAt(i)
    out[at++] = end
  }
  for (const [i, { id, stratum }] of drawn.entries()) {
    put(id, TAB)
    put(stratum, TAB)
    for (const byte of ticket(i)) {
      out[at++] = HEX_DIGITS[byte >> 4] as number
      out[at++] = HEX_DIGITS[byte & 15] as number
    }
    out[at++] = LF
  }
  return out
}
