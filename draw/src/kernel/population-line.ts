// One line of population.tsv: id TAB stratum TAB weight LF. This reading decides; the fast one only says yes or no.

/** Why a line is refused: the first thing that is wrong with it, read from left to right. */
export type Fault = 'lf' | 'columns' | 'id' | 'stratum' | 'weight' | 'order' | 'unknown_stratum'

/** The first line that is refused, counted from 1. */
export interface Refused {
  readonly line: number
  readonly fault: Fault
}

/** A well-formed line; `next` is where the one after it begins. */
export interface PopulationLine {
  readonly id: string
  readonly stratum: string
  readonly next: number
}

/** The longest line, LF included. */
export const LONGEST_LINE = 55 + 1 + 64 + 1 + 9 + 1

/** The grammar of an id. */
export const ID = /^[0-9A-Za-z._:-]{1,55}$/

/** The grammar of a stratum's code. */
export const STRATUM = /^[0-9A-Za-z._:/-]{1,64}$/

const LINE = /([0-9A-Za-z._:-]{1,55})\t([0-9A-Za-z._:/-]{1,64})\t[1-9][0-9]{0,8}\n/y
const COLUMNS = [
  { fault: 'id', grammar: /[0-9A-Za-z._:-]{1,55}/y, end: '\t' },
  { fault: 'stratum', grammar: /[0-9A-Za-z._:/-]{1,64}/y, end: '\t' },
  { fault: 'weight', grammar: /[1-9][0-9]{0,8}/y, end: '\n' },
] as const

const latin1 = new TextDecoder('latin1')

/** Bytes as text, one character a byte, so that every offset is the same in both. */
export function asText(bytes: Uint8Array): string {
  return latin1.decode(bytes)
}

/** The line that begins at `at`, or what is wrong with its form. */
export function readLine(text: string, at: number): PopulationLine | Fault {
  LINE.lastIndex = at
  const match = LINE.exec(text)
  if (!match) return faultOf(text, at)
  return { id: match[1] ?? '', stratum: match[2] ?? '', next: LINE.lastIndex }
}

/** What is wrong with a well-formed line after the id `last` (empty before the first), if anything. */
export function whyNotHere(
  line: PopulationLine,
  last: string,
  isStratum: (code: string) => boolean,
): Fault | undefined {
  if (line.id <= last) return 'order'
  return isStratum(line.stratum) ? undefined : 'unknown_stratum'
}

/** The first refused line of `text`, which begins with line number `line`, after the id `last`. */
export function firstRefused(
  text: string,
  line: number,
  last: string,
  isStratum: (code: string) => boolean,
): Refused | undefined {
  for (let at = 0; at < text.length; line++) {
    const read = readLine(text, at)
    if (typeof read === 'string') return { line, fault: read }
    const fault = whyNotHere(read, last, isStratum)
    if (fault) return { line, fault }
    last = read.id
    at = read.next
  }
  return undefined
}

function faultOf(text: string, at: number): Fault {
  for (const { fault, grammar, end } of COLUMNS) {
    grammar.lastIndex = at
    const length = grammar.exec(text)?.[0].length ?? 0
    const next = text[at + length]
    if (next === undefined) return 'lf'
    if (length > 0 && next === end) at += length + 1
    else if (end === '\t' && next === '\n') return 'columns'
    else return length > 0 && end === '\n' && next === '\t' ? 'columns' : fault
  }
  throw new Error('a line is refused and has no fault')
}
