// What a negative is: a good bundle, what is done to it, what that shows, and what every verifier must say.

import { utf8 } from '../../src/bytes.ts'
import { readCells } from '../../src/lists/form.ts'
import type { CheckId } from '../../src/verify/checks.ts'
import { type CountyName, county } from './counties.ts'
import { forge } from './forge.ts'
import type { Forgery } from './forgery.ts'

type Files = Map<string, Uint8Array>

/** One bundle that must not be verified. */
export interface Negative {
  /** What was done. */
  readonly name: string
  /** The rule of the specification, or the attack of the protocol's section 11. */
  readonly shows: string
  readonly of: CountyName
  /** How it is made: bytes damaged as they lie there, … */
  readonly damage?: (files: Files) => void
  /** … or everything after the change made to fit it again. */
  readonly forgery?: Forgery
  /** Contradicted with this code, or indeterminate because these checks are unknown. */
  readonly expect: CheckId | { readonly unknown: readonly CheckId[] }
  /** The verifying person has pinned no policy. */
  readonly policy?: 'none'
  /** What the shell script says of it, where it can see it. */
  readonly shell?: 1
}

/** The files of a negative. */
export function filesOf(negative: Negative): Files {
  const good = county(negative.of)
  const files = negative.forgery ? forge(good, negative.forgery) : new Map(good.files)
  negative.damage?.(files)
  return files
}

/** Changes the text of a file. */
export function edit(name: string, change: (text: string) => string): (files: Files) => void {
  return (files) => {
    const before = new TextDecoder('utf-8', { ignoreBOM: true }).decode(files.get(name) as Uint8Array)
    const after = change(before)
    if (after === before) throw new Error(`nothing changed in ${name}`)
    files.set(name, utf8(after))
  }
}

/** Changes the cells of a list and writes the lines in the order given. */
export function editCells(name: string, change: (cells: string[][]) => string[][]): (files: Files) => void {
  return edit(name, (text) =>
    change(readCells(utf8(text)))
      .map((cells) => `${cells.join('\t')}\n`)
      .join(''),
  )
}

/** Where a bit is flipped: in the first byte, in the last, or in the last character of the first match. */
export type Place = 'first' | 'last' | RegExp

/** Flips the lowest bit of one byte. */
export function flip(name: string, place: Place): (files: Files) => void {
  return (files) => {
    const bytes = Uint8Array.from(files.get(name) as Uint8Array)
    const at = place === 'first' ? 0 : place === 'last' ? bytes.length - 1 : endOfMatch(bytes, place)
    bytes[at] = (bytes[at] as number) ^ 1
    files.set(name, bytes)
  }
}

function endOfMatch(bytes: Uint8Array, pattern: RegExp): number {
  const text = new TextDecoder('latin1').decode(bytes)
  const match = pattern.exec(text)
  if (!match) throw new Error(`no ${String(pattern)}`)
  return match.index + match[0].length - 1
}

/** One change after the other. */
export function both<T>(...changes: readonly ((value: T) => void)[]): (value: T) => void {
  return (value) => changes.forEach((change) => change(value))
}

/** The cells of a list of a good bundle. */
export function cellsOf(of: CountyName, name: string): string[][] {
  return readCells(county(of).files.get(name) as Uint8Array)
}

/** The other hex digit: a change that keeps every grammar. */
export function otherHex(hex: string): string {
  return (hex[0] === '0' ? '1' : '0') + hex.slice(1)
}
